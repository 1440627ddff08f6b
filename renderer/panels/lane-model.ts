import type { CacheEvent } from '../../shared/contract/cache.ts';
import { plural } from '../ui/format.ts';

/** How far back the lanes reach, ms. */
export const laneMs = 75_000;

export interface Held {
  readonly from: number;
  readonly to: number;
  /** The value was still fresh at the end of the lane. */
  readonly open: boolean;
}

const ends: ReadonlySet<CacheEvent['kind']> = new Set(['expire', 'delete', 'evict', 'invalidate', 'set']);

/**
 * The stretches during which a key held a fresh value: from each SET for its ttl, or until what ended it.
 * Events are those of one key, oldest first.
 */
export function heldStretches(events: readonly CacheEvent[], ttl: number, now: number): readonly Held[] {
  return events.flatMap((event, index) => {
    if (event.kind !== 'set') return [];
    const next = events.slice(index + 1).find(({ kind }) => ends.has(kind));
    const to = Math.min(event.at + ttl, next?.at ?? Number.POSITIVE_INFINITY, now);
    return [{ from: event.at, to, open: to === now }];
  });
}

/** Expiry is a fact of time: the cache notices it at the next lookup, the lane shows when it happened. */
export function expiries(events: readonly CacheEvent[], ttl: number, now: number): readonly number[] {
  return heldStretches(events, ttl, now).flatMap(({ from, to, open }) =>
    !open && to === from + ttl ? [to] : [],
  );
}

/** One lane in words. */
export function laneWords(key: string, events: readonly CacheEvent[]): string {
  const n = (kind: CacheEvent['kind']): number =>
    events.reduce((sum, event) => sum + (event.kind === kind ? event.count : 0), 0);
  const parts = [
    plural(n('hit'), 'hit', 'hits'),
    plural(n('miss'), 'miss', 'misses'),
    plural(n('stale'), 'stale answer', 'stale answers'),
    plural(n('set'), 'value stored', 'values stored'),
  ];
  return `${key}, last 75 s: ${parts.join(', ')}`;
}
