import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Whether signals can be caught, files have modes, a script is a program, and an open file can be renamed and removed:
 * not on Windows.
 */
export const posix = process.platform !== 'win32';

/** Whether this account may make symbolic links: on Windows that takes a right of its own, or the developer mode. */
export const symlinks = posix || canLink();

function canLink(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-link-'));
  try {
    symlinkSync(join(folder, 'target'), join(folder, 'link'), 'file');
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
