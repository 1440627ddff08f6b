import { lookupsOf } from './counters.ts';
import type { TtlCache } from './ttl-cache.ts';

/** The first seed's shape, key by key. Times in seconds. */
interface SeedCacheStats {
  readonly size: number;
  readonly hits: number;
  readonly misses: number;
  readonly hit_rate: number;
  readonly entries: { readonly key: string; readonly age: number; readonly ttl_remaining: number }[];
}

/** The second seed's shape: totals without entries. */
interface SeedCacheTotals {
  readonly hits: number;
  readonly misses: number;
  readonly size: number;
  readonly evictions: number;
  readonly hit_rate_percent: number;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** `GET /cache/stats`: seconds, the rate in percent with two digits. A lookup that was no hit is a miss there. */
export function seedCacheStats(cache: TtlCache): SeedCacheStats {
  const { entries: size, counters, hitRate } = cache.statistics();
  return {
    size,
    hits: counters.hits,
    misses: lookupsOf(counters) - counters.hits,
    hit_rate: rounded(hitRate.percent, 2),
    entries: cache.keys().map((key) => {
      const { age, ttl } = cache.peek(key);
      return {
        key,
        age: rounded((age ?? 0) / 1000, 3),
        ttl_remaining: rounded(Math.max(0, (ttl ?? 0) - (age ?? 0)) / 1000, 3),
      };
    }),
  };
}

/** `cache-stats` of the workstation manager: evictions are those for space and those by age together. */
export function seedCacheTotals(cache: TtlCache): SeedCacheTotals {
  const { entries: size, counters, hitRate } = cache.statistics();
  return {
    hits: counters.hits,
    misses: lookupsOf(counters) - counters.hits,
    size,
    evictions: counters.evictions + counters.expirations,
    hit_rate_percent: rounded(hitRate.percent, 1),
  };
}
