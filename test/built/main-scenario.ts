import '../support/electron-stub/register.ts';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MenuItemConstructorOptions } from 'electron';
import { inProject } from '../../build/paths.ts';
import { preventable } from '../support/electron-stub/app.ts';
import { WebContentsStub } from '../support/electron-stub/browser-window.ts';
import { calls } from '../support/electron-stub/calls.ts';
import { dialogs } from '../support/electron-stub/dialog.ts';
import { speedUp } from '../support/electron-stub/fast-time.ts';
import { given } from '../support/electron-stub/session.ts';

// Runs in a process of its own: plays the system's part around the built main bundle and reports what it saw.

const electron = await import('../support/electron-stub/index.ts');
const { app, BrowserWindow, Menu, nativeTheme, Notification, Tray, powerMonitor } = electron;
const realNow = performance.now.bind(performance);

/** Waits in real time until `question` has an answer. */
async function until<T>(
  what: string,
  question: () => T | null | undefined | false,
  limitMs = 10_000,
): Promise<T> {
  const end = realNow() + limitMs;
  for (;;) {
    const answer = question();
    if (answer) return answer;
    if (realNow() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const play = process.argv[2];
if (play === 'second') app.lockFree = false;
if (play === undefined) speedUp(12);
await import(pathToFileURL(inProject('out/main/index.js')).href);
if (play === 'throws') {
  setImmediate(() => {
    throw new Error('nobody handled this');
  });
  await until('the exit', () => app.exitCode !== null);
}
if (play !== undefined) {
  const logFile = join(app.getPath('userData'), 'logs', 'cachedeck.log');
  const logged = existsSync(logFile) ? readFileSync(logFile, 'utf8') : null;
  const seen = { calls: calls.map(({ name }) => name), exitCode: app.exitCode, logged };
  // Only Linux and macOS send at once what is sent last.
  await new Promise((resolve) => process.send?.(seen, undefined, undefined, resolve));
  process.exit();
}

const callsBeforeReady = calls.map(({ name }) => name);
app.becomeReady();
const window = await until('the window', () => BrowserWindow.getAllWindows()[0]);
const contents: WebContentsStub = window.webContents;
const entryUrl = await until('the page', () => contents.getURL());
const shownBeforePaint = window.visible;
window.emit('ready-to-show');

async function served(url: string, method = 'GET') {
  const reply = await given.protocols.get('app')?.(new Request(url, { method }));
  const head = reply ? Object.fromEntries(reply.headers) : {};
  return { status: reply?.status, head, body: (await reply?.text())?.slice(0, 2000) };
}

/** Asks a bridge channel as the frame described. */
async function invoke(
  channel: string,
  argument: unknown,
  url = 'app://cachedeck/',
  parent: unknown = null,
  sender = contents,
) {
  const event = { sender, senderFrame: { url, parent } };
  return given.channels.get(channel)?.(event as never, argument);
}

function guardsOf() {
  const page = new WebContentsStub();
  app.emit('web-contents-created', {}, page);
  const refused = (name: string, fields: object): boolean => {
    const event = preventable(fields);
    page.emit(name, event);
    return event.defaultPrevented;
  };
  return {
    elsewhere: refused('will-navigate', { url: 'https://example.com/', isMainFrame: true }),
    otherHost: refused('will-navigate', { url: 'app://other/', isMainFrame: true }),
    reload: refused('will-navigate', { url: 'app://cachedeck/', isMainFrame: true }),
    errorPage: refused('will-navigate', { url: 'app://cachedeck/crashed', isMainFrame: true }),
    otherPath: refused('will-navigate', { url: 'app://cachedeck/favicon.svg', isMainFrame: true }),
    frame: refused('will-frame-navigate', { url: 'https://example.com/', isMainFrame: false }),
    ownPageInFrame: refused('will-frame-navigate', { url: 'app://cachedeck/', isMainFrame: false }),
    redirect: refused('will-redirect', { url: 'app://cachedeck/', isMainFrame: true }),
    webview: refused('will-attach-webview', {}),
    opened: page.open('https://example.com/')?.action,
  };
}

function permissionsOf() {
  const asked = (permission: string, requestingUrl: string, isMainFrame = true): boolean => {
    let answer = false;
    const details = { requestingUrl, isMainFrame };
    given.permissionRequest?.(null as never, permission as never, (is) => (answer = is), details);
    return answer;
  };
  return {
    copyFromOurPage: asked('clipboard-sanitized-write', 'app://cachedeck/'),
    copyFromAFrame: asked('clipboard-sanitized-write', 'app://cachedeck/', false),
    copyFromElsewhere: asked('clipboard-sanitized-write', 'https://example.com/'),
    camera: asked('media', 'app://cachedeck/'),
    keepScreenOn: asked('screen-wake-lock', 'app://cachedeck/'),
    keepScreenOnElsewhere: asked('screen-wake-lock', 'https://example.com/'),
    localNetwork: asked('local-network-access', 'app://cachedeck/'),
    checkCopy: given.permissionCheck?.(null, 'clipboard-sanitized-write', 'app://cachedeck', {} as never),
    checkOther: given.permissionCheck?.(null, 'notifications', 'app://cachedeck', {} as never),
  };
}

function cancelled(url: string): boolean | undefined {
  let cancel: boolean | undefined;
  given.beforeRequest?.({ url }, (answer) => (cancel = answer.cancel));
  return cancel;
}

const tray = await until('the tray', () => Tray.all[0]);
/** Every entry of a menu, submenus flattened. */
function entries(template: readonly MenuItemConstructorOptions[] = []): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? entries(item.submenu) : [])]);
}
const trayAction = (id: string): void => {
  const item = entries(tray.menu?.template).find((each) => each.id === id);
  (item?.click as (() => void) | undefined)?.();
};
const labels = (): string[] => tray.menu?.template.map((item) => item.label ?? '') ?? [];
await until('three live lines', () => labels().filter((label) => /Live/.test(label)).length === 3);
const liveTray = { icon: tray.image.path, toolTip: tray.toolTip, labels: labels() };

const traySubmenus = entries(tray.menu?.template).map(({ id }) => id ?? '');
trayAction('pause-15');
await until('a paused tray', () => tray.image.path.includes('paused'));
const pausedTray = tray.toolTip;
trayAction('resume');
await until('a tray that goes on', () => tray.image.path.includes('ok'));
trayAction('snooze-15m');
await until('a tray that can end the snooze', () => labels().includes('End snooze'));
const snoozedTray = labels().find((label) => label.includes('snoozed'));
trayAction('unsnooze');
await until('a tray that can snooze again', () => labels().includes('Snooze alerts'));

const channels = [...given.channels.keys()];
const bridge = {
  info: await invoke('cachedeck:app.info', {}),
  badInput: await invoke('cachedeck:app.info', { surplus: true }),
  foreignOrigin: await invoke('cachedeck:app.info', {}, 'https://example.com/'),
  subFrame: await invoke('cachedeck:app.info', {}, 'app://cachedeck/', {
    url: 'app://cachedeck/',
    parent: null,
  }),
  subscribed: await invoke('cachedeck:subscribe', 'tray.model'),
  pushed: contents.sent.map(({ channel }) => channel),
};

/** Presses an item of the native menu. */
function menuItem(label: string): void {
  const item = entries(Menu.application?.template).find((each) => each.label === label);
  (item?.click as (() => void) | undefined)?.();
}

window.hide();
menuItem('Settings…');
const fromMenu = { url: contents.getURL(), visible: window.visible };
menuItem('Reset window position');
menuItem('Open logs');
const opened = await until('the log folder', () =>
  calls.find(({ name }) => name.startsWith('shell.openPath ')),
);

await invoke('cachedeck:settings.change', { theme: 'light' });
const theme = { source: nativeTheme.themeSource, background: window.backgroundColor };
const autostart = join(process.env['XDG_CONFIG_HOME'] ?? '', 'autostart', 'cachedeck.desktop');
const entryText = (): string => (existsSync(autostart) ? readFileSync(autostart, 'utf8') : '');
await invoke('cachedeck:settings.change', { startAtLogin: true });
const loginEntry =
  process.platform === 'linux'
    ? await until('the entry for login', () => /^Exec=.*$/m.exec(entryText()))
    : null;
await invoke('cachedeck:settings.change', { startAtLogin: false });
await until('no entry for login', () => !existsSync(autostart));

dialogs.saveTo = join(app.getPath('userData'), 'chosen.json');
const saved = {
  reply: await invoke('cachedeck:diagnostics.bundle', {}),
  offered: dialogs.saving[0]?.defaultPath,
  written: existsSync(dialogs.saveTo),
};

const download = preventable({});
given.download?.(download);

const noErrorPage = await served(`app://cachedeck/crashed?window=${contents.id}`);
contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
await until('the reload', () => contents.reloads === 1);
contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
const errorUrl = await until('the error page', () => /crashed\?window=\d+$/.exec(contents.getURL())?.input);
const crash = {
  reloads: contents.reloads,
  errorUrl,
  noErrorPage,
  errorPage: await served(errorUrl),
  errorStyle: await served('app://cachedeck/crashed.css'),
};
await contents.loadURL(entryUrl); // the person follows the link

powerMonitor.emit('suspend');
powerMonitor.emit('resume');
powerMonitor.emit('resume');

interface Polling {
  readonly channel: string;
  readonly message: { readonly value: { readonly pollMs: number } };
}
/** The interval that the page was told last. */
const toldInterval = (): number | undefined =>
  (contents.sent as unknown as Polling[]).findLast(({ channel }) => channel.endsWith(':polling.state'))
    ?.message.value.pollMs;
await invoke('cachedeck:subscribe', 'polling.state');
await invoke('cachedeck:settings.change', { saveBattery: true });
powerMonitor.emit('on-battery');
const onBattery = toldInterval();
powerMonitor.emit('on-ac');
const onMains = toldInterval();

await invoke('cachedeck:demo.simulate', { fault: 'refused' });
const stale = await until('a notification', () => Notification.all[0], 15_000);
const staleTray = { icon: tray.image.path, labels: labels() };
window.minimized = true;
stale.emit('click', {});
const afterClick = { minimized: window.minimized, url: contents.getURL() };
await invoke('cachedeck:demo.simulate', { fault: 'none' });
trayAction('refresh');
const recovered = await until('a notification that it answers again', () => Notification.all[1], 15_000);

const windowsAtFirst = BrowserWindow.getAllWindows().length;
menuItem('New window');
const second = await until('a second window', () => BrowserWindow.getAllWindows()[1]);
second.emit('ready-to-show');
second.focus();
const askedBefore = dialogs.asked.length;
const asSecond = (channel: string, argument: unknown, url?: string) =>
  invoke(channel, argument, url, null, second.webContents);
const severalWindows = {
  names: [window.options.name, second.options.name],
  alike: JSON.stringify([window, second].map(({ options }) => options.webPreferences)),
  visible: second.visible,
  url: second.webContents.getURL(),
  both: [await invoke('cachedeck:app.info', {}), await asSecond('cachedeck:app.info', {})],
  subscribed: await asSecond('cachedeck:subscribe', 'tray.model'),
  pushed: second.webContents.sent.map(({ channel }) => channel),
  foreignFrame: await asSecond('cachedeck:app.info', {}, 'https://example.com/'),
  notAWindow: await invoke('cachedeck:app.info', {}, undefined, null, new WebContentsStub()),
  opened: await asSecond('cachedeck:windows.open', { route: '#/wallboard' }),
  notAPage: await asSecond('cachedeck:windows.open', { route: 'https://example.com/' }),
  third: BrowserWindow.getAllWindows()[2]?.webContents.getURL(),
  thirdName: BrowserWindow.getAllWindows()[2]?.options.name,
  full: [] as string[],
  tooMany: null as unknown,
};
second.focus();
for (let press = 0; press < 2; press += 1) {
  menuItem('Wallboard');
  severalWindows.full.push(`${second.webContents.getURL()} ${second.fullScreen}`);
}
for (let n = 4; n <= 8; n += 1) await invoke('cachedeck:windows.open', { route: '#/alerts' });
severalWindows.tooMany = await invoke('cachedeck:windows.open', { route: '#/alerts' });
for (const other of BrowserWindow.getAllWindows()) if (other !== window) other.close();
const afterClosing = {
  left: BrowserWindow.getAllWindows().length,
  questions: dialogs.asked.length - askedBefore,
  first: await invoke('cachedeck:app.info', {}),
  closed: await asSecond('cachedeck:app.info', {}),
  exitCode: app.exitCode,
};

dialogs.answer = { response: 0, checkboxChecked: true };
window.close();
await until('the hidden window', () => !window.visible);
window.show();
dialogs.answer = null;
window.close();
const afterClose = { visible: window.visible, exitCode: app.exitCode, questions: dialogs.asked };
app.emit('second-instance', {});
const afterSecondStart = window.visible;
const begun = realNow();
trayAction('quit');
await until('the exit', () => app.exitCode !== null);

const settingsFile = join(app.getPath('userData'), 'settings.json');

const report = {
  callsBeforeReady,
  callsAfter: calls.map(({ name }) => name).slice(callsBeforeReady.length),
  schemes: given.schemes,
  shownBeforePaint,
  windows: windowsAtFirst,
  severalWindows,
  afterClosing,
  windowOptions: window.options,
  windowUrl: entryUrl,
  preloadExists: existsSync(window.options.webPreferences?.preload ?? ''),
  iconExists: existsSync(typeof window.options.icon === 'string' ? window.options.icon : ''),
  trayIconExists: existsSync(tray.image.path),
  page: {
    index: await served('app://cachedeck/'),
    outside: await served('app://cachedeck/..%2f..%2fpackage.json'),
    otherHost: await served('app://other/index.html'),
    unknownType: await served('app://cachedeck/index.exe'),
    post: await served('app://cachedeck/', 'POST'),
  },
  channels,
  channelsAfterQuit: given.channels.size,
  bridge,
  guards: guardsOf(),
  permissions: permissionsOf(),
  requests: {
    own: cancelled('app://cachedeck/assets/index.js'),
    devtools: cancelled('devtools://devtools/bundled/x.js'),
    web: cancelled('https://example.com/'),
    loopback: cancelled('http://127.0.0.1:8000/engines'),
    file: cancelled('file:///etc/passwd'),
  },
  requestBlob: cancelled('blob:app://cachedeck/1'),
  listened: [...given.listened],
  menu: JSON.stringify(Menu.application?.template),
  liveTray,
  traySubmenus,
  pausedTray,
  snoozedTray,
  staleTray,
  stale: stale.options,
  recovered: recovered.options,
  afterClick,
  powerEvents: powerMonitor.eventNames(),
  intervals: { onBattery, onMains },
  fromMenu,
  theme,
  loginCommand: loginEntry?.[0],
  saved,
  stored: { text: readFileSync(settingsFile, 'utf8'), mode: statSync(settingsFile).mode & 0o777 },
  forgotten: BrowserWindow.forgotten,
  openedFolder: opened.name,
  downloadCancelled: download.defaultPrevented,
  crash,
  afterClose,
  afterSecondStart,
  trayDestroyed: tray.destroyed,
  exitCode: app.exitCode,
  msToExit: realNow() - begun,
};
export type Report = typeof report;
process.send?.(report, undefined, undefined, () => process.disconnect());
