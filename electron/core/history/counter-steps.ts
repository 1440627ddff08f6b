import type { Counters } from '../../../shared/contract/cache.ts';

/** Turns the cache's growing counters into what happened since the last look. */
export class CounterSteps {
  #last: Counters | null = null;

  /** null at the first look, which is only what to count from. */
  next(counters: Counters): Counters | null {
    const last = this.#last;
    this.#last = counters;
    if (!last) return null;
    const steps = { ...counters };
    for (const name of Object.keys(steps) as (keyof Counters)[]) {
      // A reset of the counters starts anew from nothing.
      steps[name] = counters[name] >= last[name] ? counters[name] - last[name] : counters[name];
    }
    return steps;
  }
}
