import { EventEmitter } from 'node:events';
import type { App } from 'electron';
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

class AppStub extends EventEmitter {
  readonly isPackaged = false;
  lockFree = true;
  exitCode: number | null = null;

  requestSingleInstanceLock(): boolean {
    record('app.requestSingleInstanceLock');
    return this.lockFree;
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
    for (const window of BrowserWindow.getAllWindows()) window.close();
    const event = preventable({});
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }

  exit(code = 0): void {
    record('app.exit');
    this.exitCode ??= code;
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
>;
