/** How a value came to be shown. `last-good`: a failed load, the value before it. */
export const servedKinds = ['hit', 'miss', 'coalesced', 'bypass', 'last-good', 'restored', 'none'] as const;
export type Served = (typeof servedKinds)[number];

/** Why a backend could not be read. */
export const failureCodes = [
  'unreachable',
  'timeout',
  'unauthorized',
  'forbidden',
  'not-found',
  'rate-limited',
  'server-error',
  'bad-reply',
  'tls',
  'cancelled',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** The run of failures that is going on. Times are wall clock, UTC ms. */
export interface Failure {
  readonly code: FailureCode;
  /** One plain sentence for the operator; carries no secret. */
  readonly message: string;
  readonly since: number;
  /** Failed attempts in a row. */
  readonly count: number;
  readonly nextTryAt: number | null;
}

/** A value never travels without its age. */
export interface Reading<T> {
  /** Last good value; null when there never was one. */
  readonly value: T | null;
  /** Wall clock, UTC ms: start of the load that produced the value. */
  readonly loadedAt: number | null;
  /** The backend's own time of observation, UTC ms, where it tells one. */
  readonly observedAt: number | null;
  /** ms since `loadedAt` at the moment of the reply, by the guarded clock. */
  readonly age: number | null;
  /** ms a stored value stays fresh. */
  readonly ttl: number;
  /** ms; the resource's own interval: max(poll, ttl). Late and stale are counted in it. */
  readonly interval: number;
  readonly served: Served;
  /** ms the load that is running now has been running; null when none is. */
  readonly updatingFor: number | null;
  readonly failure: Failure | null;
  /** false: this backend does not report it. */
  readonly supported: boolean;
}

/** The answer to one poll. */
export interface Poll<T> {
  readonly reading: Reading<T>;
  /** ms until the next aligned tick on main's clock, so that a page with another clock stays aligned. */
  readonly nextTickInMs: number;
  /** Main's wall clock at the reply, UTC ms. */
  readonly now: number;
}
