/** Shown where a value is missing; always beside a reason. */
export const dash = '—';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes in binary units, split so that the unit can be set smaller: 18739 → ["18.3", "KiB"]. */
export function bytesParts(bytes: number): readonly [string, string] {
  let value = Math.abs(bytes);
  let step = 0;
  while (value >= 1023.95 && step < units.length - 1) {
    value /= 1024;
    step += 1;
  }
  const text = step === 0 ? String(Math.round(value)) : value.toFixed(value < 99.95 ? 1 : 0);
  return [bytes < 0 ? `−${text}` : text, units[step] ?? 'B'];
}

export function bytesText(bytes: number): string {
  return bytesParts(bytes).join(' ');
}

/** Whole numbers with thin spaces between thousands: 1 204. */
export function countText(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** Percent without a needless fraction: 66.7, 100, 0.4. */
export function percentText(percent: number): string {
  if (percent >= 99.95 || percent === 0) return String(Math.round(percent));
  return percent.toFixed(percent < 10 ? 1 : 0);
}

/** A short duration in ms: 0.2 ms, 182 ms, 1.5 s. */
export function durationText(ms: number): string {
  if (ms < 0.05) return '< 0.1 ms';
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 99_950 ? 1 : 0)} s`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const zoned = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});
const utc = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});
const minutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** 14:03:07 in the operator's zone. */
export function timeText(at: number): string {
  return clock.format(at);
}

/** 14:03:07 CET (13:03:07 UTC); once where the operator's zone is UTC. */
export function bothTimesText(at: number): string {
  const local = zoned.format(at);
  return local.endsWith(' UTC') ? local : `${local} (${utc.format(at)} UTC)`;
}

/** 14:03 */
export function minuteText(at: number): string {
  return minutes.format(at);
}

/** "1 entry", "6 entries". */
export function plural(n: number, one: string, many: string): string {
  return `${countText(n)} ${n === 1 ? one : many}`;
}
