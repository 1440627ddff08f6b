import { readFile, stat } from 'node:fs/promises';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { judgeContent } from '../storage/judge-content.ts';
import type { SessionFiles } from './session-files.ts';
import type { SessionStore } from './session-store.ts';
import { partsOfKey, sessionNamespace } from './session-values.ts';
import { storedSessionRules } from './stored-session.ts';
import { userRef } from './user-id.ts';

export interface Isolation {
  readonly ok: boolean;
  /** Checked, in memory or on disk. */
  readonly users: number;
  readonly sentence: string;
}

/**
 * Looks through memory and files for anything of one user in another's place: each key and file name has to follow from
 * its user's address, and no object and no file may belong to two. Changes nothing, counts nothing.
 */
export async function checkIsolation(
  store: SessionStore,
  cache: TtlCache,
  files: SessionFiles | null,
): Promise<Isolation> {
  const refs = new Set<string>();
  const faults = new Set([...inMemory(store, cache, refs), ...(files ? await onDisk(files, refs) : [])]);
  const users = refs.size;
  if (faults.size > 0) {
    return { ok: false, users, sentence: `Not isolated: ${[...faults].join('; ')}.` };
  }
  const places = files ? 'in memory and on disk' : 'in memory';
  const who = users === 1 ? '1 user' : `${users} users`;
  return { ok: true, users, sentence: `${who} checked ${places}: nobody has anything of another.` };
}

function inMemory(store: SessionStore, cache: TtlCache, refs: Set<string>): string[] {
  const faults: string[] = [];
  const owners = new Map<object, string>();
  for (const key of cache.match(`${sessionNamespace}:*`)) {
    const parts = partsOfKey(key);
    const email = parts && store.emailOf(parts.ref);
    if (!parts || email === undefined || email === null || userRef(email) !== parts.ref) {
      faults.push('a value is kept under a key that is no user’s');
      continue;
    }
    refs.add(parts.ref);
    if (isShared(cache.peek(key).value, parts.ref, owners)) faults.push('two users share a value');
  }
  return faults;
}

/** Whether any object within `value` is another user's too. */
function isShared(value: unknown, ref: string, owners: Map<object, string>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const owner = owners.get(value);
  if (owner !== undefined) return owner !== ref;
  owners.set(value, ref);
  return Object.values(value).some((item) => isShared(item, ref, owners));
}

async function onDisk(files: SessionFiles, refs: Set<string>): Promise<string[]> {
  const faults: string[] = [];
  const owners = new Set<string>();
  for (const ref of files.refs()) {
    const path = files.pathOf(ref);
    let bytes: Uint8Array;
    try {
      // Numbers of files on Windows have 64 bits: as floating point numbers two would become one.
      const { dev, ino } = await stat(path, { bigint: true });
      if (owners.has(`${dev}:${ino}`)) faults.push('two users share a file');
      owners.add(`${dev}:${ino}`);
      bytes = await readFile(path);
    } catch {
      continue; // cleared meanwhile
    }
    refs.add(ref);
    if (judgeContent(bytes, storedSessionRules(ref)).kind !== 'good') {
      faults.push('a file does not hold what its user’s file has to');
    }
  }
  return faults;
}
