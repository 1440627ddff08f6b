import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** The command that opens `url` in the person's browser; null where there is no display to open it on. */
export function openCommand(
  url: string,
  platform: NodeJS.Platform,
  environment: Environment,
): readonly [program: string, ...args: string[]] | null {
  // `&` means something to the Windows shell, so the address goes to the handler itself.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  const overSsh = Boolean(environment['SSH_CONNECTION'] || environment['SSH_TTY']);
  if (platform === 'darwin') return overSsh ? null : ['open', url];
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return null;
  return ['xdg-open', url];
}

/** Opens `url` (ours, loopback) in the default browser where there is a display. Never fails: the link is printed too. */
export function openBrowser(
  url: string,
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
): void {
  const command = openCommand(url, platform, environment);
  if (!command) return;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => child.unref()); // no such program: the person opens the printed link
  child.unref();
}
