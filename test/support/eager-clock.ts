import type { Cancel, Clock } from '../../electron/core/clock.ts';

/** A clock for servers under test: time moves only when told, tasks run at once and their delays are noted. */
export class EagerClock implements Clock {
  /** ms asked for, in order. */
  readonly delays: number[] = [];
  #now: number;

  constructor(now = Date.UTC(2030, 0, 1)) {
    this.#now = now;
  }

  wall(): number {
    return this.#now;
  }

  mono(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): Cancel {
    this.delays.push(ms);
    const soon = setImmediate(task);
    return () => clearImmediate(soon);
  }

  move(ms: number): void {
    this.#now += ms;
  }
}

/** A repeatable sequence of numbers, 0 ≤ n < 1 (linear congruential generator). */
export function seededRandom(seed = 1): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
