import { statSync } from 'node:fs';
import { expect } from 'vitest';
import { posix } from './posix.ts';

/**
 * Expects that a file (0600) or folder (0700) is for this account alone. Nothing is asked on Windows: there a folder's
 * access list decides, which is inherited from the account's own folder, and `stat` makes modes up.
 */
export function expectOwn(path: string, mode: 0o600 | 0o700): void {
  if (posix) expect([path, statSync(path).mode & 0o777]).toEqual([path, mode]);
}
