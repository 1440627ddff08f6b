import type { Counters } from '../../../shared/contract/cache.ts';
import type { ScopeCount } from '../../../shared/model/history.ts';
import { scopeCounts } from '../../../shared/model/history.ts';

/** Turns the cache's growing counters into what happened since the last look. */
export class CounterSteps {
  #last: Counters | null = null;
  /** What happened before the counters were zeroed and has not been told yet. */
  #untold: Counters | null = null;

  /** null at the first look, which is only what to count from. */
  next(counters: Counters): Counters | null {
    const last = this.#last;
    const untold = this.#untold;
    this.#last = counters;
    this.#untold = null;
    if (!last) return null;
    const steps = { ...counters };
    for (const name of Object.keys(steps) as (keyof Counters)[]) {
      // Zeroed without a word, what is counted now is at least what has happened.
      const step = counters[name] >= last[name] ? counters[name] - last[name] : counters[name];
      steps[name] = step + (untold?.[name] ?? 0);
    }
    return steps;
  }

  /** To be called with the counters as they are when they are about to be zeroed, so that nothing is lost. */
  beforeReset(counters: Counters): void {
    const untold = this.next(counters);
    if (!untold) return;
    this.#untold = untold;
    this.#last = Object.fromEntries(Object.keys(counters).map((name) => [name, 0])) as Counters;
  }
}

export type ScopeStep = Record<ScopeCount, number>;

/** What of it is kept for each resource and user. */
export function scopeStep(counters: Counters): ScopeStep {
  return Object.fromEntries(scopeCounts.map((name) => [name, counters[name]])) as ScopeStep;
}
