import type { DatabaseSync } from 'node:sqlite';
import { scopeCounts } from '../../../../shared/model/history.ts';
import { scopeColumn, scopeTiers } from './scope-tiers.ts';
import { sampleColumns, tiers } from './tiers.ts';

const sampleKey = 'profile INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (profile, at)';

/** What is asked of each resource and for each user; and how long what an event tells of has lasted, in ms. */
const scopesAndSpans = `
  ${scopeTiers
    .map(
      ({ table }) => `CREATE TABLE ${table} (
    profile INTEGER NOT NULL,
    at INTEGER NOT NULL,
    scope TEXT NOT NULL,
    ${scopeCounts.map((name) => `${scopeColumn(name)} INTEGER NOT NULL`).join(', ')},
    hit_times TEXT NOT NULL,
    load_times TEXT NOT NULL,
    PRIMARY KEY (profile, at, scope)
  ) WITHOUT ROWID;`,
    )
    .join('\n  ')}
  ALTER TABLE event ADD COLUMN span INTEGER;
  CREATE INDEX event_span ON event (at) WHERE span IS NOT NULL;
  `;

/**
 * `migrations[n]` makes format n + 1 of format n; format 0 is an empty database. A released one is never changed. The
 * columns of the series are no part of it, see `addMissingColumns`.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE profile (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
  ${tiers.map(({ table }) => `CREATE TABLE ${table} (${sampleKey}) WITHOUT ROWID;`).join('\n  ')}
  CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    profile INTEGER NOT NULL,
    at INTEGER NOT NULL,
    resource TEXT NOT NULL,
    ms REAL NOT NULL,
    outcome TEXT NOT NULL,
    calls INTEGER NOT NULL
  );
  CREATE INDEX request_profile_at ON request (profile, at);
  CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    profile TEXT NOT NULL,
    subject TEXT,
    title TEXT NOT NULL,
    detail TEXT
  );
  CREATE INDEX event_at ON event (at);
  `,
  `
  CREATE TABLE alert_record (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile INTEGER NOT NULL,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    keys TEXT NOT NULL,
    title TEXT NOT NULL,
    detail TEXT,
    delivery TEXT
  );
  CREATE INDEX alert_record_at ON alert_record (at);
  CREATE INDEX alert_record_profile ON alert_record (profile);
  CREATE TABLE alert_state (profile INTEGER PRIMARY KEY, state TEXT NOT NULL);
  `,
  scopesAndSpans,
];

/** The file was written by a later release, which knows what it means. */
export class NewerFormatError extends Error {
  override readonly name = 'NewerFormatError';
}

/** The file is a database, but not one of ours. */
export class ForeignDatabaseError extends Error {
  override readonly name = 'ForeignDatabaseError';
}

/**
 * Brings a database to today's format, all of it or nothing.
 * @throws NewerFormatError, ForeignDatabaseError, and what SQLite says; nothing was changed then.
 */
export function migrate(database: DatabaseSync): void {
  const format = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (format > migrations.length) throw new NewerFormatError(`format ${format}`);
  if (format === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
    throw new ForeignDatabaseError('format 0 with tables');
  }
  // Has to come before the first table, and the mode of the journal before the first transaction.
  database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  // Without it the log keeps the size of the largest transaction there ever was.
  database.exec('PRAGMA journal_size_limit = 4194304;');
  transaction(database, () => {
    for (const step of migrations.slice(format)) database.exec(step);
    addMissingColumns(database);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** A series that a release adds needs no migration: the older rows know nothing of it. */
function addMissingColumns(database: DatabaseSync): void {
  for (const { table } of tiers) {
    const known = new Set(
      database
        .prepare('SELECT name FROM pragma_table_info(?)')
        .all(table)
        .map(({ name }) => name),
    );
    for (const { name, type } of sampleColumns) {
      if (!known.has(name)) database.exec(`ALTER TABLE ${table} ADD COLUMN "${name}" ${type}`);
    }
  }
}

/** Runs `work` in a transaction; undone if it throws. @throws what `work` throws. */
export function transaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // Some faults, a full disk among them, have ended it already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
