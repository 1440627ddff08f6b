/** The last dozen load times of one resource: enough to plan the next load, quick to forget a slow spell. */
const kept = 12;

export class LoadTimes {
  readonly #ms: number[] = [];

  add(ms: number): void {
    this.#ms.push(ms);
    if (this.#ms.length > kept) this.#ms.shift();
  }

  /** The load time that `share` (0..1) of the last loads stayed within, ms; 0 before the first. */
  quantile(share: number): number {
    if (this.#ms.length === 0) return 0;
    const sorted = this.#ms.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  }
}

/**
 * How long before the tick the next load should start, ms: clamp(1.3 · p95 + 200, 300, 4500), and never so early
 * that a load of usual length would be stored more than `ttl` before the tick and be expired when it is asked for.
 */
export function leadOf(times: LoadTimes, ttl: number): number {
  const lead = Math.min(4500, Math.max(300, 1.3 * times.quantile(0.95) + 200));
  const margin = 100;
  return Math.min(lead, Math.max(0, times.quantile(0.5) + ttl - margin));
}
