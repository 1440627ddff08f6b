import type { Log } from '../log.ts';
import type { CacheEvent, CacheEventKind } from './types.ts';

export type CacheListener = (event: CacheEvent) => void;

const words: Partial<Record<CacheEventKind, string>> = {
  hit: 'HIT',
  miss: 'MISS',
  set: 'SET',
  delete: 'DELETE',
  invalidate: 'DELETE',
};

/** Tells listeners what happens and writes the debug lines. Nobody listening and no debug log: no work. */
export class Events {
  readonly #log: Log;
  readonly #listeners = new Set<CacheListener>();

  constructor(log: Log) {
    this.#log = log;
  }

  on(listener: CacheListener): () => void {
    const own: CacheListener = (event) => listener(event); // the same function may listen twice
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Asked before `emit` on the hit path, where even a clock reading counts. */
  get wanted(): boolean {
    return this.#listeners.size > 0 || this.#log.debugging;
  }

  emit(kind: CacheEventKind, key: string, at: number, ms: number | null = null): void {
    const word = words[kind];
    if (word !== undefined && this.#log.debugging) {
      this.#log.debug(`Cache ${word} ${/\p{Cc}/u.test(key) ? JSON.stringify(key) : key}`);
    }
    for (const listener of this.#listeners) {
      try {
        listener({ kind, key, at, ms });
      } catch (error) {
        this.#log.warn(
          `A listener of the cache failed: ${error instanceof Error ? error.message : 'unknown'}`,
        );
      }
    }
  }
}
