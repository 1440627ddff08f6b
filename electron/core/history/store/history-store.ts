import type { ChartMark, EventQuery, LoggedEvent } from '../../../../shared/contract/events.ts';
import type { EventKind } from '../../../../shared/model/events.ts';
import { historySeriesNames } from '../../../../shared/model/history.ts';
import type { ScopeCount } from '../../../../shared/model/history.ts';
import { GuardedAlerts } from './guarded-alerts.ts';
import type { AlertHistory } from './guarded-alerts.ts';
import { databaseFault, unusableContent } from './database-fault.ts';
import type { EventPage, NewEvent, TimelineEvent } from './event-table.ts';
import { doWithoutFile, openHistory, replaceHistory, restoreHistory } from './open-history.ts';
import type { HistoryStoreOptions, OpenHistory } from './open-history.ts';
import type { LoggedRequest, RequestRange } from './request-log.ts';
import type { HistoryColumns, SampleRange, SampleValues } from './samples.ts';
import { transaction } from './schema.ts';
import type { ScopeHistories, ScopeSample } from './scope-table.ts';

/** How long things are kept. */
export interface Retention {
  readonly historyDays: number;
  readonly requestLogHours: number;
  readonly eventDays: number;
}

/** Samples and the log of requests of one profile; what is written of another is never in it. No method throws. */
export interface ProfileHistory {
  /** Takes what one tick knew; `at` is the tick itself, a multiple of the interval. The same tick twice counts together. */
  addSample(at: number, values: SampleValues): void;
  /** At most `points` (and 240) points of a range whose end is not included. The first may begin before it. */
  query(range: SampleRange): HistoryColumns;
  /** The same for what each resource and portal user was asked since the tick before. */
  addScopes(at: number, samples: readonly ScopeSample[]): void;
  /** At most 240 points of at most 60 scopes, those asked most first. */
  scopes(range: SampleRange): ScopeHistories;
  /** The counts of each scope in the minute that begins at `minute`; empty: it is not kept, or nobody asked. */
  scopeMinute(minute: number): ReadonlyMap<string, Readonly<Record<ScopeCount, number>>>;
  addRequests(rows: readonly LoggedRequest[]): void;
  /** Newest first. */
  requests(range: RequestRange): LoggedRequest[];
}

/**
 * Samples and requests by profile, the events of all, and alerts. No method throws: what cannot be written is dropped and
 * told as a problem, what cannot be read is answered as empty, and a file that turns out to be damaged is set aside for a
 * new one.
 * Times are wall clock, UTC ms.
 */
export interface HistoryStore {
  /** Whether it is on disk. */
  readonly persistent: boolean;
  /** What is kept of the profile with this id, now and later. */
  of(profileId: string): ProfileHistory;
  readonly alerts: AlertHistory;
  /** Deletes samples, counts, requests and alerts of a removed profile; what happened to it stays among the events. */
  forget(profileId: string): void;
  /** Returns the event's id; a negative one, each time another, if it could not be written. */
  addEvent(event: NewEvent): number;
  /** Newest first, at most `limit` older than the event `before`; `from` and `to` included. */
  listEvents(query: EventQuery): EventPage;
  /** Newest first. */
  latestEvents(count: number): LoggedEvent[];
  /** The newest `limit` events of these kinds in a range, both ends included, oldest first. */
  marks(from: number, to: number, kinds: readonly EventKind[], limit: number): ChartMark[];
  /** What `bandsOf` is made from, oldest first: the range's events, and those around it that tell of it. */
  timeline(from: number, to: number): TimelineEvent[];
  /** When anything was last written, UTC ms; null: nothing ever was, or long ago. */
  lastSign(): number | null;
  /** Moves samples on to coarser tiers and deletes what is old or too much; to be called about once a minute. */
  prune(retention: Retention): void;
  /** After it nothing is written and everything is empty. Safe to call twice. */
  close(): void;
}

/** Opens `history.sqlite`. A file that cannot be used is never wiped but set aside and told. */
export function openHistoryStore(options: HistoryStoreOptions): HistoryStore {
  return new GuardedStore(options);
}

const faultId = 'history:writing';
/** Pages left empty for what comes next (4 MiB), and how many more are given back at a time. */
const sparePages = 1024;
const pagesGivenBack = 512;

class GuardedStore implements HistoryStore {
  readonly alerts: AlertHistory;
  readonly #options: HistoryStoreOptions;
  /** null: closed. */
  #open: OpenHistory | null;
  /** The last write failed. */
  #failing = false;
  #unwrittenEvents = 0;
  #replaced = false;

  constructor(options: HistoryStoreOptions) {
    this.#options = options;
    this.#open = openHistory(options);
    this.alerts = new GuardedAlerts({
      problems: options.problems,
      write: (work) => this.#write(work),
      read: (work, empty) => this.#read(work, empty),
    });
  }

  get persistent(): boolean {
    return this.#open?.persistent === true;
  }

  of(profileId: string): ProfileHistory {
    return {
      addSample: (at, values) => {
        this.#write(({ profiles, samples }) => samples.add(profiles.findOrAdd(profileId), at, values));
      },
      query: (range) =>
        this.#read(
          ({ profiles, samples }) => samples.query(profiles.find(profileId), range),
          () => ({ bucketMs: Math.max(1, range.to - range.from), at: [], series: emptySeries() }),
        ),
      addScopes: (at, rows) => {
        if (rows.length === 0) return;
        this.#write(({ profiles, scopes }) => scopes.add(profiles.findOrAdd(profileId), at, rows));
      },
      scopes: (range) =>
        this.#read(
          ({ profiles, scopes }) => scopes.query(profiles.find(profileId), range, this.#options.clock.wall()),
          () => ({ bucketMs: Math.max(1, range.to - range.from), at: [], scopes: [] }),
        ),
      scopeMinute: (minute) =>
        this.#read(
          ({ profiles, scopes }) => scopes.minute(profiles.find(profileId), minute),
          (): ReturnType<ProfileHistory['scopeMinute']> => new Map(),
        ),
      addRequests: (rows) => {
        // Nothing is no proof that writing works again.
        if (rows.length === 0) return;
        this.#write(({ profiles, requests }) => requests.add(profiles.findOrAdd(profileId), rows));
      },
      requests: (range) =>
        this.#read(
          ({ profiles, requests }) => requests.list(profiles.find(profileId), range),
          () => [],
        ),
    };
  }

  forget(profileId: string): void {
    this.#write(({ database, profiles, samples, scopes, requests, alerts }) => {
      const profile = profiles.find(profileId);
      if (profile === null) return;
      transaction(database, () => {
        samples.forget(profile);
        scopes.forget(profile);
        requests.forget(profile);
        alerts.forget(profile);
        profiles.remove(profileId);
      });
    });
  }

  addEvent(event: NewEvent): number {
    let id: number | null = null;
    this.#write(({ events }) => {
      id = events.add(event);
    });
    return id ?? -(this.#unwrittenEvents += 1);
  }

  listEvents(query: EventQuery): EventPage {
    return this.#read(
      ({ events }) => events.list(query),
      () => ({ events: [], more: false }),
    );
  }

  latestEvents(count: number): LoggedEvent[] {
    return this.#read(
      ({ events }) => events.latest(count),
      () => [],
    );
  }

  marks(from: number, to: number, kinds: readonly EventKind[], limit: number): ChartMark[] {
    return this.#read(
      ({ events }) => events.marks(from, to, kinds, limit),
      () => [],
    );
  }

  timeline(from: number, to: number): TimelineEvent[] {
    return this.#read(
      ({ events }) => events.timeline(from, to),
      () => [],
    );
  }

  lastSign(): number | null {
    return this.#read(
      ({ events, samples }) => Math.max(events.newest() ?? 0, samples.newest() ?? 0) || null,
      () => null,
    );
  }

  prune(retention: Retention): void {
    this.#restoreIfDeleted();
    const now = this.#options.clock.wall();
    this.#write(({ database, samples, scopes, requests, events, alerts }) => {
      transaction(database, () => {
        samples.prune(now, retention.historyDays);
        scopes.prune(now, retention.historyDays);
        requests.prune(now, retention.requestLogHours);
        events.prune(now, retention.eventDays);
        alerts.prune(now, retention.eventDays);
      });
      const free = Number(database.prepare('PRAGMA freelist_count').get()?.['freelist_count']);
      if (free > sparePages) database.exec(`PRAGMA incremental_vacuum(${pagesGivenBack})`);
    });
  }

  close(): void {
    const open = this.#open;
    this.#open = null;
    if (open !== null) this.#closeDatabase(open);
  }

  /** SQLite would go on writing into a file that nobody can open any more. */
  #restoreIfDeleted(): void {
    const open = this.#open;
    if (open === null || open.isThere()) return;
    this.#closeDatabase(open);
    this.#open = restoreHistory(this.#options);
  }

  #write(work: (open: OpenHistory) => void): void {
    if (this.#open === null) return;
    const done = this.#attempt((open) => {
      work(open);
      return true;
    });
    if (done === null || !this.#failing) return;
    this.#failing = false;
    this.#options.problems.remove(faultId);
  }

  #read<T>(work: (open: OpenHistory) => T, empty: () => T): T {
    const found = this.#attempt((open) => ({ value: work(open) }));
    return found === null ? empty() : found.value;
  }

  /** Tries again on a new file if this one is damaged. Returns null if it could not be done. */
  #attempt<T>(work: (open: OpenHistory) => T): T | null {
    const open = this.#open;
    if (open === null) return null;
    try {
      return work(open);
    } catch (error) {
      const unusable = open.persistent ? unusableContent(error, false) : null;
      if (unusable === null) {
        this.#tellFault(error);
        return null;
      }
      this.#closeDatabase(open);
      // A disk that damages the new one too would be filled with files set aside.
      this.#open = this.#replaced
        ? doWithoutFile(unusable, this.#options)
        : replaceHistory(unusable, this.#options);
      this.#replaced = true;
      return this.#attempt(work);
    }
  }

  #tellFault(error: unknown): void {
    if (!this.#failing) {
      // SQLite's message names tables and columns, never their content.
      this.#options.log.warn(`history: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#failing = true;
    this.#options.problems.report({
      id: faultId,
      area: 'history',
      title: 'The history has gaps',
      text: `Nothing can be added to it or read from it: ${databaseFault(error)}. It is tried again with each sample.`,
    });
  }

  #closeDatabase({ database }: OpenHistory): void {
    try {
      database.close();
    } catch (error) {
      this.#options.log.warn(`history: closing failed: ${databaseFault(error)}`);
    }
  }
}

function emptySeries(): HistoryColumns['series'] {
  return Object.fromEntries(
    historySeriesNames.map((name) => [name, []]),
  ) as unknown as HistoryColumns['series'];
}
