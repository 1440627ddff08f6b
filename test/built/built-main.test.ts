import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../../build/paths.ts';
import { contentSecurityPolicy } from '../../electron/hosts/page-headers.ts';
import { backgrounds } from '../../electron/shell/window.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Report } from './main-scenario.ts';

/** What a short play reports. */
interface Seen {
  readonly calls: string[];
  readonly exitCode: number | null;
  readonly logged: string | null;
}

let folder = '';
let report: Report;
let output = { stdout: '', stderr: '' };
let exit: number | null = null;

/** Runs the built main bundle with the stub for Electron, on a desktop that has a tray. */
function play(...args: string[]) {
  const child = fork(inProject('test/built/main-scenario.ts'), args, {
    silent: true,
    env: {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      CACHEDECK_PROFILE: 'demo',
      CACHEDECK_LOG: 'error',
    },
  });
  const written = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (written.stdout += String(chunk)));
  child.stderr?.on('data', (chunk: Buffer) => (written.stderr += String(chunk)));
  return { child, written };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-built-'));
  writeFileSync(join(folder, 'dbus-send'), '#!/bin/sh\necho "   boolean true"\n');
  chmodSync(join(folder, 'dbus-send'), 0o755);
  const { child, written } = play();
  const message = new Promise<Report>((resolve) =>
    child.once('message', (value) => resolve(value as Report)),
  );
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const first = await Promise.race([message, ended]);
  if (typeof first !== 'object' || first === null) throw new Error(`The bundle failed:\n${written.stderr}`);
  report = first;
  exit = await ended;
  output = written;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the built main bundle', () => {
  it('takes the lock, the sandbox and its scheme before Electron is ready', () => {
    expect(report.callsBeforeReady).toEqual([
      'app.requestSingleInstanceLock',
      'app.enableSandbox',
      'app.setAppUserModelId dev.cachedeck.app',
      'protocol.registerSchemesAsPrivileged',
    ]);
    expect(report.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
  });

  it('ends at once as a second instance, with nothing made', async () => {
    const { child } = play('second');
    const [seen] = (await once(child, 'message')) as [Seen];
    expect(seen).toEqual({
      calls: ['app.requestSingleInstanceLock', 'app.exit'],
      exitCode: 0,
      logged: null,
    });
  });

  it('ends with code 1 by an error that nobody handled, which is in the log with its stack', async () => {
    const { child } = play('throws');
    const [seen] = (await once(child, 'message')) as [Seen];
    expect(seen.exitCode).toBe(1);
    expect(seen.logged).toMatch(
      / error Cachedeck stopped because of an error: Error: nobody handled this\n +at /,
    );
  });

  it('opens one window with every security flag, at first paint and dark under a dark page', () => {
    expect(report.windows).toBe(1);
    expect(report.windowUrl).toBe('app://cachedeck/');
    expect(report.shownBeforePaint).toBe(false);
    expect(report.windowOptions).toMatchObject({
      show: false,
      minWidth: 640,
      backgroundColor: backgrounds.dark,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    for (const flag of [
      'webSecurity',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
    ]) {
      expect(report.windowOptions.webPreferences).not.toHaveProperty(flag);
    }
    expect(report.preloadExists).toBe(true);
    expect(report.iconExists).toBe(true);
    expect(report.trayIconExists).toBe(true);
  });

  it('says once that it is ready, and of faults only the crashes it was made to see', () => {
    expect(output.stdout).toBe('Cachedeck is ready\n');
    const gone = 'error: page: its process is gone (crashed, exit code 5)';
    const [first, second, why, ...rest] = output.stderr.trimEnd().split('\n');
    expect([first, second, rest]).toEqual([gone, gone, []]);
    expect(why).toMatch(/^error: page: Its process crashed, for the second time within ten minutes\./);
    expect(exit).toBe(0);
  });

  it('serves the built page with the policy, and nothing outside its folder', () => {
    const { index, outside, otherHost, unknownType, post } = report.page;
    expect(index.status).toBe(200);
    expect(index.body).toContain('<div id="root">');
    expect(index.head['content-security-policy']).toBe(contentSecurityPolicy);
    expect(index.head['x-content-type-options']).toBe('nosniff');
    expect([outside, otherHost, unknownType, post].map(({ status }) => status)).toEqual([404, 404, 415, 405]);
    expect(post.head['content-security-policy']).toBe(contentSecurityPolicy);
  });

  it('answers exactly the channels of the contract', () => {
    const expected = Object.entries(contract)
      .filter(([, entry]) => entry.kind === 'call')
      .map(([name]) => `cachedeck:${name}`);
    expect(report.channels.toSorted()).toEqual(
      [...expected, 'cachedeck:subscribe', 'cachedeck:unsubscribe'].toSorted(),
    );
    expect(report.listened).toEqual([]);
    expect(report.channelsAfterQuit).toBe(0);
  });

  it('answers its own page alone, and checks what it says', () => {
    expect(report.bridge.info).toMatchObject({
      ok: true,
      value: { host: 'desktop', capabilities: { tray: true, quit: true, openFolder: true } },
    });
    expect(report.bridge.badInput).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(report.bridge.foreignOrigin).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    expect(report.bridge.subFrame).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    expect(report.bridge.subscribed).toMatchObject({ ok: true });
    expect(report.bridge.pushed).toContain('cachedeck:feed:tray.model');
  });

  it('lets no page go anywhere but to the entry and the error page', () => {
    expect(report.guards).toEqual({
      elsewhere: true,
      otherHost: true,
      reload: false,
      errorPage: false,
      otherPath: true,
      frame: true,
      ownPageInFrame: true,
      redirect: true,
      webview: true,
      opened: 'deny',
    });
  });

  it('denies every permission but copying and a screen that stays on, to its own page', () => {
    expect(report.permissions).toEqual({
      copyFromOurPage: true,
      copyFromAFrame: false,
      copyFromElsewhere: false,
      camera: false,
      keepScreenOn: true,
      keepScreenOnElsewhere: false,
      localNetwork: false,
      checkCopy: true,
      checkOther: false,
    });
  });

  it('cancels every request of the page but for its own files', () => {
    expect(report.requestBlob).toBe(true);
    expect(report.requests).toEqual({ own: false, devtools: false, web: true, loopback: true, file: true });
  });

  it('shows state and lines in the tray, live from the demo', () => {
    expect(report.liveTray.icon).toMatch(/tray-ok(-Template)?\.png$/);
    expect(report.liveTray.toolTip).toMatch(/^Cachedeck: /);
    expect(report.liveTray.labels).toEqual(
      expect.arrayContaining(['Force refresh', 'Pause', 'Snooze alerts', 'Open Cachedeck', 'Quit']),
    );
    expect(report.menu).toContain('Force refresh');
    expect(report.menu).toContain('CmdOrCtrl+=');
  });

  it('lets one choose in the tray for how long it pauses or mutes', () => {
    for (const id of ['pause-15', 'pause-60', 'pause-resumed', 'snooze-15m', 'snooze-1h', 'snooze-morning']) {
      expect(report.traySubmenus).toContain(id);
    }
    expect(report.pausedTray).toMatch(/^Cachedeck: Paused until \d\d:\d\d$/);
    expect(report.snoozedTray).toMatch(/^Alerts snoozed until \d\d:\d\d$/);
  });

  it('tells silently and once that the backend is gone, and once that it answers again', () => {
    expect(report.stale).toMatchObject({
      silent: true,
      title: expect.stringMatching(/not answering/) as string,
    });
    expect(report.recovered.title).toMatch(/answers again/);
    expect(report.callsAfter.filter((name) => name === 'notification.show')).toHaveLength(2);
    expect(report.staleTray.icon).not.toMatch(/tray-ok/);
    expect(report.afterClick).toEqual({ minimized: false, url: 'app://cachedeck/#/alerts' });
  });

  it('cancels every download of a page', () => {
    expect(report.downloadCancelled).toBe(true);
  });

  it('opens nothing outside, sends no code to the page and registers no protocol', () => {
    const bundle = readFileSync(inProject('out/main/index.js'), 'utf8');
    for (const call of ['openExternal(', 'executeJavaScript(', 'setAsDefaultProtocolClient(', 'file://']) {
      expect(bundle.includes(call) ? call : null).toBeNull();
    }
  });

  it('follows sleep, waking and the end of the system', () => {
    expect(report.powerEvents).toEqual(expect.arrayContaining(['suspend', 'resume', 'shutdown']));
    expect(report.intervals).toEqual({ onBattery: 15_000, onMains: 5000 });
  });

  it('reloads a crashed page once, then says why it stopped, without a script', () => {
    const { reloads, errorUrl, noErrorPage, errorPage, errorStyle } = report.crash;
    expect(reloads).toBe(1);
    expect(errorUrl).toMatch(/^app:\/\/cachedeck\/crashed\?window=\d+$/);
    expect(noErrorPage.status).toBe(404);
    expect(errorPage.body).toContain('The page stopped working');
    expect(errorPage.body).toContain('<a href="app://cachedeck/">Open Cachedeck again</a>');
    expect(errorPage.head['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'; base/);
    expect(errorStyle.head['content-type']).toBe('text/css; charset=utf-8');
  });

  it('follows the theme at once, the window with it', () => {
    expect(report.theme).toEqual({ source: 'light', background: backgrounds.light });
  });

  it.runIf(process.platform === 'linux')('starts at login as the setting says, hidden', () => {
    expect(report.loginCommand).toMatch(/^Exec=".+" ".+" "--hidden"$/);
  });

  it('asks where to put a file of its own, and writes it there', () => {
    const { reply, offered, written } = report.saved;
    expect(offered).toMatch(/\.json$/);
    expect(written).toBe(true);
    expect(reply).toMatchObject({
      ok: true,
      value: { text: null, savedTo: expect.stringMatching(/chosen\.json$/) as string },
    });
  });

  it('goes to a page from the menu, keeping the document, and shows the window', () => {
    expect(report.fromMenu).toEqual({ url: 'app://cachedeck/#/settings', visible: true });
    expect(report.openedFolder).toMatch(/^shell\.openPath .*logs/);
    expect(report.forgotten).toEqual(['main']);
  });

  it('serves several windows, each guarded as the first, and closes one without a question', () => {
    const { severalWindows: seen, afterClosing } = report;
    const unauthorized = { ok: false, error: { code: 'unauthorized' } };
    expect(seen.names).toEqual(['main', 'main-2']);
    const [first, second] = JSON.parse(seen.alike) as unknown[];
    expect(second).toEqual(first);
    expect([seen.visible, seen.url]).toEqual([true, 'app://cachedeck/']);
    expect(seen.both).toMatchObject([{ ok: true, value: { capabilities: { windows: true } } }, { ok: true }]);
    expect(seen.subscribed).toMatchObject({ ok: true });
    expect(seen.pushed).toContain('cachedeck:feed:tray.model');
    expect([seen.foreignFrame, seen.notAWindow]).toMatchObject([unauthorized, unauthorized]);
    expect(seen.opened).toMatchObject({ ok: true });
    expect(seen.notAPage).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect([seen.third, seen.thirdName]).toEqual(['app://cachedeck/#/wallboard', 'wallboard']);
    expect(seen.full).toEqual(['app://cachedeck/#/wallboard true', 'app://cachedeck/#/ false']);
    expect(seen.tooMany).toMatchObject({
      ok: false,
      error: { code: 'conflict', message: expect.stringMatching(/^8 windows are open/) as string },
    });
    expect(afterClosing).toMatchObject({
      left: 1,
      questions: 0,
      first: { ok: true },
      closed: unauthorized,
      exitCode: null,
    });
  });

  it('asks once what closing means, stays in the tray, and comes back at a second start', () => {
    const { visible, exitCode, questions } = report.afterClose;
    expect({ visible, exitCode }).toEqual({ visible: false, exitCode: null });
    expect(questions.map(({ message }) => message)).toEqual(['Keep Cachedeck running in the tray?']);
    expect(report.stored.text).toMatch(/"onClose":\s*"tray"/);
    expect(report.stored.mode & 0o077).toBe(process.platform === 'win32' ? 0o066 : 0);
    expect(report.afterSecondStart).toBe(true);
  });

  it('is gone within a second of Quit, tray and bridge with it', () => {
    expect(report.exitCode).toBe(0);
    expect(report.msToExit).toBeLessThan(1000);
    expect(report.trayDestroyed).toBe(true);
  });
});
