import type { Reading } from '../../../shared/model/reading.ts';
import type { Snapshot } from '../cache/types.ts';
import type { Clock, Stamp } from '../clock.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Observed } from '../sources/orchestrator/orchestrator-source.ts';
import type { ResourceSpec } from './resources.ts';

/** What of a resource counts here; not only the orchestrator's have one. */
type Kind = Pick<ResourceSpec, 'ttl' | 'staleWindow'> & { readonly key: string };

interface Kept {
  readonly observed: Observed<unknown>;
  readonly loadedAt: number;
  /** Data age at the moment of `at`, ms. */
  readonly age: number;
  readonly at: Stamp;
}

/**
 * The last value of each resource outside the cache: clearing the cache makes the next lookup load, but it must
 * neither blank the cards nor make tray and notices forget when the backend last answered.
 */
export class LastValues {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers what the cache has just stored, or what was loaded beside it, unless what is kept is newer. */
  keep(key: string, { value, loadedAt, dataAge }: Snapshot<Observed<unknown>>): void {
    if (value === undefined || loadedAt === null || dataAge === null) return;
    const kept = this.#kept.get(key);
    if (kept && this.#ageOf(kept) < dataAge) return;
    this.#kept.set(key, { observed: value, loadedAt, age: dataAge, at: stamp(this.#clock) });
  }

  /** `reading`, with the kept value in it where there is none and the last-good window is not over. */
  fill<T>(spec: Kind, reading: Reading<T>): Reading<T> {
    const kept = this.#kept.get(spec.key);
    if (reading.value !== null || !reading.supported || !kept) return reading;
    const age = this.#ageOf(kept);
    if (age >= spec.ttl + spec.staleWindow) return reading;
    return {
      ...reading,
      value: kept.observed.value as T,
      loadedAt: kept.loadedAt,
      observedAt: kept.observed.observedAt,
      age,
      served: 'last-good',
    };
  }

  #ageOf({ age, at }: Kept): number {
    return age + spanSince(this.#clock, at);
  }
}
