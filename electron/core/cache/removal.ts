import type { Clock } from '../clock.ts';
import type { Events } from './events.ts';
import { compileGlob, matchesGlob } from './glob.ts';
import type { PendingLoad } from './load.ts';
import type { Loading } from './loading.ts';
import { isHeld, type KeyRecord, type Records } from './records.ts';
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

  /** Returns how many keys held a value or a load; ends the back-off of each. */
  remove(records: readonly KeyRecord[], kind: 'delete' | 'invalidate', options: RemoveOptions): number {
    const { clock, statistics, events, shelf, loading } = this.#options;
    const waiting: [KeyRecord, PendingLoad | null][] = [];
    let removed = 0;
    for (const record of records) {
      const there = isHeld(record);
      record.failure?.resetBackOff();
      waiting.push([record, loading.detach(record, options.cancel ?? false)]);
      shelf.drop(record);
      if (!there) continue;
      removed += 1;
      statistics.tally('invalidations', record, undefined);
      if (events.wanted) events.emit(kind, record.key, clock.wall());
    }
    for (const [record, forced] of waiting) loading.resume(record, forced);
    return removed;
  }
}
