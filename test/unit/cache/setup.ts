import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import type { TtlCacheOptions } from '../../../electron/core/cache/options.ts';
import type { CacheEvent, LoadPolicy } from '../../../electron/core/cache/types.ts';
import { FakeClock } from '../../support/fake-clock.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** ttl 3 s, last good for 24 h, given up after 4.5 s. */
export const policy: LoadPolicy = { ttl: 3 * second, staleWindow: 24 * hour, timeout: 4_500 };
/** The same without a last good value. */
export const strict: LoadPolicy = { ttl: 3 * second, timeout: 4_500 };

/** A cache on a fake clock, without jitter, with its events recorded. */
export function setup(options: Partial<TtlCacheOptions> = {}) {
  const clock = new FakeClock();
  const cache = new TtlCache({ clock, random: () => 0.5, freeze: true, ...options });
  const events: CacheEvent[] = [];
  cache.on((event) => events.push(event));
  const kinds = (): string[] => events.map(({ kind }) => kind);
  return { clock, cache, events, kinds };
}

/** A loader whose calls stay open until told how to end. */
export class Source {
  readonly signals: AbortSignal[] = [];
  readonly #open: PromiseWithResolvers<unknown>[] = [];

  get calls(): number {
    return this.#open.length;
  }

  readonly load = (signal: AbortSignal): Promise<unknown> => {
    const call = Promise.withResolvers<unknown>();
    this.signals.push(signal);
    this.#open.push(call);
    return call.promise;
  };

  /** Ends the nth call, the last by default, with a value. */
  answer(value: unknown, nth = this.calls): void {
    this.#open.at(nth - 1)?.resolve(value);
  }

  fail(message: string, nth = this.calls): void {
    this.#open.at(nth - 1)?.reject(new Error(message));
  }
}

/** A loader that answers at once with 1, 2, 3 …, or fails while `failing`. */
export function counting() {
  const state = {
    calls: 0,
    failing: false,
    load: (): Promise<number> => {
      state.calls += 1;
      return state.failing ? Promise.reject(new Error('down')) : Promise.resolve(state.calls);
    },
  };
  return state;
}
