import type { Settings } from '../../../shared/contract/settings.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Local time at which the morning begins that an alert can be snoozed until. */
const morning = '09:00';

/**
 * When the quiet hours end that are on at `now`; null: none are. From later than to spans midnight, from equal to to is
 * never. Each spell lasts from the first moment its zone's clocks show `from` to the first they show `to`, also on the
 * nights the clocks are changed.
 * @param now UTC ms
 * @param zone `system`, or a name of the IANA time zone database
 */
export function quietUntil(
  now: number,
  { on, from, to }: Settings['quietHours'],
  zone: string,
): number | null {
  if (!on || from === to) return null;
  const local = localClock(zone);
  const today = startOfDay(local(now));
  for (const begins of [today - day, today]) {
    const ends = from < to ? begins : begins + day;
    const end = momentOf(ends + minutesOf(to), local);
    if (momentOf(begins + minutesOf(from), local) <= now && now < end) return end;
  }
  return null;
}

/** The next 09:00 of a zone after `now`; both UTC ms. */
export function nextMorning(now: number, zone: string): number {
  const local = localClock(zone);
  const today = startOfDay(local(now)) + minutesOf(morning);
  const first = momentOf(today, local);
  return first > now ? first : momentOf(today + day, local);
}

/** What clocks of a zone show at a UTC ms, as the UTC ms at which clocks of Greenwich show the same. */
type LocalClock = (at: number) => number;

function localClock(zone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en', {
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    ...(zone === 'system' ? {} : { timeZone: zone }),
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const seconds = [part('hour'), part('minute'), part('second')] as const;
    return Date.UTC(part('year'), part('month') - 1, part('day'), ...seconds);
  };
}

/** The first moment at which clocks show `shown`; where they leave it out, as much after the leap as it is after its start. */
function momentOf(shown: number, local: LocalClock): number {
  // No zone changes its clocks twice within two days.
  const before = shown - offsetAt(shown - day, local);
  const after = shown - offsetAt(shown + day, local);
  return local(before) !== shown && local(after) === shown ? after : before;
}

function offsetAt(at: number, local: LocalClock): number {
  return local(at) - Math.floor(at / 1000) * 1000;
}

function startOfDay(shown: number): number {
  return Math.floor(shown / day) * day;
}

/** ms into the day of a time such as 22:00. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * minute;
}
