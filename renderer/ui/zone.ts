import { zoneTexts } from './format.ts';

/** Formats by the name of their zone: making one takes longer than a chart. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** What a clock in the operator's zone shows at `at`, as if it were UTC: ms. */
function wallClock(at: number): number {
  const [, zone] = zoneTexts(at);
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** ms the operator's zone is ahead of UTC at `at`. */
export function zoneOffset(at: number): number {
  return wallClock(at) - Math.floor(at / 1000) * 1000;
}

/** 2026-01-15T14:03: what an input of date and time takes, in the operator's zone. */
export function localInputText(at: number): string {
  return new Date(at + zoneOffset(at)).toISOString().slice(0, 16);
}

/** The moment such an input names, UTC ms; null when it names none. Of an hour that comes twice, the first. */
export function fromLocalInput(text: string): number | null {
  const shown = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(`${text.slice(0, 16)}:00Z`) : NaN;
  if (!Number.isFinite(shown)) return null;
  const before = shown - zoneOffset(shown - 86_400_000);
  const after = shown - zoneOffset(shown + 86_400_000);
  return [before, after].find((at) => at + zoneOffset(at) === shown) ?? after;
}
