import type { Reading } from '../../../shared/model/reading.ts';
import type { CacheEventKind, Snapshot } from '../cache/types.ts';

/** What an API client is answered. */
export interface Asked<T> {
  readonly reading: Reading<T>;
  /** ms until it expires, negative once it has; null: nothing is stored under the key. */
  readonly freshFor: number | null;
  /** An expired value was stored before. */
  readonly hadExpired: boolean;
}

/** ms until a value expires, negative once it has; null: nothing is stored. */
export function freshFor({ age, ttl }: Snapshot): number | null {
  return age === null || ttl === null ? null : ttl - age;
}

/** Whether a key holds another value after an event, or none. */
export function isReplaced(kind: CacheEventKind): boolean {
  return kind === 'set' || kind === 'delete' || kind === 'invalidate' || kind === 'evict';
}
