import type { EntryOrigin } from '../../../shared/model/explorer.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { Events } from './events.ts';
import { deepFreeze } from './freeze.ts';
import { ageOf, type Entry, type KeyRecord, type Records } from './records.ts';
import { approximateBytes } from './size.ts';
import type { Statistics } from './statistics.ts';
import { GuardedStore, type EntryStore, type StoreLimits } from './store.ts';

interface ShelfOptions {
  readonly clock: Clock;
  readonly statistics: Statistics;
  readonly events: Events;
  readonly records: Records;
  readonly freeze: boolean;
  readonly limits: Omit<StoreLimits, 'onEvict'>;
  readonly store: (limits: StoreLimits) => EntryStore;
  readonly onError: (error: unknown) => void;
}

interface Put {
  readonly value: unknown;
  readonly loadedAt: Stamp;
  readonly storedAt: Stamp;
  readonly ttl: number;
  readonly staleWindow: number;
  readonly origin: EntryOrigin;
  /** ms the load took; null for a value set by hand. */
  readonly ms: number | null;
}

/**
 * The stored values. The record of a key says which value is valid; the bounded store beside it only knows
 * recency and limits, so that a store that fails can lose a value but never bring an old one back.
 */
export class Shelf {
  readonly #options: ShelfOptions;
  readonly #store: GuardedStore;

  constructor(options: ShelfOptions) {
    this.#options = options;
    const onEvict = (entry: Entry): void => this.#evicted(entry);
    this.#store = new GuardedStore(options.store({ ...options.limits, onEvict }), options.onError);
  }

  get size(): number {
    return this.#store.size;
  }

  get bytes(): number {
    return this.#store.bytes;
  }

  /** The valid entry of `key`, made the most recently used. */
  use(key: string): Entry | undefined {
    const entry = this.#store.get(key);
    return entry !== undefined && entry.record.entry === entry ? entry : undefined;
  }

  /** Makes a value one that callers share: frozen where that was asked for. */
  share<T>(value: T): T {
    return this.#options.freeze ? deepFreeze(value) : value;
  }

  put(record: KeyRecord, put: Put): void {
    this.noteExpiry(record);
    const { ms, ...rest } = put;
    this.#place({ ...rest, record, bytes: approximateBytes(put.value), expirySeen: false }, ms);
  }

  /**
   * Holds again what was taken out, with the ages it has by now. Pushes out nothing, which would be newer: false
   * where there is no room for it.
   */
  putBack(entry: Entry): boolean {
    const { max, maxBytes } = this.#options.limits;
    if (this.size >= max || this.bytes + entry.bytes > maxBytes) return false;
    this.#place({ ...entry, origin: 'undo' }, null);
    return entry.record.entry !== null;
  }

  #place(entry: Entry, ms: number | null): void {
    const { record } = entry;
    record.entry = entry;
    record.version += 1;
    const outcome = this.#store.set(record.key, entry);
    if (outcome === 'failed') {
      record.entry = null;
      return;
    }
    this.#options.events.emit('set', record.key, this.#options.clock.wall(), ms);
    if (outcome === 'too-large') this.#evicted(entry);
  }

  /** Takes the value away without counting anything. */
  drop(record: KeyRecord): void {
    if (record.entry === null) return;
    record.entry = null;
    this.#store.delete(record.key);
  }

  /** Counts the expiry of what `record` holds, once. */
  noteExpiry(record: KeyRecord): void {
    const { entry } = record;
    const { clock, statistics, events } = this.#options;
    if (entry === null || entry.expirySeen || ageOf(entry, clock.mono(), clock.wall()) < entry.ttl) return;
    entry.expirySeen = true;
    statistics.tally('expirations', record, undefined);
    events.emit('expire', record.key, clock.wall());
  }

  /** Removes what is past its ttl and its stale window. Returns how many went. */
  sweep(): number {
    const { clock, records } = this.#options;
    let removed = 0;
    for (const record of records.values()) {
      const { entry } = record;
      if (entry === null) continue;
      if (ageOf(entry, clock.mono(), clock.wall()) < entry.ttl + entry.staleWindow) continue;
      this.noteExpiry(record);
      this.drop(record);
      removed += 1;
    }
    return removed;
  }

  #evicted(entry: Entry): void {
    const { record } = entry;
    if (record.entry !== entry) return;
    record.entry = null;
    this.#options.statistics.tally('evictions', record, undefined);
    this.#options.events.emit('evict', record.key, this.#options.clock.wall());
  }
}
