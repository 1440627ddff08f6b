import { marginToTick, watcherDelay } from './refresh-ahead.ts';
import { msToNextTick } from './ticks.ts';

const minute = 60_000;

/** How one resource is read. Times in ms. */
export interface ReadingPlan {
  readonly pollMs: number;
  readonly ttl: number;
  /** What a load usually takes. */
  readonly loadMs: number;
  /** How long before each tick it is loaded; null: refresh ahead is off. */
  readonly lead: number | null;
  /** A page asks at each tick; otherwise only main's watchers look, a second after it. */
  readonly polled: boolean;
}

/**
 * Loads of one resource with a subscriber in the minute from `now` (UTC ms), if the cache is cleared now: one at once,
 * and one for each tick whose turn comes within the minute (the tick less the lead; without refresh ahead the tick, or
 * a second after it) unless what the load before stored is fresh enough then (for a load ahead: still at the tick) or
 * that load still runs. Loads are taken to succeed in their usual time and pages to stay as they are.
 */
export function loadsInMinuteAfterClear(now: number, plan: ReadingPlan): number {
  const { pollMs, ttl, loadMs, lead, polled } = plan;
  const offset = lead === null ? (polled ? 0 : watcherDelay) : -lead;
  let loads = 1;
  let storedAt = now + loadMs;
  let tick = now + msToNextTick(now, pollMs);
  for (; Math.floor(tick + offset) < now + minute; tick += pollMs) {
    const turn = Math.floor(tick + offset);
    const neededUntil = lead === null ? turn : tick + marginToTick;
    if (turn < now || storedAt > turn || storedAt + ttl > neededUntil) continue;
    loads += 1;
    storedAt = turn + loadMs;
  }
  return loads;
}
