import type { Served } from '../../../shared/model/reading.ts';
import type { Counters } from '../../../shared/contract/cache.ts';

/**
 * Produces a value; `undefined` counts as an error. The signal fires at the time limit, on cancellation, and
 * when the load was detached (its key deleted or set meanwhile) with nobody waiting for the value.
 */
export type Loader<T> = (signal: AbortSignal) => T | Promise<T>;

export interface LoadPolicy {
  /** ms a value stays fresh after it was stored. 0: never fresh. Finite and ≥ 0, else `RangeError`. */
  readonly ttl: number;
  /** ms after expiry during which the last good value may stand in for a failed load. Default 0. */
  readonly staleWindow?: number;
  /** ms until a load is given up. Default 30 000. */
  readonly timeout?: number;
  /** Whom the lookup is counted for, where per-user statistics are kept. */
  readonly user?: string;
  /** false: after a failure the next lookup may load at once. Default true: 5, 10, 20, 40, 60 s. */
  readonly backOff?: boolean;
}

/** How long a value set by hand lives, ms. Defaults: the cache's ttl, no stale window. */
export interface SetPolicy {
  readonly ttl?: number;
  readonly staleWindow?: number;
}

/** A value from an earlier run with the wall times (UTC ms) it was loaded and stored at. */
export interface Restored {
  readonly value: unknown;
  readonly loadedAt: number;
  readonly storedAt: number;
  readonly ttl: number;
  readonly staleWindow?: number;
}

export interface RemoveOptions {
  /** true: whoever waits for a running load gets `cancelled` instead of its value (after a logout). */
  readonly cancel?: boolean;
}

/** Failed attempts in a row for one key. Times are wall clock, UTC ms. */
export interface FailureRun {
  readonly error: unknown;
  readonly since: number;
  readonly count: number;
  readonly nextTryAt: number | null;
}

/** What a key holds at a moment. Looking at it changes no counter and no recency. */
export interface Snapshot<T = unknown> {
  readonly key: string;
  readonly stored: boolean;
  readonly value: T | undefined;
  /** Start of the load that produced the value, wall clock, UTC ms. */
  readonly loadedAt: number | null;
  /** Data age: ms since the load's start, by the guarded clock. */
  readonly dataAge: number | null;
  /** ms since the value was stored: freshness counts from here. */
  readonly age: number | null;
  readonly ttl: number | null;
  readonly fresh: boolean;
  /** ms the running load has been running; null when none runs. */
  readonly loadingFor: number | null;
  readonly failure: FailureRun | null;
}

/** The outcome of a lookup. */
export interface Lookup<T> {
  /** undefined only when `served` is 'none'. */
  readonly value: T | undefined;
  readonly served: Served;
  readonly snapshot: Snapshot<T>;
  /** The load's error, when it failed (also beside a last good value). */
  readonly error: unknown;
}

export type CacheEventKind =
  | 'hit'
  | 'stale'
  | 'miss'
  | 'coalesced'
  | 'bypass'
  | 'prefetch'
  | 'set'
  | 'delete'
  | 'evict'
  | 'expire'
  | 'invalidate'
  | 'refresh-failed'
  | 'recovered';

export interface CacheEvent {
  readonly kind: CacheEventKind;
  readonly key: string;
  /** Wall clock, UTC ms. */
  readonly at: number;
  /** ms the load took, for `set` after a load and `refresh-failed`. */
  readonly ms: number | null;
}

/** How long one answer took: of one hit in 16, and of every load that succeeded. */
export interface AnswerTime {
  readonly key: string;
  readonly user: string | undefined;
  readonly by: 'hit' | 'load';
  readonly ms: number;
}

export interface Spread {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
}

export interface Rate {
  readonly percent: number;
  readonly n: number;
}

export interface ScopeStatistics {
  readonly counters: Counters;
  readonly hitRate: Rate;
  readonly load: Spread;
  readonly hit: Spread;
  readonly loadReductionPercent: number;
  readonly callsSaved: number;
  readonly savedMs: number;
}

export interface NamespaceStatistics extends ScopeStatistics {
  readonly namespace: string;
  /** Stored values, and their approximate bytes. */
  readonly entries: number;
  readonly bytes: number;
}
