import type { CacheEntry } from '../../../shared/contract/explorer.ts';
import { namespaceOf } from './key.ts';
import { ageOf, type KeyRecord } from './records.ts';

/** One held key as the explorer shows it. `mono` and `wall`: now, ms and UTC ms. */
export function entryOf(record: KeyRecord, mono: number, wall: number): CacheEntry {
  const { key, entry, counters, lastHitAt } = record;
  const used = { hits: counters.hits, lastHitAt: lastHitAt === -Infinity ? null : lastHitAt };
  const namespace = namespaceOf(key);
  if (entry === null) {
    const nothing = { dataAge: null, age: null, ttl: null, ttlRemaining: null, bytes: 0, origin: null };
    return { key, namespace, state: 'loading', ...nothing, ...used };
  }
  const { ttl, loadedAt, bytes, origin } = entry;
  const age = ageOf(entry, mono, wall);
  return {
    key,
    namespace,
    state: age < ttl ? 'fresh' : 'expired',
    dataAge: Math.max(0, mono - loadedAt.mono, wall - loadedAt.wall),
    age,
    ttl,
    ttlRemaining: ttl - age,
    bytes,
    ...used,
    origin,
  };
}
