import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LoginItemSettings, Settings as LoginItem } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Feed } from '../../../electron/core/feed.ts';
import { defaultSettings } from '../../../electron/core/settings/values.ts';
import { autostartEntry, autostartPath, quoteExec } from '../../../electron/shell/autostart-file.ts';
import {
  canStartAtLogin,
  followLoginSetting,
  setLoginItem,
  startCommand,
  startsHidden,
} from '../../../electron/shell/login-item.ts';
import type { LoginItemNeeds } from '../../../electron/shell/login-item.ts';
import type { SettingsState } from '../../../shared/contract/settings.ts';

let home = '';
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'cachedeck-login-'))));
afterEach(() => rmSync(home, { recursive: true }));

/** Electron's app as far as login items go. */
class App {
  isPackaged = true;
  readonly items: LoginItem[] = [];
  refuses = false;
  status: LoginItemSettings['status'] = 'enabled';
  wasOpenedAtLogin = false;
  getAppPath = () => '/opt/app';
  setLoginItemSettings(item: LoginItem): void {
    this.items.push(item);
  }
  getLoginItemSettings(): LoginItemSettings {
    return {
      openAtLogin: !this.refuses && (this.items.at(-1)?.openAtLogin ?? false),
      status: this.status,
      wasOpenedAtLogin: this.wasOpenedAtLogin,
      executableWillLaunchAtLogin: false,
      launchItems: [],
    };
  }
}

type OwnNeeds = LoginItemNeeds & { readonly app: App };
function needs(platform: NodeJS.Platform, over: Partial<Omit<LoginItemNeeds, 'app'>> = {}): OwnNeeds {
  const app = new App();
  return { app, platform, executable: '/opt/Cachedeck/cachedeck', environment: {}, home, ...over };
}

function settings(startAtLogin: boolean) {
  const state = (on: boolean): SettingsState => ({
    values: { ...defaultSettings, startAtLogin: on },
    overridden: [],
    warnings: [],
  });
  const feed = new Feed(state(startAtLogin));
  return { feed, change: (on: boolean) => feed.set(state(on)) };
}

const entryPath = (): string => join(home, '.config/autostart/cachedeck.desktop');
const entryText = (): string | null => {
  try {
    return readFileSync(entryPath(), 'utf8');
  } catch {
    return null;
  }
};

describe('a desktop entry', () => {
  // What each has to be in the file, worked out by hand from "The Exec key" of the Desktop Entry Specification.
  it.each([
    ['/opt/Cachedeck/cachedeck', '"/opt/Cachedeck/cachedeck"'],
    ['/home/o p/app', '"/home/o p/app"'],
    ['say "hi"', String.raw`"say \\"hi\\""`],
    ['$HOME', String.raw`"\\$HOME"`],
    ['`id`', '"\\\\`id\\\\`"'],
    ['back\\slash', String.raw`"back\\\\slash"`],
    ['100%', '"100%%"'],
    ['two\nlines', String.raw`"two\nlines"`],
  ])('quotes %j', (argument, quoted) => {
    expect(quoteExec(argument)).toBe(quoted);
  });

  it('is one key a line, and starts the command', () => {
    expect(autostartEntry(['/opt/My App/cachedeck', '--hidden']).split('\n')).toEqual([
      '[Desktop Entry]',
      'Type=Application',
      'Name=Cachedeck',
      'Comment=Watches engines, orchestrator and VPN',
      'Exec="/opt/My App/cachedeck" "--hidden"',
      'Terminal=false',
      '',
    ]);
  });

  it('stands where XDG_CONFIG_HOME says, if that is a whole path', () => {
    expect(autostartPath({}, '/home/op')).toBe('/home/op/.config/autostart/cachedeck.desktop');
    expect(autostartPath({ XDG_CONFIG_HOME: '/cfg' }, '/home/op')).toBe('/cfg/autostart/cachedeck.desktop');
    for (const useless of ['', 'relative/cfg']) {
      expect(autostartPath({ XDG_CONFIG_HOME: useless }, '/home/op')).toBe(autostartPath({}, '/home/op'));
    }
  });
});

describe('the command at login', () => {
  it('is the program itself, hidden', () => {
    expect(startCommand(needs('linux'))).toEqual(['/opt/Cachedeck/cachedeck', '--hidden']);
  });

  it('is the AppImage and not the folder it runs from', () => {
    const environment = { APPIMAGE: '/home/op/Cachedeck.AppImage', APPDIR: '/tmp/.mount_Cach' };
    const executable = '/tmp/.mount_Cach/cachedeck';
    expect(startCommand(needs('linux', { environment, executable }))[0]).toBe('/home/op/Cachedeck.AppImage');
  });

  it("is not another AppImage's that we were started from", () => {
    const environment = { APPIMAGE: '/home/op/Terminal.AppImage', APPDIR: '/tmp/.mount_Term' };
    expect(startCommand(needs('linux', { environment }))[0]).toBe('/opt/Cachedeck/cachedeck');
  });

  it('names the app to an Electron that is not packed with it', () => {
    const own = needs('linux');
    own.app.isPackaged = false;
    expect(startCommand(own)).toEqual(['/opt/Cachedeck/cachedeck', '/opt/app', '--hidden']);
  });
});

describe('starting at login on Linux', () => {
  it('writes the entry and takes it away', async () => {
    await setLoginItem(needs('linux'), true);
    expect(entryText()).toContain('Exec="/opt/Cachedeck/cachedeck" "--hidden"');
    await setLoginItem(needs('linux'), false);
    await setLoginItem(needs('linux'), false);
    expect(entryText()).toBeNull();
  });

  it('follows each change of the setting, in order', async () => {
    const { feed, change } = settings(false);
    const told: string[] = [];
    const follower = followLoginSetting(feed, needs('linux'), (sentence) => told.push(sentence));
    for (const on of [true, false, true, true]) change(on);
    await follower.done;
    expect(entryText()).not.toBeNull();
    change(false);
    await follower.done;
    expect(entryText()).toBeNull();
    follower.stop();
    change(true);
    await follower.done;
    expect(entryText()).toBeNull();
    expect(told).toEqual([]);
  });

  it('puts right a path that is no longer ours, and leaves alone what is right', async () => {
    mkdirSync(dirname(entryPath()), { recursive: true });
    writeFileSync(entryPath(), autostartEntry(['/old/Cachedeck.AppImage', '--hidden']));
    await followLoginSetting(settings(true).feed, needs('linux'), () => {}).done;
    expect(entryText()).toBe(autostartEntry(['/opt/Cachedeck/cachedeck', '--hidden']));
    const { mtimeMs } = statSync(entryPath());
    await followLoginSetting(settings(true).feed, needs('linux'), () => {}).done;
    expect(statSync(entryPath()).mtimeMs).toBe(mtimeMs);
  });

  it('does not put back at a start what the person removed', async () => {
    await followLoginSetting(settings(true).feed, needs('linux'), () => {}).done;
    expect(entryText()).toBeNull();
  });

  it('tells when the entry cannot be written, and goes on following', async () => {
    writeFileSync(join(home, '.config'), 'a file where a folder has to be');
    const { feed, change } = settings(false);
    const told: string[] = [];
    const follower = followLoginSetting(feed, needs('linux'), (sentence) => told.push(sentence));
    change(true);
    await follower.done;
    expect(told).toEqual([
      expect.stringMatching(/^Starting at login could not be changed: .*(ENOTDIR|EEXIST)/),
    ]);
    rmSync(join(home, '.config'));
    change(false);
    change(true);
    await follower.done;
    expect(entryText()).not.toBeNull();
    expect(told).toHaveLength(1);
  });
});

describe('starting at login on macOS and Windows', () => {
  it("is the system's own list", async () => {
    const mac = needs('darwin');
    await setLoginItem(mac, true);
    expect(mac.app.items).toEqual([{ openAtLogin: true }]);
    const windows = needs('win32', { executable: 'C:\\Program Files\\Cachedeck\\Cachedeck.exe' });
    await setLoginItem(windows, false);
    expect(windows.app.items).toEqual([
      { openAtLogin: false, path: 'C:\\Program Files\\Cachedeck\\Cachedeck.exe', args: ['--hidden'] },
    ]);
    const unpacked = needs('win32');
    unpacked.app.isPackaged = false;
    await setLoginItem(unpacked, true);
    expect(unpacked.app.items[0]?.args).toEqual(['"/opt/app"', '--hidden']);
  });

  it('is left as the person set it there until the setting changes', async () => {
    const own = needs('win32');
    const { feed, change } = settings(true);
    const follower = followLoginSetting(feed, own, () => {});
    await follower.done;
    expect(own.app.items).toEqual([]);
    change(false);
    await follower.done;
    expect(own.app.items).toHaveLength(1);
  });

  it('tells when the system refuses, and what macOS waits for', async () => {
    const told: string[] = [];
    for (const status of ['not-found', 'requires-approval'] as const) {
      const own = needs('darwin');
      Object.assign(own.app, { refuses: true, status });
      const { feed, change } = settings(false);
      const follower = followLoginSetting(feed, own, (sentence) => told.push(sentence));
      change(true);
      await follower.done;
    }
    expect(told).toEqual([
      'Starting at login could not be changed: the system did not take the change.',
      'Starting at login could not be changed: it waits for your approval in System Settings, General, Login Items.',
    ]);
  });

  it('cannot be had for an unpacked app on macOS', async () => {
    const own = needs('darwin');
    own.app.isPackaged = false;
    expect(canStartAtLogin(own)).toBe(false);
    await expect(setLoginItem(own, true)).rejects.toThrow('this build cannot be started at login');
    expect([needs('darwin'), needs('linux'), needs('win32')].map(canStartAtLogin)).toEqual([
      true,
      true,
      true,
    ]);
    expect(canStartAtLogin(needs('freebsd'))).toBe(false);
  });
});

describe('a start by the system', () => {
  it('stays hidden where a tray brings the window back, and nowhere else', () => {
    const argv = ['/opt/Cachedeck/cachedeck', '--hidden'];
    expect(startsHidden(needs('linux'), argv, true)).toBe(true);
    expect(startsHidden(needs('linux'), argv, false)).toBe(false);
    expect(startsHidden(needs('linux'), argv.slice(0, 1), true)).toBe(false);
    const mac = needs('darwin');
    expect(startsHidden(mac, argv, true)).toBe(false);
    mac.app.wasOpenedAtLogin = true;
    expect(startsHidden(mac, [], true)).toBe(true);
  });
});
