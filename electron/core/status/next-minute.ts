import { marginToTick, watcherDelay } from './refresh-ahead.ts';
import { tickAt } from './ticks.ts';

const minute = 60_000;

/** How one resource is read. Times in ms. */
export interface ReadingPlan {
  readonly pollMs: number;
  readonly ttl: number;
  /** What a load usually takes. */
  readonly loadMs: number;
  /** How long before each tick it is loaded; null: refresh ahead is off. */
  readonly lead: number | null;
  /** A page asks for it at each tick. */
  readonly polled: boolean;
  /** Main itself looks a second after each tick, where refresh ahead is off. */
  readonly watched: boolean;
}

/**
 * Loads of one resource with a subscriber in the minute from `now` (UTC ms), if the cache is cleared now: one at once,
 * and one for each turn within the minute (with refresh ahead each tick less the lead; without it each tick where a
 * page asks, and a second later where main watches) unless what the load before stored is fresh then (for a load
 * ahead: still at the tick), or that load still runs. Loads are taken to succeed in their usual time, and pages to
 * stay as they are.
 */
export function loadsInMinuteAfterClear(now: number, plan: ReadingPlan): number {
  const { pollMs, ttl, loadMs, lead, polled, watched } = plan;
  const unasked = [...(polled ? [0] : []), ...(watched ? [watcherDelay] : [])];
  const offsets = lead === null ? unasked : [-lead];
  let loads = 1;
  let storedAt = now + loadMs;
  // From the tick before: its watcher's turn may be to come.
  for (let tick = tickAt(now, pollMs); tick < now + minute + pollMs; tick += pollMs) {
    for (const offset of offsets) {
      const turn = Math.floor(tick + offset);
      const neededUntil = lead === null ? turn : tick + marginToTick;
      const isTurn = turn > now && turn < now + minute;
      if (!isTurn || storedAt > turn || storedAt + ttl > neededUntil) continue;
      loads += 1;
      storedAt = turn + loadMs;
    }
  }
  return loads;
}
