import { LRUCache } from 'lru-cache';
import type { Entry } from './records.ts';

/** What the cache needs of a bounded store. Another one can be passed in to see it fail. */
export interface EntryStore {
  get(key: string): Entry | undefined;
  has(key: string): boolean;
  set(key: string, entry: Entry): void;
  delete(key: string): void;
  readonly size: number;
  readonly bytes: number;
}

export interface StoreLimits {
  readonly max: number;
  readonly maxBytes: number;
  /** Called for each entry the limits push out, before `set` returns. */
  readonly onEvict: (entry: Entry) => void;
}

/** lru-cache as a bounded store and nothing else: its own ttl and fetch would hide keys and lose values. */
export function lruStore(limits: StoreLimits): EntryStore {
  const lru = new LRUCache<string, Entry>({
    max: limits.max,
    maxSize: limits.maxBytes,
    sizeCalculation: (entry) => entry.bytes,
    dispose: (entry, _key, reason) => {
      if (reason === 'evict') limits.onEvict(entry);
    },
  });
  return {
    get: (key) => lru.get(key),
    has: (key) => lru.has(key),
    set: (key, entry) => void lru.set(key, entry),
    delete: (key) => void lru.delete(key),
    get size() {
      return lru.size;
    },
    get bytes() {
      return lru.calculatedSize;
    },
  };
}

/** Turns a store's exceptions into "nothing there", each reported, so that loaders still run and callers still get values. */
export class GuardedStore {
  readonly #store: EntryStore;
  readonly #onError: (error: unknown) => void;

  constructor(store: EntryStore, onError: (error: unknown) => void) {
    this.#store = store;
    this.#onError = onError;
  }

  get(key: string): Entry | undefined {
    try {
      return this.#store.get(key);
    } catch (error) {
      this.#onError(error);
      return undefined;
    }
  }

  /** Whether the entry is held afterwards: false when it is larger than the whole budget or the store failed. */
  set(key: string, entry: Entry): 'kept' | 'too-large' | 'failed' {
    try {
      this.#store.set(key, entry);
      return this.#store.has(key) ? 'kept' : 'too-large';
    } catch (error) {
      this.#onError(error);
      return 'failed';
    }
  }

  delete(key: string): void {
    try {
      this.#store.delete(key);
    } catch (error) {
      this.#onError(error);
    }
  }

  get size(): number {
    return this.#store.size;
  }

  get bytes(): number {
    return this.#store.bytes;
  }
}
