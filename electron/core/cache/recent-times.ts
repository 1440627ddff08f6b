import type { Spread } from './types.ts';

const kept = 32;

/**
 * The last 32 times of one key, exact. Kept sorted while recording (loads and timed hits are rare), so that
 * statistics over thousands of keys need no sorting.
 */
export class RecentTimes {
  readonly #inOrder: number[] = [];
  readonly #sorted: number[] = [];

  record(ms: number): void {
    this.#inOrder.push(ms);
    if (this.#inOrder.length > kept) {
      const oldest = this.#inOrder.shift();
      if (oldest !== undefined) this.#sorted.splice(this.#sorted.indexOf(oldest), 1);
    }
    const at = this.#sorted.findIndex((other) => other > ms);
    this.#sorted.splice(at < 0 ? this.#sorted.length : at, 0, ms);
  }

  /** Of the last `last` ones, by default of all. Zeroes when there are none. */
  spread(last = kept): Spread {
    return spreadOf(last < kept ? this.#inOrder.slice(-last).toSorted((a, b) => a - b) : this.#sorted);
  }
}

/** @param sorted shortest first */
export function spreadOf(sorted: readonly number[]): Spread {
  const n = sorted.length;
  const rank = (q: number): number => sorted[Math.max(0, Math.ceil(q * n) - 1)] ?? 0;
  return { n, p50: rank(0.5), p95: rank(0.95) };
}
