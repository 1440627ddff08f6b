import { chmodSync, closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { makeFolder } from '../../storage/make-folder.ts';
import type { Problems } from '../../storage/problems.ts';
import { setAside } from '../../storage/set-aside.ts';
import { AlertTable } from './alert-table.ts';
import { databaseFault, unusableContent } from './database-fault.ts';
import type { UnusableContent } from './database-fault.ts';
import { EventTable } from './event-table.ts';
import { ProfileTable } from './profile-table.ts';
import { RequestLog } from './request-log.ts';
import { Samples } from './samples.ts';
import { migrate } from './schema.ts';
import { ScopeTable } from './scope-table.ts';

const fileName = 'history.sqlite';

export interface HistoryStoreOptions {
  /** Where `history.sqlite` lives; made with mode 0700. null: in memory only, which is no problem to anyone. */
  readonly folder: string | null;
  readonly clock: Clock;
  readonly problems: Problems;
  readonly log: Log;
  /** Another process holds the folder: nothing there is touched, and whoever asked for this has told it. */
  readonly readOnly?: boolean;
}

/** An open database with its statements prepared. */
export interface OpenHistory {
  readonly database: DatabaseSync;
  /** Whether it is a file. */
  readonly persistent: boolean;
  /** Whether the file is where it was opened; on some systems an open one can be deleted, and takes what is written. */
  isThere(): boolean;
  readonly profiles: ProfileTable;
  readonly samples: Samples;
  readonly scopes: ScopeTable;
  readonly requests: RequestLog;
  readonly events: EventTable;
  readonly alerts: AlertTable;
}

/** Opens the file, whatever it looks like, or does without one; what went wrong is told. */
export function openHistory(options: HistoryStoreOptions): OpenHistory {
  const { folder, readOnly } = options;
  if (folder === null || readOnly === true) return inMemory();
  return orInMemory(folder, options, () => {
    makeFolder(folder);
    try {
      return openFile(folder);
    } catch (error) {
      const unusable = unusableContent(error, true);
      if (unusable === null) throw error;
      return startAnew(folder, unusable, options);
    }
  });
}

/** Sets a file aside that turned out to be damaged, closed by now, and opens a new one in its place. */
export function replaceHistory(unusable: UnusableContent, options: HistoryStoreOptions): OpenHistory {
  const { folder } = options;
  if (folder === null) return inMemory();
  return orInMemory(folder, options, () => startAnew(folder, unusable, options));
}

/** Opens a new file in place of one that was deleted, closed by now. */
export function restoreHistory(options: HistoryStoreOptions): OpenHistory {
  const { folder, problems } = options;
  if (folder !== null) {
    problems.report({
      id: 'history:content',
      area: 'history',
      title: 'The history was deleted',
      text: limited(
        `${fileName} was deleted while Cachedeck ran, so a new one was started. The folder is ${folder}.`,
      ),
    });
  }
  return openHistory(options);
}

/** Leaves the damaged file where it is, for the next start to set aside. */
export function doWithoutFile({ reason }: UnusableContent, options: HistoryStoreOptions): OpenHistory {
  if (options.folder !== null) tellNotKept(options.problems, options.folder, `${fileName} ${reason}`);
  return inMemory();
}

function orInMemory(folder: string, options: HistoryStoreOptions, open: () => OpenHistory): OpenHistory {
  try {
    return open();
  } catch (error) {
    tellNotKept(
      options.problems,
      folder,
      error instanceof ReadOnlyFileError ? error.message : databaseFault(error),
    );
    return inMemory();
  }
}

function startAnew(folder: string, unusable: UnusableContent, options: HistoryStoreOptions): OpenHistory {
  const name = setAside('move', folder, fileName, unusable.mark, options.clock.wall());
  // What the file's last transactions left beside it belongs to it, and must not be taken for the new one's.
  for (const suffix of ['-wal', '-shm']) {
    const path = join(folder, fileName + suffix);
    if (existsSync(path)) renameSync(path, join(folder, name + suffix));
  }
  options.problems.report({
    id: 'history:content',
    area: 'history',
    title: 'The history could not be used as it was',
    text: limited(
      `${fileName} ${unusable.reason}, so a new one was started. ` +
        `The file as it was is kept as ${name} in ${folder}.`,
    ),
  });
  return openFile(folder);
}

/** @throws ReadOnlyFileError, and what the file system and SQLite say; nothing is left open then. */
function openFile(folder: string): OpenHistory {
  const path = join(folder, fileName);
  if (existsSync(path)) {
    const { mode } = statSync(path);
    // The mode counts even where it would not stop this account: whoever took the write bits away meant it.
    if ((mode & 0o222) === 0) throw new ReadOnlyFileError(`${fileName} is read-only`);
    if ((mode & 0o077) !== 0) chmodSync(path, 0o600);
  } else {
    closeSync(openSync(path, 'a', 0o600));
  }
  return prepare(new DatabaseSync(path), path);
}

function inMemory(): OpenHistory {
  return prepare(new DatabaseSync(':memory:'), null);
}

/** @param path null: in memory */
function prepare(database: DatabaseSync, path: string | null): OpenHistory {
  try {
    migrate(database);
    return {
      database,
      persistent: path !== null,
      isThere: () => path === null || existsSync(path),
      profiles: new ProfileTable(database),
      samples: new Samples(database),
      scopes: new ScopeTable(database),
      requests: new RequestLog(database),
      events: new EventTable(database),
      alerts: new AlertTable(database),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function tellNotKept(problems: Problems, folder: string, why: string): void {
  problems.report({
    id: 'history:keeping',
    area: 'history',
    title: 'The history is not kept',
    text: limited(
      `Samples, events, alerts and requests are held in memory until Cachedeck ends: ${why}. The folder is ${folder}.`,
    ),
  });
}

/** What the contract lets a problem's text be; folders can be long. */
function limited(text: string): string {
  return text.length <= 1000 ? text : `${text.slice(0, 999)}…`;
}

/** Its message is the second half of a sentence. */
class ReadOnlyFileError extends Error {
  override readonly name = 'ReadOnlyFileError';
}
