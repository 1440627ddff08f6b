import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the sessions of one profile's portal are kept. Another address is another portal, whose ids mean other things.
 * @param data the app's data folder
 * @param portal its address, or a word for one that has another at each start
 */
export function sessionFolder(data: string, profileId: string, portal: string): string {
  const of = createHash('sha256').update(portal).digest('hex').slice(0, 16);
  return join(data, 'sessions', `${profileId}-${of}`);
}

/** Removes what is kept of a profile's sessions, but for one of its folders. */
export function forgetSessions(data: string, profileId: string, but: string | null = null): void {
  const parent = join(data, 'sessions');
  for (const name of foldersIn(parent)) {
    const folder = join(parent, name);
    if (name.startsWith(`${profileId}-`) && folder !== but) rmSync(folder, { recursive: true, force: true });
  }
}

function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent);
  } catch {
    return []; // there never were any
  }
}
