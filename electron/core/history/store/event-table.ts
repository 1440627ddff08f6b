import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { ChartMark, EventQuery, LoggedEvent } from '../../../../shared/contract/events.ts';
import { eventKinds, severities } from '../../../../shared/model/events.ts';
import type { EventKind, Severity } from '../../../../shared/model/events.ts';

const mostRows = 100_000;
/** What bands on a chart are drawn from; turning the cache off and on are settings. */
const timelineKinds: readonly EventKind[] = ['start', 'stop', 'sleep', 'pause', 'resume', 'settings'];
const mostOfTimeline = 10_000;
const columns = 'id, at, kind, severity, profile, subject, title, detail';

/** An event as it is written down. */
export type NewEvent = Omit<LoggedEvent, 'id'> & {
  /** ms that what it tells of has lasted when it was told: a sleep, the time between two runs. */
  readonly span?: number | null;
};

/** What `timeline` is made of. */
export interface TimelineEvent {
  readonly at: number;
  readonly kind: EventKind;
  readonly subject: string | null;
  readonly span: number | null;
}

export type EventPage = { readonly events: LoggedEvent[]; readonly more: boolean };

/** The event log. Methods throw what SQLite says. */
export class EventTable {
  readonly #insert: StatementSync;
  readonly #list: StatementSync;
  readonly #marks: StatementSync;
  readonly #timeline: StatementSync;
  readonly #newest: StatementSync;
  readonly #removeOlder: StatementSync;
  readonly #removeMore: StatementSync;

  constructor(database: DatabaseSync) {
    // SQLite's own lower() knows the letters of English only.
    database.function('fold', { deterministic: true }, (text) => String(text).toLowerCase());
    this.#insert = database.prepare(
      `INSERT INTO event (at, kind, severity, profile, subject, title, detail, span) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    // By id, newest first, until the page is full: `+` keeps SQLite from fetching all of a range to sort it.
    this.#list = database.prepare(
      `SELECT ${columns} FROM event
       WHERE id < :before AND +at >= :from AND +at <= :to
         AND kind IN (SELECT value FROM json_each(:kinds))
         AND severity IN (SELECT value FROM json_each(:severities))
         AND (:search = ''
           OR instr(fold(concat_ws(char(10), title, detail, subject, profile)), :search) > 0)
       ORDER BY id DESC LIMIT :limit`,
    );
    this.#marks = database.prepare(
      `SELECT at, kind, title FROM event
       WHERE at BETWEEN ? AND ? AND kind IN (SELECT value FROM json_each(?))
       ORDER BY at DESC, id DESC LIMIT ?`,
    );
    this.#timeline = database.prepare(
      `SELECT at, kind, subject, span FROM event
       WHERE at >= coalesce((SELECT max(at) FROM event WHERE at < :from AND kind = 'start'), 0) AND at <= :to
         AND kind IN (SELECT value FROM json_each(:kinds))
       UNION ALL
       SELECT * FROM (SELECT at, kind, subject, span FROM event
         WHERE at > :to AND span IS NOT NULL ORDER BY at LIMIT 1)
       ORDER BY at LIMIT :limit`,
    );
    this.#newest = database.prepare('SELECT max(at) AS at FROM event');
    this.#removeOlder = database.prepare('DELETE FROM event WHERE at < ?');
    this.#removeMore = database.prepare('DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?');
  }

  /** Returns the event's id. */
  add({ at, kind, severity, profile, subject, title, detail, span = null }: NewEvent): number {
    const { lastInsertRowid } = this.#insert.run(
      Math.floor(at),
      kind,
      severity,
      profile,
      subject,
      title,
      detail,
      span === null ? null : Math.floor(span),
    );
    return Number(lastInsertRowid);
  }

  /** Newest first. */
  list(query: EventQuery): EventPage {
    const rows = this.#list.all({
      before: query.before ?? Number.MAX_SAFE_INTEGER,
      from: query.from ?? 0,
      to: query.to ?? Number.MAX_SAFE_INTEGER,
      // Always named: kinds that only a later release knows are not answered.
      kinds: JSON.stringify(query.kinds ?? eventKinds),
      severities: JSON.stringify(query.severities ?? severities),
      search: query.search.toLowerCase(),
      limit: query.limit + 1,
    });
    return { events: rows.slice(0, query.limit).map(toEvent), more: rows.length > query.limit };
  }

  /** The newest `count`, newest first. */
  latest(count: number): LoggedEvent[] {
    const all = { kinds: null, severities: null, search: '', from: null, to: null, before: null };
    return this.list({ ...all, limit: count }).events;
  }

  /** The newest `limit` of a range (UTC ms, both ends included), oldest first. */
  marks(from: number, to: number, kinds: readonly EventKind[], limit: number): ChartMark[] {
    const known = eventKinds.filter((kind) => kinds.includes(kind));
    return this.#marks
      .all(from, to, JSON.stringify(known), limit)
      .map((row) => ({
        at: Number(row['at']),
        kind: String(row['kind']) as EventKind,
        label: String(row['title']),
      }))
      .toReversed();
  }

  /**
   * What says when the app ran, slept, was paused and used its cache, in a range (UTC ms, both ends included), oldest
   * first: from the start of the run before it, and what was told after it of a time that may reach into it.
   */
  timeline(from: number, to: number): TimelineEvent[] {
    const kinds = JSON.stringify(timelineKinds);
    return this.#timeline.all({ from, to, kinds, limit: mostOfTimeline }).map((row) => ({
      at: Number(row['at']),
      kind: String(row['kind']) as EventKind,
      subject: textOrNull(row['subject']),
      span: row['span'] === null ? null : Number(row['span']),
    }));
  }

  /** When the newest was written, UTC ms; null: there is none. */
  newest(): number | null {
    const at = this.#newest.get()?.['at'];
    return typeof at === 'number' ? at : null;
  }

  /** @param now UTC ms */
  prune(now: number, days: number): void {
    this.#removeOlder.run(now - days * 86_400_000);
    this.#removeMore.run(mostRows);
  }
}

function toEvent(row: Record<string, SQLOutputValue>): LoggedEvent {
  return {
    id: Number(row['id']),
    at: Number(row['at']),
    kind: String(row['kind']) as EventKind,
    severity: String(row['severity']) as Severity,
    profile: String(row['profile']),
    subject: textOrNull(row['subject']),
    title: String(row['title']),
    detail: textOrNull(row['detail']),
  };
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
