import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../build/paths.ts';
import { errorPageOf, errorPageUrl, isOwnDocument } from '../../../electron/shell/identity.ts';
import { requestAllowed } from '../../../electron/shell/web-requests.ts';
import {
  backgrounds,
  devToolsAllowed,
  restoreWindow,
  showWhenPainted,
  windowOptions,
} from '../../../electron/shell/window.ts';
import { BrowserWindow } from '../../support/electron-stub/index.ts';

const needs = {
  name: 'main',
  preload: '/out/preload/index.cjs',
  icon: '/icon.png',
  dark: false,
  devTools: false,
};

describe('the window', () => {
  it('has the colour of the page to come, and developer tools only where asked for', () => {
    expect(windowOptions(needs).backgroundColor).toBe(backgrounds.light);
    expect(windowOptions({ ...needs, dark: true }).backgroundColor).toBe(backgrounds.dark);
    const tokens = readFileSync(inProject('renderer/styles/tokens.css'), 'utf8');
    const [, light, dark] = /--page: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/.exec(tokens) ?? [];
    expect({ light, dark }).toEqual(backgrounds);
    expect(windowOptions(needs).webPreferences?.devTools).toBe(false);
    expect(windowOptions({ ...needs, devTools: true }).webPreferences?.devTools).toBe(true);
  });

  it('has no developer tools in a packaged app unless it is started with the flag', () => {
    expect(devToolsAllowed(true, ['/opt/Cachedeck/cachedeck'])).toBe(false);
    expect(devToolsAllowed(true, ['/opt/Cachedeck/cachedeck', '--devtools'])).toBe(true);
    expect(devToolsAllowed(false, [])).toBe(true);
  });

  it('is shown at its first paint, or stays in the tray when the system started it at login', () => {
    const opened = [false, true].map((hidden) => {
      const window = new BrowserWindow({});
      let ready = 0;
      showWhenPainted(window as never, hidden, () => (ready += 1));
      expect(window.visible).toBe(false);
      window.emit('ready-to-show');
      window.emit('ready-to-show');
      return { visible: window.visible, ready };
    });
    expect(opened).toEqual([
      { visible: true, ready: 1 },
      { visible: false, ready: 1 },
    ]);
  });

  it('comes to the front from the task bar and from the tray', () => {
    const window = new BrowserWindow({});
    window.minimized = true;
    restoreWindow(window);
    expect([window.minimized, window.visible]).toEqual([false, true]);
  });

  it('shows its own page, whatever the fragment, and the error page, and no other', () => {
    const entry = 'app://cachedeck/';
    expect(isOwnDocument('app://cachedeck/#events', entry)).toBe(true);
    expect(isOwnDocument(errorPageUrl, entry)).toBe(true);
    expect(isOwnDocument(errorPageOf(3), entry)).toBe(true);
    expect(isOwnDocument('http://localhost:5173/#/', 'http://localhost:5173/')).toBe(true);
    const others = [
      'app://cachedeck/index.js',
      'app://cachedeck/crashed/x',
      'app://cachedeck/crashed.css',
      'app://cachedeck.example/',
      'app://other/crashed',
      'not an address',
    ];
    expect(others.filter((url) => isOwnDocument(url, entry))).toEqual([]);
  });
});

describe('a request of the page', () => {
  it('goes to the dev server while there is one, and to that one only', () => {
    const dev = 'http://localhost:5173/';
    expect(requestAllowed('http://localhost:5173/main.tsx', dev)).toBe(true);
    expect(requestAllowed('ws://localhost:5173/', dev)).toBe(true);
    expect(requestAllowed('http://localhost:8000/', dev)).toBe(false);
    expect(requestAllowed('http://localhost:5173/main.tsx', null)).toBe(false);
    expect(requestAllowed('data:image/png;base64,AA==', null)).toBe(true);
    expect(requestAllowed('', dev)).toBe(false);
  });
});
