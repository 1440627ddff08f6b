import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { failureCodes } from '../../../../shared/model/reading.ts';
import type { FailureCode } from '../../../../shared/model/reading.ts';
import { transaction } from './schema.ts';

const mostRows = 300_000;
const outcomes = JSON.stringify(['ok', ...failureCodes]);

/** One load of a resource from a backend. */
export interface LoggedRequest {
  /** Start, UTC ms. */
  readonly at: number;
  readonly resource: string;
  /** How long it took. */
  readonly ms: number;
  readonly outcome: 'ok' | FailureCode;
  /** HTTP requests it needed. */
  readonly calls: number;
}

/** The newest requests of a range, both ends included; UTC ms. */
export interface RequestRange {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** The log of requests of all profiles. Methods throw what SQLite says. */
export class RequestLog {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #removeOlder: StatementSync;
  readonly #removeMore: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(
      'INSERT INTO request (profile, at, resource, ms, outcome, calls) VALUES (?, ?, ?, ?, ?, ?)',
    );
    // What a later release may have written of its own is not answered.
    this.#select = database.prepare(
      `SELECT at, resource, ms, outcome, calls FROM request
       WHERE profile = ? AND at BETWEEN ? AND ? AND outcome IN (SELECT value FROM json_each(?))
       ORDER BY at DESC, id DESC LIMIT ?`,
    );
    // By the index, which begins with the profile.
    this.#removeOlder = database.prepare(
      'DELETE FROM request WHERE profile IN (SELECT id FROM profile) AND at < ?',
    );
    this.#removeMore = database.prepare('DELETE FROM request WHERE id <= (SELECT max(id) FROM request) - ?');
    this.#forget = database.prepare('DELETE FROM request WHERE profile = ?');
  }

  add(profile: number, rows: readonly LoggedRequest[]): void {
    transaction(this.#database, () => {
      for (const { at, resource, ms, outcome, calls } of rows) {
        this.#insert.run(profile, Math.floor(at), resource, ms, outcome, calls);
      }
    });
  }

  /** @param profile null: one without requests */
  list(profile: number | null, { from, to, limit }: RequestRange): LoggedRequest[] {
    return this.#select.all(profile, from, to, outcomes, limit).map((row) => ({
      at: Number(row['at']),
      resource: String(row['resource']),
      ms: Number(row['ms']),
      outcome: String(row['outcome']) as LoggedRequest['outcome'],
      calls: Number(row['calls']),
    }));
  }

  /** Deletes all of a profile. */
  forget(profile: number): void {
    this.#forget.run(profile);
  }

  /**
   * Deletes what is old, and what is too much in all profiles together.
   * @param now UTC ms
   */
  prune(now: number, hours: number): void {
    this.#removeOlder.run(now - hours * 3_600_000);
    this.#removeMore.run(mostRows);
  }
}
