import type { AlertTimes, AppTime } from '../types.ts';

/**
 * A token bucket of `rateBurst` tokens, one more every `rateEvery`, kept as the one moment at which it is full again
 * (`spent`): whole milliseconds, no fractions of tokens.
 */
export class RateLimit {
  #spent: AppTime;

  constructor(spent: AppTime) {
    this.#spent = spent;
  }

  /** When there is a token; may lie in the past. */
  nextAt(times: AlertTimes): AppTime {
    return this.#spent - (times.rateBurst - 1) * times.rateEvery;
  }

  spend(now: AppTime, times: AlertTimes): void {
    this.#spent = Math.max(now, this.#spent) + times.rateEvery;
  }

  export(): AppTime {
    return this.#spent;
  }
}
