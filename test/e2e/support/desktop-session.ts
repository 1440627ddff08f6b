import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { runnable } from '../../../build/find-browser.ts';

const run = promisify(execFile);

/** What a desktop that shows notifications consists of, and the Debian packages it is in. */
const programs = ['Xvfb', 'dbus-daemon', 'openbox', 'dunst', 'dunstctl'] as const;
const packages = 'xvfb dbus openbox dunst';

const startLimit = 10_000;

/** No time limit: what is shown waits until the test has read it. */
const dunstSettings = `[global]
  monitor = 0
  width = (200, 400)
  history_length = 20
[urgency_low]
  timeout = 0
[urgency_normal]
  timeout = 0
[urgency_critical]
  timeout = 0
`;

/** Why there can be no such desktop here; null: there can. */
export function whyNoDesktop(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missing = programs.filter((name) => !folders.some((folder) => runnable(join(folder, name))));
  if (missing.length === 0) return null;
  return `no ${missing.join(', ')} (on Debian: apt-get install --no-install-recommends ${packages})`;
}

/** A notification that was on the screen. */
export interface ScreenNotification {
  readonly title: string;
  readonly body: string;
}

/** A screen in memory with a window manager and a notification daemon of its own. */
export interface DesktopSession {
  /** What programs need to be started on it. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many notifications are on the screen now. */
  readonly displayed: () => Promise<number>;
  /** Clicks the first action of the newest: what a click on it does. */
  readonly click: () => Promise<void>;
  /** Those that were on the screen and are gone, newest first. */
  readonly gone: () => Promise<readonly ScreenNotification[]>;
  readonly stop: () => Promise<void>;
}

/** Starts the desktop. Fails where a part of it does not come up within 10 s. */
export async function startDesktop(): Promise<DesktopSession> {
  const folder = await mkdtemp(join(tmpdir(), 'cachedeck-desktop-'));
  const children: ChildProcess[] = [];
  const home = join(folder, 'run');
  await mkdir(home, { mode: 0o700 });
  await writeFile(join(folder, 'dunstrc'), dunstSettings);
  const start = (command: string, args: readonly string[], environment: Record<string, string>) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
      env: { ...process.env, ...environment },
    });
    children.push(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(children.toReversed().map(ended));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const own = { XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    const screen = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-displayfd', '3'];
    const display = `:${await firstLine(start('Xvfb', screen, own).stdio[3])}`;
    const daemon = start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], own);
    const address = await firstLine(daemon.stdout);
    const environment = { ...own, DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address };
    start('openbox', [], environment);
    start('dunst', ['-config', join(folder, 'dunstrc')], environment);
    const ask = async (...args: string[]): Promise<string> =>
      (await run('dunstctl', args, { env: { ...process.env, ...environment } })).stdout;
    await untilAnswering(() => ask('count', 'displayed'));
    return {
      environment,
      displayed: async () => Number(await ask('count', 'displayed')),
      click: async () => void (await ask('action', '0')),
      gone: async () => toNotifications(JSON.parse(await ask('history'))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** dunst's history: `{data: [[{summary: {data}, body: {data}, …}]]}`. */
function toNotifications(history: {
  readonly data: readonly (readonly Readonly<Record<'summary' | 'body', { readonly data: string }>>[])[];
}): ScreenNotification[] {
  return (history.data[0] ?? []).map(({ summary, body }) => ({ title: summary.data, body: body.data }));
}

async function firstLine(stream: unknown): Promise<string> {
  const lines = createInterface({ input: stream as Readable });
  const tooLate = AbortSignal.timeout(startLimit);
  return new Promise((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('close', () => reject(new Error('A part of the desktop ended as it started')));
    tooLate.addEventListener('abort', () => reject(new Error('A part of the desktop did not start')));
  });
}

async function untilAnswering(ask: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + startLimit;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await exit;
}
