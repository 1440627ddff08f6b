import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from './make-folder.ts';

/**
 * `held`: this process may write in the folder until it releases or dies. `taken`: another process may. `failed`: the
 * folder cannot be locked at all, so nobody knows.
 */
export type FolderLock =
  | { readonly outcome: 'held'; readonly release: () => void }
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'failed' };

/** Result codes of SQLite, https://sqlite.org/rescode.html. */
const busy = 5;
const notADatabase = 26;

/** What is garbage collected is closed, and what is closed is no longer locked. */
const open = new Set<DatabaseSync>();

/**
 * Lets one process at a time use a data folder, which is made if need be. The lock is the operating system's, on an
 * empty SQLite file, and dies with the process; nothing has to be cleaned up after a crash. Never waits.
 */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, 'lock.db');
  try {
    makeFolder(folder);
    return lockFile(path);
  } catch (error) {
    if (resultCode(error) !== notADatabase) return { outcome: 'failed' };
  }
  // Nobody holds it, or SQLite had not got as far as its content. Emptied in place: a new file would be another lock.
  try {
    writeFileSync(path, '');
    return lockFile(path);
  } catch {
    return { outcome: 'failed' };
  }
}

function lockFile(path: string): FolderLock {
  const database = new DatabaseSync(path);
  try {
    // Nothing is ever written; a journal on disk would only be litter after a crash.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (resultCode(error) === busy) return { outcome: 'taken' };
    throw error;
  }
  open.add(database);
  return {
    outcome: 'held',
    release() {
      if (open.delete(database)) database.close();
    },
  };
}

function resultCode(error: unknown): unknown {
  return error instanceof Error && 'errcode' in error ? error.errcode : null;
}
