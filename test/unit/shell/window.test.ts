import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../build/paths.ts';
import { recoverFromCrash, logLostProcesses } from '../../../electron/shell/crash.ts';
import { isEntryDocument } from '../../../electron/shell/identity.ts';
import { requestAllowed } from '../../../electron/shell/web-requests.ts';
import { backgrounds, openWindow, restoreWindow, windowOptions } from '../../../electron/shell/window.ts';
import { BrowserWindow } from '../../support/electron-stub/index.ts';
import { WebContentsStub } from '../../support/electron-stub/browser-window.ts';
import { recordingLog } from '../../support/recording-log.ts';

const needs = { preload: '/out/preload/index.cjs', icon: '/icon.png', dark: false, development: false };

describe('the window', () => {
  it('has the colour of the page to come, and developer tools only while developing', () => {
    expect(windowOptions(needs).backgroundColor).toBe(backgrounds.light);
    expect(windowOptions({ ...needs, dark: true }).backgroundColor).toBe(backgrounds.dark);
    const tokens = readFileSync(inProject('renderer/styles/tokens.css'), 'utf8');
    const pages = [...tokens.matchAll(/--page: (#[0-9a-f]{6});/g)].map(([, colour]) => colour);
    expect(pages).toEqual([backgrounds.light, backgrounds.dark]);
    expect(windowOptions(needs).webPreferences?.devTools).toBe(false);
    expect(windowOptions({ ...needs, development: true }).webPreferences?.devTools).toBe(true);
  });

  it('reports a page that cannot be loaded', async () => {
    const window = new BrowserWindow({});
    window.loadURL = () => Promise.reject(new Error('ERR_FAILED'));
    const reason = await new Promise((resolve) => {
      openWindow(window as never, 'app://cachedeck/', () => {}, resolve);
    });
    expect(reason).toBe('ERR_FAILED');
    expect(window.visible).toBe(false);
  });

  it('comes to the front from the task bar and from the tray', () => {
    const window = new BrowserWindow({});
    window.minimized = true;
    restoreWindow(window);
    expect([window.minimized, window.visible]).toEqual([false, true]);
  });

  it('knows its own document, whatever the fragment, and no other', () => {
    const entry = 'app://cachedeck/';
    expect(isEntryDocument('app://cachedeck/#events', entry)).toBe(true);
    expect(isEntryDocument('app://cachedeck/index.js', entry)).toBe(false);
    expect(isEntryDocument('app://cachedeck.example/', entry)).toBe(false);
    expect(isEntryDocument('not an address', entry)).toBe(false);
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

describe('a page whose process is gone', () => {
  it('is reloaded once, and every loss is logged', () => {
    const contents = new WebContentsStub();
    const { log, lines } = recordingLog();
    recoverFromCrash(contents as never, log);
    contents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    expect(contents.reloads).toBe(0);
    contents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 9 });
    contents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 9 });
    contents.emit('unresponsive');
    expect(contents.reloads).toBe(1);
    expect(lines).toEqual([
      'error: page: its process is gone (oom, exit code 9)',
      'error: page: its process is gone (oom, exit code 9)',
      'warn: page: does not respond',
    ]);
  });

  it('is told apart from helpers, which come back by themselves', () => {
    const app = new EventEmitter();
    const { log, lines } = recordingLog();
    logLostProcesses(app as never, log);
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' });
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit' });
    expect(lines).toEqual(['warn: electron: GPU process is gone (crashed)']);
  });
});
