import type { FeedMessage } from '../../shared/rpc/wire.ts';

/** A value that can be watched: the current one first, then each change with a higher revision. */
export class Feed<T> {
  #message: FeedMessage<T>;
  readonly #listeners = new Set<(message: FeedMessage<T>) => void>();

  constructor(initial: T) {
    this.#message = { revision: 0, value: initial };
  }

  get value(): T {
    return this.#message.value;
  }

  /** Replaces the value and tells every listener. */
  set(value: T): void {
    this.#message = { revision: this.#message.revision + 1, value };
    for (const listener of this.#listeners) listener(this.#message);
  }

  /** Delivers the current value at once, then each change. Returns the way to stop. */
  subscribe(listener: (message: FeedMessage<T>) => void): () => void {
    const own = (message: FeedMessage<T>): void => listener(message); // the same function may subscribe twice
    this.#listeners.add(own);
    own(this.#message);
    return () => void this.#listeners.delete(own);
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }
}
