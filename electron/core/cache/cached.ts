import { argsHash, cacheKey } from './key.ts';
import { valueOf } from './lookup.ts';
import type { TtlCache } from './ttl-cache.ts';
import type { LoadPolicy } from './types.ts';

interface CachedOptions extends LoadPolicy {
  /** First part of every key. */
  readonly prefix: string;
  /** Second part; the function's own name by default. Needed for functions without one. */
  readonly name?: string;
}

/**
 * Wraps an async function: calls with equal arguments share one result for `ttl` ms. Arguments that have no
 * canonical form bypass the cache. Rejects with the function's error when nothing can be served; a failure is
 * not remembered unless `backOff` is true.
 */
export function cached<A extends readonly unknown[], T>(
  cache: TtlCache,
  fn: (...args: A) => Promise<T>,
  options: CachedOptions,
): (...args: A) => Promise<T> {
  const { prefix, name = fn.name, ...own } = options;
  if (name === '') throw new TypeError('A function without a name needs options.name');
  const policy: LoadPolicy = { backOff: false, ...own };
  return (...args) => {
    const load = (): Promise<T> => fn(...args);
    const hash = args.length === 0 ? undefined : argsHash(args);
    if (hash === null) return valueOf(cache.bypass(cacheKey(prefix, name), load, policy));
    return cache.getOrLoad(cacheKey(prefix, name, hash), load, policy);
  };
}
