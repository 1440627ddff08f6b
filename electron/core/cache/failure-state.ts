import { spanSince, stamp, type Clock, type Stamp } from '../clock.ts';
import type { FailureRun } from './types.ts';

/** Waits after the first, second … failure in a row, ms; the last one repeats. */
export interface BackOff {
  readonly steps: readonly number[];
  /** Share of the wait by which it is varied both ways, so that many keys do not retry in step. */
  readonly jitter: number;
}

export const defaultBackOff: BackOff = { steps: [5_000, 10_000, 20_000, 40_000, 60_000], jitter: 0.1 };

/** Failed attempts in a row for one key, and when the next may start. */
export class FailureState {
  error: unknown;
  count = 0;
  readonly #since: number;
  #step = 0;
  #failedAt: Stamp;
  /** null: nothing holds the next attempt back. */
  #wait: number | null = null;

  constructor(clock: Clock) {
    this.#failedAt = stamp(clock);
    this.#since = this.#failedAt.wall;
  }

  /** Adds a failure. `backOff` null: the next attempt may start at once. */
  add(error: unknown, clock: Clock, backOff: BackOff | null, random: () => number): void {
    this.error = error;
    this.count += 1;
    this.#failedAt = stamp(clock);
    const step = backOff?.steps[Math.min(this.#step, backOff.steps.length - 1)];
    this.#step += 1;
    this.#wait =
      backOff === null || step === undefined
        ? null
        : Math.round(step * (1 + backOff.jitter * (2 * random() - 1)));
  }

  backingOff(clock: Clock): boolean {
    return this.#wait !== null && spanSince(clock, this.#failedAt) < this.#wait;
  }

  /** Lets the next attempt start now and begins the waits from the shortest again. */
  resetBackOff(): void {
    this.#wait = null;
    this.#step = 0;
  }

  run(clock: Clock): FailureRun {
    const wait = this.#wait;
    // From now on, not from the failure: a wall clock that jumped in between would show a wrong time.
    const nextTryAt =
      wait === null ? null : clock.wall() + Math.max(0, Math.ceil(wait - spanSince(clock, this.#failedAt)));
    return { error: this.error, since: this.#since, count: this.count, nextTryAt };
  }
}
