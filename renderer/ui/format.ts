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

const toMinutes = { hour: '2-digit', minute: '2-digit' } as const;
const toSeconds = { ...toMinutes, second: '2-digit' } as const;

/** Every form a moment is shown in. `timeZone`: a name of the time zone database; undefined: the system's. */
function clocksOf(timeZone: string | undefined) {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  return {
    minutes: format(toMinutes),
    seconds: format(toSeconds),
    zoned: format({ ...toSeconds, timeZoneName: 'short' }),
    day: format({ day: 'numeric', month: 'short' }),
    date: format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
  };
}

const utc = clocksOf('UTC');
let clocks = clocksOf(undefined);

/** From now on times are shown in this zone: `system`, or a name; one that is not known here counts as `system`. */
export function showTimesIn(timeZone: string): void {
  try {
    clocks = clocksOf(timeZone === 'system' ? undefined : timeZone);
  } catch {
    clocks = clocksOf(undefined);
  }
}

/** Zones change their offset at whole quarters of an hour, ms. */
const quarter = 900_000;
let zone: { of: Intl.DateTimeFormat; quarter: number; texts: readonly [string, string] } | null = null;

/** The zone times are shown in, for short and by its name: CET, Europe/Berlin. */
export function zoneTexts(at: number): readonly [string, string] {
  const now = Math.floor(at / quarter);
  const { zoned } = clocks;
  // Asked every second for the clock, and taking a tenth of what a second of the page does.
  if (zone?.of === zoned && zone.quarter === now) return zone.texts;
  const short = zoned.formatToParts(at).find(({ type }) => type === 'timeZoneName');
  const { timeZone } = zoned.resolvedOptions();
  zone = { of: zoned, quarter: now, texts: [short?.value ?? timeZone, timeZone] };
  return zone.texts;
}

/** 14:03:07 in the operator's zone. */
export function timeText(at: number): string {
  return clocks.seconds.format(at);
}

/** 15 Jan 14:03:07 */
export function dateTimeText(at: number): string {
  return `${clocks.day.format(at)} ${timeText(at)}`;
}

/** 15 Jan 14:03 */
export function dateMinuteText(at: number): string {
  return `${clocks.day.format(at)} ${minuteText(at)}`;
}

/** Thu 15 Jan 2026 */
export function dayText(at: number): string {
  return clocks.date.format(at).replace(',', '');
}

/** 14:03:07 CET (13:03:07 UTC); once where the operator's zone is UTC. */
export function bothTimesText(at: number): string {
  const local = clocks.zoned.format(at);
  return local.endsWith(' UTC') ? local : `${local} (${utc.seconds.format(at)} UTC)`;
}

/** 14:03 */
export function minuteText(at: number): string {
  return clocks.minutes.format(at);
}

/** "1 entry", "6 entries". */
export function plural(n: number, one: string, many: string): string {
  return `${countText(n)} ${n === 1 ? one : many}`;
}
