import type { ResourceKey } from '../../../shared/model/resources.ts';
import { orWhenAborted } from '../../../shared/rpc/abort.ts';
import { spanSince } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { ResourceValues } from '../status/resources.ts';
import type { StatusService } from '../status/status-service.ts';

/** ms after an answer in which what it led to is looked for: a new engine is listed 1 to 3 s later. */
const lookFor = 6000;
const lookEvery = 1000;
/** ms; the engine list itself may take 10 s, and may have to wait for a read before it. */
const readLimit = 14_000;
/** ms from the call to the result, whatever happens: a page waits 35 s. */
const wholeLimit = 34_000;

/** Reads past the cache what a change led to. */
export class LookAgain {
  readonly #clock: Clock;
  readonly #status: StatusService;
  readonly #ending: AbortSignal;

  /** @param options `ending`: fires when the profile is disconnected */
  constructor(options: {
    readonly clock: Clock;
    readonly status: StatusService;
    readonly ending: AbortSignal;
  }) {
    this.#clock = options.clock;
    this.#status = options.status;
    this.#ending = options.ending;
  }

  /**
   * Reads until `enough` holds or it is time to answer.
   * @param from the call
   * @returns what was read last; null when nothing was
   */
  async again<K extends ResourceKey>(
    key: K,
    from: Stamp,
    enough: (value: ResourceValues[K]) => boolean = () => true,
  ): Promise<ResourceValues[K] | null> {
    const passed = (): number => spanSince(this.#clock, from);
    const until = Math.min(wholeLimit, passed() + lookFor);
    let last: ResourceValues[K] | null = null;
    for (;;) {
      const value = await this.once(key, Math.min(readLimit, wholeLimit - passed()));
      if (value === null) return last;
      last = value;
      if (enough(value) || until - passed() <= lookEvery) return last;
      await this.#wait(lookEvery);
    }
  }

  /** Reads once; null when it failed, took longer than `limit` ms, or the profile was disconnected. */
  async once<K extends ResourceKey>(key: K, limit: number): Promise<ResourceValues[K] | null> {
    if (this.#ending.aborted || limit <= 0) return null;
    const control = new AbortController();
    const cancel = this.#clock.after(limit, () => control.abort());
    try {
      const fine = this.#status.reread(key).then(({ state }) => state === 'ok');
      const read = await orWhenAborted(fine, AbortSignal.any([control.signal, this.#ending]), false);
      return read ? this.#status.peek(key).value : null;
    } finally {
      cancel();
    }
  }

  async #wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.after(ms, resolve);
    await orWhenAborted(promise, this.#ending, undefined);
    cancel();
  }
}
