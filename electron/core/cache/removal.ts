import type { Clock } from '../clock.ts';
import type { Events } from './events.ts';
import { compileGlob, matchesGlob } from './glob.ts';
import type { PendingLoad } from './load.ts';
import type { Loading } from './loading.ts';
import { isHeld, isUsable, type Entry, type KeyRecord, type Records } from './records.ts';
import type { Shelf } from './shelf.ts';
import type { Statistics } from './statistics.ts';
import type { RemoveOptions } from './types.ts';

interface RemovalOptions {
  readonly clock: Clock;
  readonly statistics: Statistics;
  readonly events: Events;
  readonly records: Records;
  readonly shelf: Shelf;
  readonly loading: Loading;
}

/** What to remove: keys, what matches a pattern, or everything. */
export type Selection = { readonly keys: readonly string[] } | { readonly pattern: string } | 'all';

/** What a removal took away and could be put back. */
export interface Taken {
  /** The keys that held a value or a load. */
  readonly keys: readonly string[];
  /** Approximate, of the values. */
  readonly bytes: number;
  readonly values: readonly { readonly entry: Entry; readonly version: number }[];
}

/** What became of each value that was to be put back. */
export interface PutBack {
  readonly restored: number;
  /** Loaded again, set or removed for good meanwhile. */
  readonly newer: number;
  /** Past ttl and stale window, or out of room. */
  readonly expired: number;
}

/** Delete, clear and invalidate: values go, running loads lose the right to store. */
export class Removal {
  readonly #options: RemovalOptions;

  constructor(options: RemovalOptions) {
    this.#options = options;
  }

  /** Every known key that matches, also one that only backs off. Throws on a blank pattern. */
  matching(pattern: string): KeyRecord[] {
    const glob = compileGlob(pattern);
    return Array.from(this.#options.records.values()).filter((record) => matchesGlob(glob, record.key));
  }

  /** Every known key of a selection, also one that holds nothing. Throws on a blank pattern. */
  select(selection: Selection): KeyRecord[] {
    const { records } = this.#options;
    if (selection === 'all') return [...records.values()];
    if ('pattern' in selection) return this.matching(selection.pattern);
    return [...new Set(selection.keys)].flatMap((key) => records.get(key) ?? []);
  }

  /** Returns how many keys held a value or a load. What was taken out of them before is not put back any more. */
  remove(records: readonly KeyRecord[], kind: 'delete' | 'invalidate', options: RemoveOptions): number {
    for (const record of records) record.version += 1;
    return this.#remove(records, kind, options).length;
  }

  /** The same, for somebody who may want it back. */
  take(selection: Selection): Taken {
    const records = this.select(selection);
    const values = records.flatMap(({ entry, version }) => (entry === null ? [] : { entry, version }));
    const kind = selection !== 'all' && 'keys' in selection ? 'delete' : 'invalidate';
    const removed = this.#remove(records, kind, {});
    return {
      keys: removed.map(({ key }) => key),
      bytes: values.reduce((sum, { entry }) => sum + entry.bytes, 0),
      values,
    };
  }

  /**
   * Holds again what `take` took out, with the ages it has by now. A load that runs meanwhile keeps its right: what
   * it brings is newer. Counts no lookup.
   */
  putBack({ values }: Taken): PutBack {
    const { clock, records, shelf } = this.#options;
    let restored = 0;
    let newer = 0;
    for (const { entry, version } of values) {
      const { record } = entry;
      if (record.version !== version) newer += 1;
      else if (records.get(record.key) !== record || !isUsable(entry, Infinity, clock)) continue;
      else if (shelf.putBack(entry)) restored += 1;
    }
    return { restored, newer, expired: values.length - newer - restored };
  }

  /** Returns those that held a value or a load; ends the back-off of each. */
  #remove(records: readonly KeyRecord[], kind: 'delete' | 'invalidate', options: RemoveOptions): KeyRecord[] {
    const { clock, statistics, events, shelf, loading } = this.#options;
    const waiting: [KeyRecord, PendingLoad | null][] = [];
    const removed: KeyRecord[] = [];
    for (const record of records) {
      const there = isHeld(record);
      record.failure?.resetBackOff();
      waiting.push([record, loading.detach(record, options.cancel ?? false)]);
      shelf.drop(record);
      if (!there) continue;
      removed.push(record);
      statistics.tally('invalidations', record, undefined);
      if (events.wanted) events.emit(kind, record.key, clock.wall());
    }
    for (const [record, forced] of waiting) loading.resume(record, forced);
    return removed;
  }
}
