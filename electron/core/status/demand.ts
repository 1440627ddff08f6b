import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Spread } from '../cache/types.ts';

/** Hits on one value after which its resource counts as asked more often than it expires. */
const hitsInLife = 2;
/** ms a timer may be late by, and a load's reply on its way. */
const late = 5;
const minute = 60_000;

/**
 * ms before a value expires at which the next load should start, so that it is there in time: the p95 of recent loads,
 * but no more than costs one load a minute beside the 60/ttl that the ttl alone leads to. Two loads are a ttl less lead
 * plus load time apart, so lead − load time may be ttl − 1/(1/ttl + 1/minute).
 */
export function demandLead(times: Spread, ttl: number): number {
  const spare = ttl - 1 / (1 / ttl + 1 / minute);
  return Math.min(times.p95 + late, times.p50 + spare, ttl / 2);
}

interface DemandOptions {
  readonly clock: Clock;
  /** ms until the value expires; negative or null: nothing fresh is held. */
  readonly freshFor: (key: ResourceKey) => number | null;
  /** ms before its expiry at which the next load should start. */
  readonly lead: (key: ResourceKey) => number;
  /** Starts a load unless one runs. Never throws. */
  readonly load: (key: ResourceKey) => void;
}

/**
 * Keeps fresh what is asked at any moment rather than at ticks: a value that was hit twice is loaded again before it
 * expires, so that who asks often never waits. Nobody who asks seldom causes a load, and once nobody asks one is in vain.
 */
export class Demand {
  readonly #options: DemandOptions;
  readonly #hits = new Map<ResourceKey, number>();
  readonly #timers = new Map<ResourceKey, Cancel>();
  #on = true;

  constructor(options: DemandOptions) {
    this.#options = options;
  }

  /** false: nothing is loaded before somebody waits for it. */
  set on(on: boolean) {
    this.#on = on;
    if (!on) this.stop();
  }

  /** Somebody asked and got a fresh value. */
  hit(key: ResourceKey): void {
    if (!this.#on || this.#timers.has(key)) return;
    const hits = (this.#hits.get(key) ?? 0) + 1;
    this.#hits.set(key, hits);
    if (hits < hitsInLife) return;
    const { clock, freshFor, lead, load } = this.#options;
    const delay = Math.max(0, (freshFor(key) ?? 0) - lead(key));
    this.#timers.set(
      key,
      clock.after(delay, () => load(key)),
    );
  }

  /** The value is another one, or gone. */
  renewed(key: ResourceKey): void {
    this.#timers.get(key)?.();
    this.#timers.delete(key);
    this.#hits.delete(key);
  }

  /** Whether a load before its expiry is planned or running. */
  keeps(key: ResourceKey): boolean {
    return this.#timers.has(key) && (this.#options.freshFor(key) ?? 0) > 0;
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#hits.clear();
  }
}
