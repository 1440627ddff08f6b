import type { CacheEvent } from '../../shared/contract/cache.ts';
import { plural } from '../ui/format.ts';

/** How far back the lanes reach, ms. */
export const laneMs = 75_000;

export interface Held {
  readonly from: number;
  readonly to: number;
}

const ends: ReadonlySet<CacheEvent['kind']> = new Set(['delete', 'evict', 'invalidate', 'set']);

/**
 * The stretches during which a key holds a fresh value: from each SET for its ttl, or until what ended it.
 * The last may reach into the future. Events are those of one key, oldest first.
 */
export function heldStretches(events: readonly CacheEvent[], ttl: number): readonly Held[] {
  return events.flatMap((event, index) => {
    if (event.kind !== 'set') return [];
    const next = events.slice(index + 1).find(({ kind }) => ends.has(kind));
    return [{ from: event.at, to: Math.min(event.at + ttl, next?.at ?? Number.POSITIVE_INFINITY) }];
  });
}

/** Expiry is a fact of time: the cache notices it at the next lookup, the lane shows when it happens. */
export function expiries(events: readonly CacheEvent[], ttl: number): readonly number[] {
  return heldStretches(events, ttl).flatMap(({ from, to }) => (to === from + ttl ? [to] : []));
}

/** Events by key; a key whose events did not change keeps its array, so that its lane is not drawn again. */
export function groupByKey(
  events: readonly CacheEvent[],
  before: ReadonlyMap<string, readonly CacheEvent[]>,
): ReadonlyMap<string, readonly CacheEvent[]> {
  const groups: Map<string, readonly CacheEvent[]> = Map.groupBy(events, ({ key }) => key);
  for (const [key, group] of groups) {
    const old = before.get(key);
    const same = old?.length === group.length && old.every((event, index) => isSame(event, group[index]));
    if (old && same) groups.set(key, old);
  }
  return groups;
}

function isSame(a: CacheEvent, b: CacheEvent | undefined): boolean {
  return a.id === b?.id && a.count === b.count;
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
