import { Feed } from './feed.ts';

/** One feed for listeners that stay, behind which the source may be exchanged. */
export class Relay<T> {
  readonly feed: Feed<T>;
  #stop: () => void;

  constructor(source: Feed<T>) {
    this.feed = new Feed(source.value);
    this.#stop = this.#pass(source);
  }

  /** From now on passes on `source`, its present value first. */
  follow(source: Feed<T>): void {
    this.#stop();
    this.feed.set(source.value);
    this.#stop = this.#pass(source);
  }

  #pass(source: Feed<T>): () => void {
    let first = true; // the present value is already there
    return source.subscribe(({ value }) => {
      if (!first) this.feed.set(value);
      first = false;
    });
  }
}
