import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { BackOff } from './failure-state.ts';
import type { EntryStore, StoreLimits } from './store.ts';
import type { AnswerTime } from './types.ts';

export const defaultMaxBytes = 64 * 1024 * 1024;

export interface TtlCacheOptions {
  readonly clock: Clock;
  /** 0 ≤ n < 1; varies the back-off. */
  readonly random: () => number;
  readonly log?: Log;
  /** Entries kept. Default 5000. */
  readonly max?: number;
  /** Approximate bytes kept. Default 64 MiB. */
  readonly maxBytes?: number;
  /** ms, for values set without one. Default 300 000. */
  readonly defaultTtl?: number;
  /** Freezes values, so that a caller who changes a shared one fails: for development and tests. */
  readonly freeze?: boolean;
  /** Another bounded store: for seeing it fail. */
  readonly store?: (limits: StoreLimits) => EntryStore;
  readonly backOff?: BackOff;
  /** Called with each time that goes into the histograms. */
  readonly onTime?: (time: AnswerTime) => void;
}
