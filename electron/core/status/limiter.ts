interface Waiting {
  readonly places: number;
  readonly enter: () => void;
}

/** Bounds how many requests one backend sees at once; the rest wait in order. */
export class Limiter {
  readonly #max: number;
  #taken = 0;
  readonly #waiting: Waiting[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  /**
   * Runs `task`, which sends up to `places` requests at once, when that many places are free. Leaves the queue when
   * `signal` fires.
   * @throws the signal's reason, or what `task` throws.
   */
  async run<T>(signal: AbortSignal, task: () => Promise<T>, places = 1): Promise<T> {
    signal.throwIfAborted();
    await this.#enter(signal, Math.min(places, this.#max));
    try {
      return await task();
    } finally {
      this.#taken -= Math.min(places, this.#max);
      this.#admit();
    }
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves once the places are taken for the caller. */
  #enter(signal: AbortSignal, places: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(one), 1);
        reject(signal.reason as Error);
        this.#admit(); // whoever waited behind it may need fewer places
      };
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const one: Waiting = { places, enter };
      this.#waiting.push(one);
      signal.addEventListener('abort', leave, { once: true });
      this.#admit();
    });
  }

  #admit(): void {
    for (;;) {
      const next = this.#waiting[0];
      if (!next || this.#taken + next.places > this.#max) return;
      this.#waiting.shift();
      this.#taken += next.places;
      next.enter();
    }
  }
}
