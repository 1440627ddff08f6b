import type { Counters } from '../../../shared/contract/cache.ts';
import { Histogram } from './histogram.ts';
import type { Rate, ScopeStatistics, Spread } from './types.ts';

export function newCounters(): Counters {
  return {
    hits: 0,
    staleHits: 0,
    misses: 0,
    coalesced: 0,
    bypasses: 0,
    prefetches: 0,
    loads: 0,
    loadErrors: 0,
    evictions: 0,
    expirations: 0,
    invalidations: 0,
    cacheErrors: 0,
  };
}

type Lookups = Pick<Counters, 'hits' | 'staleHits' | 'misses' | 'coalesced'>;

/** Bypasses and prefetches stand outside. */
export function lookupsOf(counters: Lookups): number {
  return counters.hits + counters.staleHits + counters.misses + counters.coalesced;
}

/** Hits out of lookups, so that an outage served from last good values does not chart as 100 %. */
export function hitRate(counters: Lookups): Rate {
  const n = lookupsOf(counters);
  return { percent: n === 0 ? 0 : (100 * counters.hits) / n, n };
}

/** max(0, lookups − loads); loads include prefetches and forced ones. */
export function callsSaved(counters: Counters): number {
  return Math.max(0, lookupsOf(counters) - counters.loads);
}

/** (1 − loads / lookups) · 100; negative where refresh-ahead loads more often than anyone looks. */
export function loadReductionPercent(counters: Counters): number {
  const n = lookupsOf(counters);
  return n === 0 ? 0 : 100 * (1 - counters.loads / n);
}

/** hits × median load time, ms. */
export function savedMs(counters: Counters, load: Spread): number {
  return counters.hits * load.p50;
}

/** One thing lookups are counted under: everything, a namespace, a user. */
export class Scope {
  counters = newCounters();
  readonly hitTimes = new Histogram();
  readonly loadTimes = new Histogram();

  statistics(): ScopeStatistics {
    const load = this.loadTimes.spread();
    return {
      counters: { ...this.counters },
      hitRate: hitRate(this.counters),
      load,
      hit: this.hitTimes.spread(),
      loadReductionPercent: loadReductionPercent(this.counters),
      callsSaved: callsSaved(this.counters),
      savedMs: savedMs(this.counters, load),
    };
  }

  reset(): void {
    this.counters = newCounters();
    this.hitTimes.reset();
    this.loadTimes.reset();
  }
}

/** Scopes by name, bounded: names past the limit share one scope, so that odd keys cannot fill the memory. */
export class Scopes {
  static readonly limit = 1_000;
  static readonly rest = '(others)';
  readonly #scopes = new Map<string, Scope>();

  open(name: string): Scope {
    const known = this.#scopes.get(name);
    if (known) return known;
    const own = this.#scopes.size < Scopes.limit ? name : Scopes.rest;
    const scope = this.#scopes.get(own) ?? new Scope();
    this.#scopes.set(own, scope);
    return scope;
  }

  get(name: string): Scope | undefined {
    return this.#scopes.get(name);
  }

  delete(name: string): void {
    this.#scopes.delete(name);
  }

  entries(): IterableIterator<[string, Scope]> {
    return this.#scopes.entries();
  }

  /** Zeroes every scope; records keep pointing at theirs. */
  reset(): void {
    for (const scope of this.#scopes.values()) scope.reset();
  }
}
