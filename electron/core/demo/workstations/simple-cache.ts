interface Entry {
  readonly value: unknown;
  readonly storedAt: number;
  readonly ttlMs: number;
}

/**
 * The manager's own cache, quirks included: an entry is expired when it is *older* than its ttl, finding it so counts as
 * one eviction and one miss, and invalidating removes what begins with the pattern: `*` is an ordinary character.
 */
export class SimpleCache {
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  #hits = 0;
  #misses = 0;
  #evictions = 0;

  /** `now`: ms on any clock. */
  constructor(now: () => number) {
    this.#now = now;
  }

  through(key: string, ttlMs: number, make: () => unknown): unknown {
    const entry = this.#entries.get(key);
    const now = this.#now();
    if (entry && now - entry.storedAt <= entry.ttlMs) {
      this.#hits += 1;
      return entry.value;
    }
    if (entry) this.#evictions += 1;
    this.#misses += 1;
    const value = make();
    this.#entries.set(key, { value, storedAt: now, ttlMs });
    return value;
  }

  /** Keeps the counters, as the real one does. */
  clear(): void {
    this.#entries.clear();
  }

  invalidate(pattern: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(pattern)) this.#entries.delete(key);
  }

  get totals() {
    const requests = this.#hits + this.#misses;
    return {
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      requests,
      /** Percent, unrounded. */
      hitRate: requests === 0 ? 0 : (this.#hits / requests) * 100,
      size: this.#entries.size,
    };
  }
}
