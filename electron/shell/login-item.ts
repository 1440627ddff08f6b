import type { App } from 'electron';
import type { SettingsState } from '../../shared/contract/settings.ts';
import type { Feed } from '../core/feed.ts';
import { autostartPath, healAutostart, setAutostart } from './autostart-file.ts';

/** Tells a start at login from one by hand: the window stays hidden where a tray brings it back. */
export const hiddenFlag = '--hidden';

export interface LoginItemNeeds {
  readonly app: Pick<App, 'isPackaged' | 'getAppPath' | 'setLoginItemSettings' | 'getLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  readonly executable: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Whether the system can start this build at login: macOS starts bundles alone, and an unpacked app is none. */
export function canStartAtLogin({ app, platform }: Pick<LoginItemNeeds, 'app' | 'platform'>): boolean {
  return ['linux', 'win32'].includes(platform) || (platform === 'darwin' && app.isPackaged);
}

/** What starts this app: program, then arguments. */
export function startCommand({
  app,
  executable,
  environment,
}: LoginItemNeeds): readonly [string, ...string[]] {
  if (!app.isPackaged) return [executable, app.getAppPath(), hiddenFlag];
  const { APPIMAGE: image, APPDIR: mounted } = environment;
  // An AppImage runs from a folder that is mounted anew each time. The variables may be another AppImage's, such as a
  // terminal's: they are ours when we run from that folder.
  const own = image !== undefined && mounted !== undefined && executable.startsWith(`${mounted}/`);
  return [own ? image : executable, hiddenFlag];
}

/** Switches the start at login on or off. @throws Error with a plain reason when the system did not take it */
export async function setLoginItem(needs: LoginItemNeeds, on: boolean): Promise<void> {
  const { app, platform } = needs;
  if (!canStartAtLogin(needs)) throw new Error('this build cannot be started at login');
  const command = startCommand(needs);
  if (platform === 'linux') {
    return setAutostart(autostartPath(needs.environment, needs.home), on ? command : null);
  }
  const [path, ...args] = command;
  const item = platform === 'win32' ? { path, args: args.map(quoted) } : {};
  app.setLoginItemSettings({ openAtLogin: on, ...item });
  const { openAtLogin, status } = app.getLoginItemSettings(item);
  if (openAtLogin === on) return;
  throw new Error(
    status === 'requires-approval'
      ? 'it waits for your approval in System Settings, General, Login Items'
      : 'the system did not take the change',
  );
}

/** A path with spaces is one argument only in quotes. */
function quoted(argument: string): string {
  return argument === hiddenFlag ? argument : `"${argument}"`;
}

export interface LoginFollower {
  /** Settles when every change so far was made or reported. */
  readonly done: Promise<void>;
  stop(): void;
}

/**
 * Keeps the system's login item as the setting says: at each change, and once at the start the path in the Linux entry.
 * What the person removed with the system's own tools stays removed until they change the setting here.
 */
export function followLoginSetting(
  settings: Pick<Feed<SettingsState>, 'subscribe'>,
  needs: LoginItemNeeds,
  report: (sentence: string) => void,
): LoginFollower {
  let known: boolean | null = null;
  let queue = Promise.resolve();

  function plan(task: () => Promise<void>): void {
    queue = queue.then(task).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'no reason given';
      report(`Starting at login could not be changed: ${reason}.`);
    });
  }

  const stop = settings.subscribe(({ value: { values } }) => {
    const on = values.startAtLogin;
    const first = known === null;
    if (on === known) return;
    known = on;
    if (!first) plan(() => setLoginItem(needs, on));
    else if (on && needs.platform === 'linux') {
      plan(() => healAutostart(autostartPath(needs.environment, needs.home), startCommand(needs)));
    }
  });
  return {
    get done() {
      return queue;
    },
    stop,
  };
}

/** Whether this start keeps its window hidden. */
export function startsHidden(
  needs: { readonly app: Pick<App, 'getLoginItemSettings'>; readonly platform: NodeJS.Platform },
  argv: readonly string[],
  trayPresent: boolean,
): boolean {
  if (!trayPresent) return false;
  if (needs.platform === 'darwin') return needs.app.getLoginItemSettings().wasOpenedAtLogin;
  return argv.includes(hiddenFlag);
}
