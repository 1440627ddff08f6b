import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { Clock, Stamp } from '../clock.ts';
import { spanSince, stamp } from '../clock.ts';

const minute = 60_000;

interface Calls {
  readonly key: ResourceKey;
  readonly at: Stamp;
  readonly count: number;
}

/**
 * Counts the requests that loads sent in the last minute. Finding out a server's version and mutations are rare and
 * not among them.
 */
export class CallMeter {
  readonly #clock: Clock;
  #calls: Calls[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(key: ResourceKey, count: number): void {
    this.#calls.push({ key, at: stamp(this.#clock), count });
  }

  /** Requests in the last minute, in all and by resource. */
  perMinute(): { total: number; byResource: Partial<Record<ResourceKey, number>> } {
    this.#calls = this.#calls.filter((call) => spanSince(this.#clock, call.at) < minute);
    const byResource: Partial<Record<ResourceKey, number>> = {};
    let total = 0;
    for (const { key, count } of this.#calls) {
      byResource[key] = (byResource[key] ?? 0) + count;
      total += count;
    }
    return { total, byResource };
  }
}
