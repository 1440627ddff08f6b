import type { Counters } from '../../../shared/contract/cache.ts';
import type { EntryOrigin } from '../../../shared/model/explorer.ts';
import type { Clock, Stamp } from '../clock.ts';
import { newCounters, type Scope, type Scopes } from './counters.ts';
import { namespaceOf } from './key.ts';
import type { FailureState } from './failure-state.ts';
import type { Load } from './load.ts';
import type { RecentTimes } from './recent-times.ts';

/** A stored value. */
export interface Entry {
  readonly record: KeyRecord;
  readonly value: unknown;
  /** Start of the load: data age counts from here. */
  readonly loadedAt: Stamp;
  /** Freshness counts from here. */
  readonly storedAt: Stamp;
  readonly ttl: number;
  readonly staleWindow: number;
  readonly bytes: number;
  /** How the value came. */
  readonly origin: EntryOrigin;
  /** Its expiry was counted; a value expires once however often it is looked up. */
  expirySeen: boolean;
}

/** Everything known about a key, whether a value is stored or not. */
export interface KeyRecord {
  readonly key: string;
  readonly namespace: Scope;
  counters: Counters;
  /** Of the hits that were timed. */
  hitTimes: RecentTimes | null;
  loadTimes: RecentTimes | null;
  /** The one valid value. The bounded store may only ever hand out this one. */
  entry: Entry | null;
  load: Load | null;
  failure: FailureState | null;
  /** Grows with each load start, set and removal: a load may store only if it is still the latest. */
  generation: number;
  /** Grows with each value stored and each removal: what was removed before may not be put back after another. */
  version: number;
  /** UTC ms; -Infinity: never, or not since the statistics were reset. */
  lastHitAt: number;
}

/** Whether there is something to remove: a value, or a load that would bring one. */
export function isHeld(record: KeyRecord): boolean {
  return record.entry !== null || record.load !== null;
}

/** ms since the value was stored, by the guarded clock. */
export function ageOf(entry: Entry, mono: number, wall: number): number {
  const monoSpan = mono - entry.storedAt.mono;
  const wallSpan = wall - entry.storedAt.wall;
  const span = monoSpan > wallSpan ? monoSpan : wallSpan;
  return span > 0 ? span : 0;
}

/** Whether the value may stand in for a failed load of someone who accepts `staleWindow` ms past expiry. */
export function isUsable(entry: Entry, staleWindow: number, clock: Clock): boolean {
  const window = Math.min(entry.staleWindow, staleWindow);
  return ageOf(entry, clock.mono(), clock.wall()) < entry.ttl + window;
}

/** The records by key. Those that hold nothing but counters are dropped, oldest first, past a limit. */
export class Records {
  readonly #records = new Map<string, KeyRecord>();
  readonly #namespaces: Scopes;
  readonly #limit: number;

  constructor(namespaces: Scopes, limit: number) {
    this.#namespaces = namespaces;
    this.#limit = limit;
  }

  get(key: string): KeyRecord | undefined {
    return this.#records.get(key);
  }

  open(key: string): KeyRecord {
    const known = this.#records.get(key);
    if (known) return known;
    if (this.#records.size >= this.#limit) this.#prune();
    const record: KeyRecord = {
      key,
      namespace: this.#namespaces.open(namespaceOf(key)),
      counters: newCounters(),
      hitTimes: null,
      loadTimes: null,
      entry: null,
      load: null,
      failure: null,
      generation: 0,
      version: 0,
      lastHitAt: -Infinity,
    };
    this.#records.set(key, record);
    return record;
  }

  values(): IterableIterator<KeyRecord> {
    return this.#records.values();
  }

  /** Drops half of the idle ones at once, so that the cost is spread thin over many new keys. */
  #prune(): void {
    const idle = [...this.#records.values()].filter((record) => !isHeld(record));
    for (const record of idle.slice(0, Math.ceil(idle.length / 2))) {
      record.generation += 1; // a late result finds itself outdated
      this.#records.delete(record.key);
    }
  }
}
