import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { AppWindow } from '../../../electron/shell/app-window.ts';
import { errorPageOf } from '../../../electron/shell/identity.ts';
import { createWindows, mostWindows } from '../../../electron/shell/windows.ts';
import { BrowserWindow, screen } from '../../support/electron-stub/index.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const entry = 'app://cachedeck/';

function desk() {
  const made: BrowserWindow[] = [];
  const adopted: string[] = [];
  const questions: { readonly on: unknown; readonly message: string }[] = [];
  const clock = new FakeClock();
  const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true });
  const { log } = recordingLog();
  const windows = createWindows(
    {
      make: (options) => {
        const window = new BrowserWindow(options);
        made.push(window);
        return window as never;
      },
      preload: '/preload.cjs',
      icon: '/icon.png',
      devTools: false,
      nativeTheme: nativeTheme as never,
      screen: screen as never,
      entry,
      clock,
      log,
      askOn: (on, { message }) => {
        questions.push({ on, message });
        return new Promise(() => {});
      },
    },
    ({ name }: AppWindow) => adopted.push(name),
  );
  const at = (index: number): BrowserWindow => {
    const window = made[index];
    if (!window) throw new Error(`There is no window ${index}`);
    return window;
  };
  const open = (...args: Parameters<typeof windows.open>): BrowserWindow => {
    expect(windows.open(...args)).toBeNull();
    return at(made.length - 1);
  };
  return { windows, made, adopted, questions, clock, nativeTheme, open };
}

describe('the windows of the app', () => {
  it('are made alike: every one with the flags of the first and a page of its own', () => {
    const { open, adopted } = desk();
    const first = open();
    const second = open('#/alerts');
    expect(second.options.webPreferences).toEqual(first.options.webPreferences);
    expect(second.options).toMatchObject({ show: false, minWidth: 640, windowStatePersistence: true });
    expect([first, second].map(({ webContents }) => webContents.getURL())).toEqual([
      entry,
      `${entry}#/alerts`,
    ]);
    expect(adopted).toEqual(['main', 'main-2']);
  });

  it('have names of their own to be placed by: wallboards beside dashboards, freed ones again', () => {
    const { open, adopted } = desk();
    open();
    open('#/wallboard');
    const third = open('#/events');
    open('#/wallboard');
    third.close();
    open();
    expect(adopted).toEqual(['main', 'wallboard', 'main-2', 'wallboard-2', 'main-2']);
  });

  it('lie beside the one in use, so that none hides another', () => {
    const { open } = desk();
    open().setBounds({ x: 100, y: 50 });
    expect(open().options).toMatchObject({ x: 132, y: 82 });
  });

  it('are eight at most, which is said, and one more when one was closed', () => {
    const { windows, open, made } = desk();
    for (let n = 0; n < mostWindows; n += 1) open();
    expect(windows.open()).toMatch(/^8 windows are open/);
    expect(made).toHaveLength(8);
    made[0]?.close();
    open();
    expect(windows.count).toBe(8);
  });

  it('are known by their webContents as long as they are open', () => {
    const { windows, open } = desk();
    const first = open();
    const second = open();
    const known = () => [first, second].map(({ webContents }) => windows.has(webContents.id));
    expect(known()).toEqual([true, true]);
    first.close();
    expect(known()).toEqual([false, true]);
    expect(windows.has(-1)).toBe(false);
  });

  it('come back as the last used one, on the page that is asked for', () => {
    const { windows, open } = desk();
    const first = open();
    const second = open();
    for (const window of [first, second]) window.emit('ready-to-show');
    first.focus();
    first.minimized = true;
    windows.show('#/alerts');
    expect(first.minimized).toBe(false);
    expect([first, second].map(({ webContents }) => webContents.getURL())).toEqual([
      `${entry}#/alerts`,
      entry,
    ]);
    first.close();
    windows.show('#/events');
    expect(second.webContents.getURL()).toBe(`${entry}#/events`);
    second.close();
    windows.show('#/events');
    expect([windows.count, windows.lastUsed]).toEqual([0, null]);
  });

  it('stay hidden where the system started the app, and say when they are ready', () => {
    const { open } = desk();
    let ready = 0;
    const window = open(undefined, { hidden: true, onReady: () => (ready += 1) });
    window.emit('ready-to-show');
    expect([window.visible, ready]).toEqual([false, 1]);
  });

  it('recover each by itself, each with an error page about its own fault', async () => {
    const { windows, open, clock } = desk();
    const first = open();
    const second = open();
    for (let n = 0; n < 2; n += 1) {
      first.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
      await clock.advance(1);
    }
    await settle();
    expect([first, second].map(({ webContents }) => webContents.reloads)).toEqual([1, 0]);
    expect(first.webContents.getURL()).toBe(errorPageOf(first.webContents.id));
    expect(windows.faultOf(first.webContents.id)?.title).toBe('The page stopped working');
    expect(windows.faultOf(second.webContents.id)).toBeNull();
    first.close();
    expect(windows.faultOf(first.webContents.id)).toBeNull();
  });

  it('ask on themselves when their page hangs, and no more once they are closed', async () => {
    const { open, clock, questions } = desk();
    const first = open();
    const second = open();
    first.webContents.emit('unresponsive');
    second.webContents.emit('unresponsive');
    first.close();
    await clock.advance(40_000);
    expect(questions).toEqual([{ on: second, message: 'The page does not respond' }]);
  });

  it('follow the theme, and leave nothing behind when they close', () => {
    const { open, nativeTheme, clock } = desk();
    const first = open();
    const second = open();
    first.close();
    nativeTheme.shouldUseDarkColors = false;
    nativeTheme.emit('updated');
    expect(first.backgroundColor).not.toBe(second.backgroundColor);
    second.close();
    expect([nativeTheme.listenerCount('updated'), clock.pending]).toEqual([0, 0]);
  });
});
