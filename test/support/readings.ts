import type { Reading } from '../../shared/model/reading.ts';

/** A live reading of `value`, one second old, with what a test wants changed. */
export function reading<T>(value: T | null, change: Partial<Reading<T>> = {}): Reading<T> {
  return {
    value,
    loadedAt: value === null ? null : 1_000_000_000_000,
    observedAt: null,
    age: value === null ? null : 1000,
    ttl: 3000,
    interval: 5000,
    served: value === null ? 'none' : 'hit',
    updatingFor: null,
    failure: null,
    supported: true,
    ...change,
  };
}
