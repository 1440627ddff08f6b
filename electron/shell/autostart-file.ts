import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { productName } from './identity.ts';

/**
 * Where desktops look for what to start at login (XDG Autostart and Base Directory specifications).
 * A relative `XDG_CONFIG_HOME` counts as not set, as the latter demands.
 */
export function autostartPath(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const configured = environment['XDG_CONFIG_HOME'];
  const folder =
    configured !== undefined && posix.isAbsolute(configured) ? configured : posix.join(home, '.config');
  return posix.join(folder, 'autostart', 'cachedeck.desktop');
}

/**
 * One argument of an `Exec` key: always quoted, then escaped once more as a value of type string, and `%` doubled
 * because it begins a field code (Desktop Entry Specification, "The Exec key").
 */
export function quoteExec(argument: string): string {
  const quoted = `"${argument.replace(/["`$\\]/g, '\\$&')}"`;
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };
  return quoted.replaceAll('%', '%%').replace(/[\\\n\t\r]/g, (mark) => escapes[mark] ?? mark);
}

/** The desktop entry that starts `command` (program, then arguments) at login. */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${productName}`,
    'Comment=Watches engines, orchestrator and VPN',
    `Exec=${command.map(quoteExec).join(' ')}`,
    'Terminal=false',
    '',
  ].join('\n');
}

/** Writes or removes the entry. @throws what the file system says */
export async function setAutostart(path: string, command: readonly string[] | null): Promise<void> {
  if (command === null) return rm(path, { force: true });
  await mkdir(posix.dirname(path), { recursive: true });
  await writeFile(path, autostartEntry(command));
}

/** Writes the entry anew where it is there with another content: a moved AppImage leaves a stale path. */
export async function healAutostart(path: string, command: readonly string[]): Promise<void> {
  const present = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (present !== null && present !== autostartEntry(command)) await setAutostart(path, command);
}
