import type { Counters } from '../../../shared/contract/cache.ts';
import { newCounters } from '../cache/counters.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { labelOfKey, resourceLabels } from './resource-labels.ts';
import type { ResourceLabel } from './resource-labels.ts';

export type CountedCache = Pick<TtlCache, 'statistics' | 'keyStatistics' | 'size' | 'bytes'>;
export type CounterName = keyof Counters;
/** Called with what happened since the last time; n > 0. */
export type AddCount = (label: ResourceLabel, name: CounterName, n: number) => void;

const counterNames = Object.keys(newCounters()) as CounterName[];

/**
 * Turns the counters of one cache into what happened since the last look, by resource. Looking counts nothing. All
 * resources together are always exactly what the cache counted; a key whose own counters were dropped to make room may
 * have its last counts under `other`.
 */
export class FollowedCache {
  readonly cache: CountedCache;
  readonly #add: AddCount;
  #total = newCounters();
  #byLabel: ReadonlyMap<ResourceLabel, Counters> = new Map();

  constructor(cache: CountedCache, add: AddCount) {
    this.cache = cache;
    this.#add = add;
  }

  /** Tells what happened since the last time. */
  take(): void {
    const total = this.cache.statistics().counters;
    const byLabel = sumByLabel(this.cache);
    for (const name of counterNames) this.#tell(name, total, byLabel);
    this.#total = total;
    this.#byLabel = byLabel;
  }

  /** To be called when the cache's counters are about to be zeroed, so that nothing is lost. */
  beforeReset(): void {
    this.take();
    this.#total = newCounters();
    this.#byLabel = new Map();
  }

  #tell(name: CounterName, total: Counters, byLabel: ReadonlyMap<ResourceLabel, Counters>): void {
    // Zeroed without a word, what is counted now is at least what has happened.
    const before = total[name] >= this.#total[name] ? this.#total[name] : 0;
    let rest = total[name] - before;
    for (const label of resourceLabels) {
      if (label === 'other') continue;
      const moved = (byLabel.get(label)?.[name] ?? 0) - (this.#byLabel.get(label)?.[name] ?? 0);
      if (moved <= 0) continue; // less than before: a key's counters were dropped
      this.#add(label, name, moved);
      rest -= moved;
    }
    if (rest > 0) this.#add('other', name, rest);
  }
}

function sumByLabel(cache: CountedCache): ReadonlyMap<ResourceLabel, Counters> {
  const sums = new Map<ResourceLabel, Counters>();
  for (const { key, counters } of cache.keyStatistics()) {
    const label = labelOfKey(key);
    const sum = sums.get(label) ?? newCounters();
    for (const name of counterNames) sum[name] += counters[name];
    sums.set(label, sum);
  }
  return sums;
}
