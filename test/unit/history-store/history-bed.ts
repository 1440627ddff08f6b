import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openHistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { HistoryStoreOptions } from '../../../electron/core/history/store/open-history.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import type { EventQuery, LoggedEvent } from '../../../shared/contract/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** 2026-11-21 06:15:00 UTC, a quarter of an hour. */
export const start = Date.UTC(2026, 10, 21, 6, 15);

/** Ids of profiles. */
export const lab = 'profile-of-the-lab';
export const plant = 'profile-of-the-plant';

export const retention = { historyDays: 30, requestLogHours: 24, eventDays: 90 };

/** Every event. */
export const everything: EventQuery = {
  kinds: null,
  severities: null,
  search: '',
  from: null,
  to: null,
  before: null,
  limit: 200,
};

export function event(over: Partial<Omit<LoggedEvent, 'id'>> = {}): Omit<LoggedEvent, 'id'> {
  return {
    at: start,
    kind: 'state',
    severity: 'info',
    profile: 'Lab',
    subject: 'vpn:status',
    title: 'VPN is live again',
    detail: null,
    ...over,
  };
}

/** A temporary folder and what it takes to keep a history in it. */
export class HistoryBed {
  readonly root = mkdtempSync(join(tmpdir(), 'cachedeck-history-'));
  /** Not there until a store is opened. */
  readonly folder = join(this.root, 'data');
  readonly file = join(this.folder, 'history.sqlite');
  readonly clock = new FakeClock(start);
  readonly log = recordingLog();
  problems = new Problems(this.clock);
  readonly #open: HistoryStore[] = [];

  /** The next run of the app: what was told before is forgotten. */
  open(options: Partial<HistoryStoreOptions> = {}): HistoryStore {
    this.problems = new Problems(this.clock);
    const { clock, folder, problems, log } = this;
    const store = openHistoryStore({ folder, clock, problems, log: log.log, ...options });
    this.#open.push(store);
    return store;
  }

  /** Looks into the file, or changes it, from outside. */
  inFile<T>(work: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(this.file);
    try {
      return work(database);
    } finally {
      database.close();
    }
  }

  /** Rows of a table in the file. */
  count(table: string): number {
    return this.inFile((database) =>
      Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']),
    );
  }

  get told(): { id: string; text: string }[] {
    return this.problems.feed.value.map(({ id, text }) => ({ id, text }));
  }

  get files(): string[] {
    return readdirSync(this.folder).toSorted();
  }

  remove(): void {
    for (const store of this.#open) store.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}
