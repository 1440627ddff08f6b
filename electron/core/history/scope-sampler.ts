import type { Counters } from '../../../shared/contract/cache.ts';
import { maxScopes, scopeCounts } from '../../../shared/model/history.ts';
import { lookupsOf, newCounters } from '../cache/counters.ts';
import type { AnswerTime } from '../cache/types.ts';
import { CounterSteps, scopeStep } from './counter-steps.ts';
import type { ScopeStep } from './counter-steps.ts';
import { userOfScope } from './scope-names.ts';
import type { ScopeSample } from './store/scope-table.ts';
import { TimeCollector } from './time-counts.ts';

const minute = 60_000;

export interface ScopeCounters {
  readonly scope: string;
  /** Since the cache was made or its statistics were reset. */
  readonly counters: Counters;
}

/** A resource or user whose counters are followed. */
class Followed {
  readonly steps = new CounterSteps();
  readonly hits = new TimeCollector();
  readonly loads = new TimeCollector();

  constructor() {
    this.steps.next(newCounters()); // what is not known yet has counted from nothing
  }
}

/**
 * What happened to each resource and portal user between two ticks. Of more than 60 within a minute those asked most are
 * taken, as they come; the others are left out, so that what is kept has a bound.
 */
export class ScopeSampler {
  readonly #followed = new Map<string, Followed>();
  /** Those that the minute under way has a row of. */
  #taken = new Set<string>();
  #minute = 0;

  /** To be called with each time the caches take. */
  time(scope: string, { by, ms }: AnswerTime): void {
    const followed = this.#open(scope);
    (by === 'hit' ? followed.hits : followed.loads).record(ms);
  }

  /**
   * @param tick UTC ms
   * @param now every resource that was ever asked and every user there is
   * @returns what to write down: all resources in a minute's first tick, so that it differs from one nobody watched;
   * else those that something happened to
   */
  sample(tick: number, now: readonly ScopeCounters[]): ScopeSample[] {
    const started = Math.floor(tick / minute);
    if (started !== this.#minute) {
      this.#minute = started;
      this.#taken = new Set();
    }
    const samples: ScopeSample[] = [];
    const moved = now.map(({ scope, counters }) => ({ scope, step: this.#open(scope).steps.next(counters) }));
    for (const { scope, step } of moved.toSorted(byInterest)) {
      if (!step) continue;
      const { hits, loads } = this.#open(scope);
      const [hitTimes, loadTimes] = [hits.take(), loads.take()];
      const idle = scopeCounts.every((name) => step[name] === 0) && hitTimes === '' && loadTimes === '';
      if (idle && (this.#taken.has(scope) || userOfScope(scope) !== null)) continue;
      if (!this.#taken.has(scope) && this.#taken.size >= maxScopes) continue;
      this.#taken.add(scope);
      const counts: ScopeStep = scopeStep(step);
      samples.push({ scope, counts, hitTimes, loadTimes });
    }
    this.#forgetOthers(now);
    return samples;
  }

  /** To be called with the counters as they are when they are about to be zeroed. */
  beforeReset(now: readonly ScopeCounters[]): void {
    for (const { scope, counters } of now) this.#open(scope).steps.beforeReset(counters);
  }

  #open(scope: string): Followed {
    const known = this.#followed.get(scope);
    if (known) return known;
    const fresh = new Followed();
    this.#followed.set(scope, fresh);
    return fresh;
  }

  /** Users come and go. */
  #forgetOthers(now: readonly ScopeCounters[]): void {
    if (this.#followed.size <= now.length) return;
    const there = new Set(now.map(({ scope }) => scope));
    for (const scope of this.#followed.keys()) if (!there.has(scope)) this.#followed.delete(scope);
  }
}

interface Moved {
  readonly scope: string;
  readonly step: Counters | null;
}

/** Resources first, then the users who asked most. */
function byInterest(a: Moved, b: Moved): number {
  const users = Number(userOfScope(a.scope) !== null) - Number(userOfScope(b.scope) !== null);
  return users || asked(b) - asked(a);
}

function asked({ step }: Moved): number {
  return step ? lookupsOf(step) + step.bypasses : 0;
}
