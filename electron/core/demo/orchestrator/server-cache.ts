interface Entry {
  readonly body: unknown;
  readonly storedAt: number;
  readonly ttlMs: number;
}

const sweepMs = 60_000;

/**
 * The orchestrator's own cache, quirks included: expired entries are listed until touched or swept,
 * and clearing resets the counters.
 */
export class ServerCache {
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  #hits = 0;
  #misses = 0;
  #sweptAt: number;

  /** `now`: ms on any clock. */
  constructor(now: () => number) {
    this.#now = now;
    this.#sweptAt = now();
  }

  /** The stored body while it is fresh, else a new one. */
  through(key: string, ttlMs: number, make: () => unknown): unknown {
    this.#sweep();
    const entry = this.#entries.get(key);
    if (entry && this.#now() - entry.storedAt < entry.ttlMs) {
      this.#hits += 1;
      return entry.body;
    }
    this.#misses += 1;
    const body = make();
    this.#entries.set(key, { body, storedAt: this.#now(), ttlMs });
    return body;
  }

  drop(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#hits = 0;
    this.#misses = 0;
  }

  /** GET /cache/stats; looking counts as neither hit nor miss. */
  statistics(): unknown {
    this.#sweep();
    const now = this.#now();
    const requests = this.#hits + this.#misses;
    return {
      size: this.#entries.size,
      hits: this.#hits,
      misses: this.#misses,
      hit_rate: requests === 0 ? 0 : round((this.#hits / requests) * 100),
      entries: [...this.#entries].map(([key, { storedAt, ttlMs }]) => ({
        key,
        age: round((now - storedAt) / 1000),
        ttl_remaining: round((ttlMs - (now - storedAt)) / 1000),
      })),
    };
  }

  #sweep(): void {
    const now = this.#now();
    if (now - this.#sweptAt < sweepMs) return;
    this.#sweptAt = now;
    for (const [key, { storedAt, ttlMs }] of this.#entries) {
      if (now - storedAt >= ttlMs) this.#entries.delete(key);
    }
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
