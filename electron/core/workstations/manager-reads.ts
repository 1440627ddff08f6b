import type { Poll, Reading } from '../../../shared/model/reading.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import type { Snapshot } from '../cache/types.ts';
import type { Clock } from '../clock.ts';
import type { Observed } from '../sources/orchestrator/orchestrator-source.ts';
import { LastValues } from '../status/last-values.ts';
import { freshFor } from '../status/asked.ts';
import type { Asked } from '../status/asked.ts';
import { readingOf, servedByPeek } from '../status/readings.ts';
import { msToNextTick } from '../status/ticks.ts';
import { everyPattern, listPattern, managerSpecs, policyOf } from './resources.ts';
import type { ManagerKey, ManagerValues } from './resources.ts';

export interface ManagerReadsOptions {
  readonly clock: Clock;
  readonly cache: TtlCache;
  /** ms between two polls of a page now. */
  readonly pollMs: () => number;
  /** Polling is paused: what is held is shown and nothing is loaded. */
  readonly paused: () => boolean;
  readonly load: <K extends ManagerKey>(key: K, signal: AbortSignal) => Promise<Observed<ManagerValues[K]>>;
}

/** What is read from a workstation manager, through the one cache: on demand only, nothing ahead of a poll. */
export class ManagerReads {
  readonly #options: ManagerReadsOptions;
  readonly #stop: () => void;
  #last: LastValues;

  constructor(options: ManagerReadsOptions) {
    const { clock, cache } = options;
    this.#options = options;
    this.#last = new LastValues(clock);
    this.#stop = cache.on(({ kind, key }) => {
      if (kind === 'set' && isManagerKey(key)) this.#last.keep(key, cache.peek(key));
    });
  }

  stop(): void {
    this.#stop();
  }

  /** A counted lookup that loads where nothing fresh is held. */
  async poll<K extends ManagerKey>(key: K): Promise<Poll<ManagerValues[K]>> {
    const { clock, paused } = this.#options;
    const reading = paused() ? this.peek(key) : await this.#lookup(key);
    const nextTickInMs = msToNextTick(clock.wall(), this.#interval(key));
    return { reading, nextTickInMs, now: clock.wall() };
  }

  /** Loads it ahead of anybody asking, or joins its load; nothing while backing off. Never rejects. */
  async warm(key: ManagerKey): Promise<void> {
    await this.#options.cache.prefetch(key, this.#loader(key), policyOf(managerSpecs[key]));
  }

  /** The same for who asks at any moment. */
  async ask<K extends ManagerKey>(key: K): Promise<Asked<ManagerValues[K]>> {
    const { cache, paused } = this.#options;
    const before = cache.peek(key);
    const reading = paused() ? this.peek(key) : await this.#lookup(key);
    return { reading, freshFor: freshFor(cache.peek(key)), hadExpired: before.stored && !before.fresh };
  }

  /** What is known now, without counting or loading. */
  peek<K extends ManagerKey>(key: K): Reading<ManagerValues[K]> {
    const snapshot = this.#options.cache.peek<Observed<ManagerValues[K]>>(key);
    return this.#reading(key, snapshot, servedByPeek(snapshot));
  }

  /** Reads past the cache, also while paused: after an action, or on demand. Returns the load's error, if any. */
  async refresh(key: ManagerKey): Promise<unknown> {
    const { cache } = this.#options;
    const last = this.#last;
    const { error, snapshot } = await cache.refresh(key, this.#loader(key), policyOf(managerSpecs[key]));
    if (!cache.enabled) last.keep(key, snapshot);
    return error;
  }

  /** Drops the list, so that no load that began before now is stored. Returns how many entries that were. */
  dropList(): number {
    return this.#options.cache.invalidate(listPattern);
  }

  /** Forgets everything: it was read as another account. Whoever waits for it gets `cancelled`. */
  forget(): void {
    this.#options.cache.invalidate(everyPattern, { cancel: true });
    this.#last = new LastValues(this.#options.clock);
  }

  #interval(key: ManagerKey): number {
    return managerSpecs[key].interval ?? this.#options.pollMs();
  }

  async #lookup<K extends ManagerKey>(key: K): Promise<Reading<ManagerValues[K]>> {
    const { cache } = this.#options;
    const last = this.#last;
    const { served, snapshot } = await cache.read(key, this.#loader(key), policyOf(managerSpecs[key]));
    if (!cache.enabled) {
      if (last !== this.#last) return this.peek(key); // it was read as the account before
      last.keep(key, snapshot);
    }
    return this.#reading(key, snapshot, served);
  }

  #loader<K extends ManagerKey>(key: K): (signal: AbortSignal) => Promise<Observed<ManagerValues[K]>> {
    return (signal) => this.#options.load(key, signal);
  }

  #reading<K extends ManagerKey>(
    key: K,
    snapshot: Snapshot<Observed<ManagerValues[K]>>,
    served: Reading<unknown>['served'],
  ): Reading<ManagerValues[K]> {
    const spec = managerSpecs[key];
    return this.#last.fill(spec, readingOf(spec, this.#interval(key), snapshot, served));
  }
}

function isManagerKey(key: string): boolean {
  return Object.hasOwn(managerSpecs, key);
}
