import type { CacheStatistics } from '../../../shared/contract/cache.ts';
import type { TtlCache } from './ttl-cache.ts';

/** Keys listed to a page; there are six resources, the rest is room. */
const maxKeys = 1000;

/** The cache's statistics as the contract has them. */
export function cacheStatistics(cache: TtlCache): CacheStatistics {
  return { ...cache.statistics(), keys: cache.keyStatistics().slice(0, maxKeys) };
}
