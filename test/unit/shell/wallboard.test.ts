import { describe, expect, it } from 'vitest';
import { createNavigator } from '../../../electron/shell/navigate.ts';
import { createWallboard, routeOf } from '../../../electron/shell/wallboard.ts';
import { BrowserWindow } from '../../support/electron-stub/index.ts';

const entry = 'app://cachedeck/';
const board = `${entry}#/wallboard`;

async function windowAt(fragment: string) {
  const window = new BrowserWindow({});
  const { webContents: contents } = window;
  await contents.loadURL(entry + fragment);
  const navigate = createNavigator(contents, entry, { failedToLoad: () => {} });
  const toggle = createWallboard(window as never, navigate);
  const press = async (): Promise<{ url: string; full: boolean }> => {
    toggle();
    await Promise.resolve();
    return { url: contents.getURL(), full: window.fullScreen };
  };
  return { window, contents, press };
}

describe('F11 on a window', () => {
  it('fills the screen with the wallboard, and pressed again brings the page from before back', async () => {
    const { press } = await windowAt('#/alerts/rules');
    expect(await press()).toEqual({ url: board, full: true });
    expect(await press()).toEqual({ url: `${entry}#/alerts`, full: false });
    expect(await press()).toEqual({ url: board, full: true });
  });

  it('ends the full screen when the page leaves the wallboard by itself', async () => {
    const { window, contents, press } = await windowAt('');
    await press();
    await contents.loadURL(`${entry}#/`);
    expect(window.fullScreen).toBe(false);
  });

  it('leaves a full screen alone that somebody else asked for', async () => {
    const { window, press } = await windowAt('#/events');
    window.setFullScreen(true);
    expect(await press()).toEqual({ url: board, full: true });
    expect(await press()).toEqual({ url: `${entry}#/events`, full: true });
  });

  it('lets a wallboard that was opened as a window fill its screen', async () => {
    const { press } = await windowAt('#/wallboard');
    expect(await press()).toEqual({ url: board, full: true });
    expect(await press()).toEqual({ url: `${entry}#/`, full: false });
  });
});

describe('the page of an address', () => {
  it.each([
    ['app://cachedeck/', '#/'],
    ['app://cachedeck/#/settings/profiles/new', '#/settings'],
    ['http://localhost:5173/#/wallboard', '#/wallboard'],
    ['app://cachedeck/#/constructor', '#/'],
    ['app://cachedeck/crashed?window=1', '#/'],
    ['', '#/'],
  ])('%s is %s', (url, route) => {
    expect(routeOf(url)).toBe(route);
  });
});
