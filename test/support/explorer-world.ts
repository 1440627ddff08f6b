import { newCounters } from '../../electron/core/cache/counters.ts';
import type { ScopeHistory } from '../../shared/contract/charts.ts';
import type { CacheEntry, EntryPage, MinuteComparison } from '../../shared/contract/explorer.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';

const none = { n: 0, p50: 0, p95: 0 };

export function cacheEntryOf(rest: Partial<CacheEntry> = {}): CacheEntry {
  return {
    key: 'stats:total',
    namespace: 'stats',
    state: 'fresh',
    dataAge: 1100,
    age: 1000,
    ttl: 3000,
    ttlRemaining: 2000,
    bytes: 300,
    hits: 3,
    lastHitAt: null,
    origin: 'prefetch',
    ...rest,
  };
}

/** A page that holds all there is. */
export function entryPageOf(entries: CacheEntry[], now: number): EntryPage {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  return { now, matching: entries.length, total: entries.length, bytes, entries };
}

export const namespaces: CallOutput<'cache.namespaces'> = {
  namespaces: [
    {
      namespace: 'stats',
      entries: 1,
      bytes: 300,
      counters: { ...newCounters(), hits: 3, misses: 1, prefetches: 2, loads: 3 },
      hitRate: { percent: 75, n: 4 },
      hitMs: none,
      loadMs: { n: 3, p50: 100, p95: 180 },
    },
  ],
};

export function expiryOf(now: number): CallOutput<'cache.expiry'> {
  return {
    now,
    bars: [
      { from: 0, to: 1000, entries: 0 },
      { from: 1000, to: 3000, entries: 1 },
      { from: 3000, to: null, entries: 0 },
    ],
    expired: 0,
    noExpiry: 0,
  };
}

export const scopeHistory: ScopeHistory = {
  scope: 'stats:total',
  title: 'Engine totals',
  hits: [3],
  staleHits: [0],
  misses: [1],
  coalesced: [0],
  bypasses: [0],
  prefetches: [2],
  loads: [3],
  loadErrors: [0],
  hitP50: [null],
  hitP95: [null],
  loadP50: [100],
  loadP95: [180],
};

export function comparisonOf(minute: number): MinuteComparison {
  const measured = { calls: 12, ms: 1200 };
  const without = { calls: 24, ms: 2400 };
  return {
    minute,
    lookups: 24,
    measured,
    without,
    offFor: 0,
    byResource: [
      { resource: 'stats:total', lookups: 24, hits: 24, loads: 12, loadMs: 100, measured, without },
    ],
  };
}
