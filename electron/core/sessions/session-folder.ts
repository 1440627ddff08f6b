import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { diskFault } from '../storage/disk-fault.ts';
import type { Problems } from '../storage/problems.ts';

/** Hex digits of the portal's address in a folder's name. */
const digits = 16;

/**
 * Where the sessions of one profile's portal are kept. Another address is another portal, whose ids mean other things.
 * @param data the app's data folder
 * @param portal its address, or a word for one that has another at each start
 */
export function sessionFolder(data: string, profileId: string, portal: string): string {
  const of = createHash('sha256').update(portal).digest('hex').slice(0, digits);
  return join(data, 'sessions', `${profileId}-${of}`);
}

/** Removes what is kept of a profile's sessions, but for one of its folders. What stays is told. */
export function forgetSessions(
  data: string,
  profileId: string,
  problems: Problems,
  but: string | null = null,
): void {
  const parent = join(data, 'sessions');
  for (const name of foldersIn(parent)) {
    const folder = join(parent, name);
    if (name.slice(0, -digits) !== `${profileId}-` || folder === but) continue;
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      problems.report({
        id: 'sessions:forgetting',
        area: 'sessions',
        title: 'Sessions that were to be forgotten are still on disk',
        text: `A folder cannot be removed: ${diskFault(error)}. It is ${folder.slice(-400)}.`,
      });
    }
  }
}

function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent);
  } catch {
    return []; // there never were any
  }
}
