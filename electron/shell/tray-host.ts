import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const watcher = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';

/** The same question to the session bus in the words of the two tools that desktops bring. */
const questions: readonly (readonly [string, readonly string[]])[] = [
  [
    'dbus-send',
    [
      '--session',
      '--print-reply=literal',
      '--reply-timeout=1000',
      `--dest=${bus}`,
      '/',
      `${bus}.NameHasOwner`,
      `string:${watcher}`,
    ],
  ],
  [
    'gdbus',
    [
      'call',
      '--session',
      '--timeout=1',
      `--dest=${bus}`,
      '--object-path=/',
      `--method=${bus}.NameHasOwner`,
      watcher,
    ],
  ],
];

/**
 * Whether the desktop shows tray icons. macOS and Windows always do; on Linux Electron creates a tray either way, but
 * GNOME without an extension shows none, and a window closed to it would be lost.
 */
export async function hasTrayHost(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, args] of questions) {
    try {
      const { stdout } = await run(program, args, { timeout: 1000 });
      return stdout.includes('true');
    } catch {
      continue; // the tool is missing or there is no session bus
    }
  }
  return false;
}
