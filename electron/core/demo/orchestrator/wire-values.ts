/* How the real server writes numbers and times. */

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** The server writes engine, stream and event times with "Z" and everything else with "+00:00". */
export function zulu(ms: number): string;
export function zulu(ms: number | null): string | null;
export function zulu(ms: number | null): string | null {
  return ms === null ? null : `${micro(ms)}Z`;
}

export const offset = (ms: number): string => `${micro(ms)}+00:00`;

function micro(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000');
}
