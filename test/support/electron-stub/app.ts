import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, LoginItemSettings, Settings } from 'electron';
import { record } from './calls.ts';
import { BrowserWindow } from './browser-window.ts';

/** An event whose default can be prevented, as Electron hands out. */
export function preventable<T extends object>(
  fields: T,
): T & { defaultPrevented: boolean; preventDefault(): void } {
  return {
    ...fields,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

const ready = Promise.withResolvers<void>();
let folder: string | null = null;

/** A folder of this run's own in place of the person's folders; gone with the process. */
function ownFolder(): string {
  if (folder === null) {
    const made = mkdtempSync(join(tmpdir(), 'cachedeck-stub-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return folder;
}

class AppStub extends EventEmitter {
  isPackaged = false;
  lockFree = true;
  exitCode: number | null = null;
  loginItem: Settings = {};
  /** The stub's own: what the system makes of a login item. */
  loginStatus: Pick<LoginItemSettings, 'openAtLogin' | 'status' | 'wasOpenedAtLogin'> | null = null;

  getPath(name: Parameters<App['getPath']>[0]): string {
    return name === 'userData' ? ownFolder() : join(ownFolder(), name);
  }

  getVersion(): string {
    return '0.0.0';
  }

  getName(): string {
    return 'Cachedeck';
  }

  getAppPath(): string {
    return process.cwd();
  }

  setLoginItemSettings(settings: Settings): void {
    record(`app.setLoginItemSettings ${settings.openAtLogin}`);
    this.loginItem = settings;
  }

  getLoginItemSettings(): LoginItemSettings {
    return {
      openAtLogin: this.loginItem.openAtLogin ?? false,
      status: 'enabled',
      wasOpenedAtLogin: false,
      executableWillLaunchAtLogin: this.loginItem.openAtLogin ?? false,
      launchItems: [],
      ...this.loginStatus,
    };
  }

  requestSingleInstanceLock(): boolean {
    record('app.requestSingleInstanceLock');
    return this.lockFree;
  }

  releaseSingleInstanceLock(): void {
    record('app.releaseSingleInstanceLock');
  }

  enableSandbox(): void {
    record('app.enableSandbox');
  }

  setAppUserModelId(id: string): void {
    record(`app.setAppUserModelId ${id}`);
  }

  whenReady(): Promise<void> {
    return ready.promise;
  }

  /** The stub's own: Electron becomes ready. */
  becomeReady(): void {
    record('ready');
    ready.resolve();
  }

  /** Electron's order: before-quit, each window's close, will-quit, exit. */
  quit(): void {
    record('app.quit');
    this.emit('before-quit', preventable({}));
    BrowserWindow.onAllClosed = () => {}; // not told by Electron either while it quits
    for (const window of BrowserWindow.getAllWindows()) window.close();
    const event = preventable({});
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }

  exit(code = 0): void {
    record('app.exit');
    if (this.exitCode !== null) return;
    this.exitCode = code;
    this.emit('quit', preventable({}), code);
  }
}

export const app = new AppStub() satisfies Pick<
  App,
  | 'isPackaged'
  | 'requestSingleInstanceLock'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'getPath'
  | 'getAppPath'
  | 'getVersion'
  | 'getName'
  | 'releaseSingleInstanceLock'
  | 'setLoginItemSettings'
  | 'getLoginItemSettings'
>;

BrowserWindow.onAllClosed = () => void app.emit('window-all-closed');
