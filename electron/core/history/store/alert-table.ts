import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { AlertRecord } from '../../../../shared/contract/alerts.ts';
import { alertRecordKinds } from '../../../../shared/model/alerts.ts';
import type { AlertRecordKind } from '../../../../shared/model/alerts.ts';
import { severities } from '../../../../shared/model/events.ts';
import type { Severity } from '../../../../shared/model/events.ts';

const mostRows = 20_000;
const columns = 'id, at, name, kind, severity, keys, title, detail, delivery';

export type AlertPage = { readonly records: AlertRecord[]; readonly more: boolean };

/** What happened to the alerts of all profiles, and where those of each are now. Methods throw what SQLite says. */
export class AlertTable {
  readonly #insert: StatementSync;
  readonly #deliver: StatementSync;
  readonly #list: StatementSync;
  readonly #removeOlder: StatementSync;
  readonly #removeMore: StatementSync;
  readonly #forgetRecords: StatementSync;
  readonly #getState: StatementSync;
  readonly #setState: StatementSync;
  readonly #states: StatementSync;
  readonly #forgetState: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO alert_record (profile, at, name, kind, severity, keys, title, detail, delivery)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#deliver = database.prepare('UPDATE alert_record SET delivery = ? WHERE id = ?');
    // What a later release may have written of its own is not answered.
    this.#list = database.prepare(
      `SELECT ${columns} FROM alert_record
       WHERE id < :before
         AND kind IN (SELECT value FROM json_each(:kinds))
         AND severity IN (SELECT value FROM json_each(:severities))
       ORDER BY id DESC LIMIT :limit`,
    );
    this.#removeOlder = database.prepare('DELETE FROM alert_record WHERE at < ?');
    this.#removeMore = database.prepare(
      'DELETE FROM alert_record WHERE id <= (SELECT max(id) FROM alert_record) - ?',
    );
    this.#forgetRecords = database.prepare('DELETE FROM alert_record WHERE profile = ?');
    this.#getState = database.prepare('SELECT state FROM alert_state WHERE profile = ?');
    this.#setState = database.prepare(
      `INSERT INTO alert_state (profile, state) VALUES (?, ?)
       ON CONFLICT (profile) DO UPDATE SET state = excluded.state`,
    );
    this.#states = database.prepare(
      `SELECT profile.key, alert_state.state FROM alert_state JOIN profile ON profile.id = alert_state.profile
       ORDER BY profile.id`,
    );
    this.#forgetState = database.prepare('DELETE FROM alert_state WHERE profile = ?');
  }

  /** Returns the record's id. */
  add(profile: number, record: Omit<AlertRecord, 'id'>): number {
    const { at, profile: name, kind, severity, keys, title, detail, delivery } = record;
    const texts = [name, kind, severity, JSON.stringify(keys), title, detail, delivery];
    return Number(this.#insert.run(profile, Math.floor(at), ...texts).lastInsertRowid);
  }

  /** Says of a message what became of it. */
  deliver(id: number, delivery: string): void {
    this.#deliver.run(delivery, id);
  }

  /** Newest first, older than the record `before`. */
  list(before: number | null, limit: number): AlertPage {
    const rows = this.#list.all({
      before: before ?? Number.MAX_SAFE_INTEGER,
      kinds: JSON.stringify(alertRecordKinds),
      severities: JSON.stringify(severities),
      limit: limit + 1,
    });
    return { records: rows.slice(0, limit).map(toRecord), more: rows.length > limit };
  }

  /** @param profile null: one without anything; answers null then, too */
  state(profile: number | null): string | null {
    return textOrNull(this.#getState.get(profile)?.['state']);
  }

  /** Replaces the state of a profile. */
  setState(profile: number, state: string): void {
    this.#setState.run(profile, state);
  }

  /** Of every profile that has one, by the profile's id. */
  states(): { readonly profile: string; readonly state: string }[] {
    return this.#states
      .all()
      .map((row) => ({ profile: String(row['key']), state: textOrNull(row['state']) ?? '' }));
  }

  /** Deletes all of a profile. */
  forget(profile: number): void {
    this.#forgetRecords.run(profile);
    this.#forgetState.run(profile);
  }

  /** @param now UTC ms */
  prune(now: number, days: number): void {
    this.#removeOlder.run(now - days * 86_400_000);
    this.#removeMore.run(mostRows);
  }
}

function toRecord(row: Record<string, SQLOutputValue>): AlertRecord {
  return {
    id: Number(row['id']),
    at: Number(row['at']),
    profile: String(row['name']),
    kind: String(row['kind']) as AlertRecordKind,
    severity: String(row['severity']) as Severity,
    keys: keysOf(String(row['keys'])),
    title: String(row['title']),
    detail: textOrNull(row['detail']),
    delivery: textOrNull(row['delivery']),
  };
}

/** The keys only lead to the alert; a record without them still says what happened. */
function keysOf(text: string): string[] {
  try {
    const keys: unknown = JSON.parse(text);
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
