import { posix, win32 } from 'node:path';

/**
 * Where the browser host keeps its data: `CACHEDECK_DATA`, else the platform's place for an app's own files. Never the
 * desktop app's folder: the two may run at the same time.
 * @param home the home folder of the account
 * @throws Error with a sentence for the person who set the variable.
 */
export function dataFolder(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = environment['CACHEDECK_DATA'];
  if (chosen) {
    if (path.isAbsolute(chosen)) return chosen;
    throw new Error('CACHEDECK_DATA must be an absolute path, from the root of the disk.');
  }
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Cachedeck Browser');
  if (platform === 'win32') {
    return path.join(environment['APPDATA'] || path.join(home, 'AppData', 'Roaming'), 'Cachedeck Browser');
  }
  // A relative one has to be ignored: XDG Base Directory Specification.
  const base = environment['XDG_CONFIG_HOME'];
  return path.join(base && path.isAbsolute(base) ? base : path.join(home, '.config'), 'cachedeck');
}
