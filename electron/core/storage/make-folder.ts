import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder for this account alone, and those above it that are missing. Not by `recursive`: where a folder can
 * hold none, as `/proc`, Node's own tries for ever.
 * @throws what the file system says
 */
export function makeFolder(path: string): void {
  if (made(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  mkdirSync(path, { mode: 0o700 });
}

/** Whether it is there now; false: a folder above it is missing. */
function made(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return false;
    // Not by code: that of the root of a disk is EEXIST on Linux, EISDIR on macOS and EPERM on Windows.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return true;
    throw error;
  }
}
