import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  session,
  Tray,
} from 'electron';
import { fileURLToPath } from 'node:url';
import { startAppCore } from './core/app-core.ts';
import { systemClock } from './core/clock.ts';
import { consoleLog, logLevelFrom } from './core/log.ts';
import { startIpcHost } from './hosts/ipc-host.ts';
import { profileFromEnvironment } from './profile-from-environment.ts';
import { createActions } from './shell/actions.ts';
import { logLostProcesses, recoverFromCrash } from './shell/crash.ts';
import { guardNavigation } from './shell/guards.ts';
import { appId, pageUrl } from './shell/identity.ts';
import { menuTemplate, startMenu } from './shell/menu.ts';
import { createNotifier } from './shell/notifier.ts';
import { denyPermissions } from './shell/permissions.ts';
import { followPower } from './shell/power.ts';
import { declareScheme, servePage } from './shell/protocol.ts';
import { closeToTray, stopBeforeQuit } from './shell/quit.ts';
import { takeSingleInstanceLock } from './shell/single-instance.ts';
import { hasTrayHost } from './shell/tray-host.ts';
import { trayIconPath } from './shell/tray-icon.ts';
import { startTray } from './shell/tray.ts';
import { cancelForeignRequests } from './shell/web-requests.ts';
import { openWindow, restoreWindow, windowOptions } from './shell/window.ts';

// Paths from the bundle, out/main/index.js; the same inside a packaged archive.
const fromBundle = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const icons = fromBundle('../../build/icons');
const log = consoleLog(logLevelFrom(process.env['CACHEDECK_LOG']));
const devServerUrl = (!app.isPackaged && process.env['VITE_DEV_SERVER_URL']) || null;
const entry = devServerUrl ?? pageUrl;
let show: () => void = () => {};

/** Everything that has to wait until Electron is ready, in order. */
async function start(): Promise<void> {
  denyPermissions(session.defaultSession, entry);
  cancelForeignRequests(session.defaultSession, devServerUrl);
  servePage(protocol, fromBundle('../renderer'));

  const trayHost = await hasTrayHost(process.platform);
  const core = await startAppCore({
    clock: systemClock,
    random: Math.random,
    log,
    version: APP_VERSION,
    host: 'desktop',
    capabilities: { tray: trayHost, notifications: Notification.isSupported(), quit: true },
    profile: profileFromEnvironment(process.env),
    environment: process.env,
  });
  const icon = `${icons}/icon.png`;
  const window = new BrowserWindow(
    windowOptions({
      preload: fromBundle('../preload/index.cjs'),
      icon,
      dark: nativeTheme.shouldUseDarkColors,
      development: !app.isPackaged,
    }),
  );
  show = () => restoreWindow(window);
  recoverFromCrash(window.webContents, log);
  const stopIpc = startIpcHost({
    ipcMain,
    router: core.router,
    log,
    origin: pageUrl,
    devServerUrl,
    isOwnWindow: (id) => id === window.webContents.id,
  });

  const run = createActions(core, { show: () => show(), quit: () => app.quit() }, log);
  const tray = startTray({
    model: core.tray,
    log,
    run,
    createTray: (image) => new Tray(image),
    imageFor: (state) => {
      const image = nativeImage.createFromPath(trayIconPath(icons, state, process.platform));
      if (process.platform === 'darwin') image.setTemplateImage(true);
      return image;
    },
    buildMenu: (template) => Menu.buildFromTemplate(template),
  });
  startMenu(core.tray, (actions) => {
    const { platform } = process;
    const template = menuTemplate({ platform, development: !app.isPackaged, actions, run });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  });
  core.onNotice(
    createNotifier({ log, icon, create: (options) => new Notification(options), onClick: () => show() }),
  );
  followPower(powerMonitor, core);

  const stopParts = async (): Promise<void> => {
    stopIpc();
    tray.destroy();
    await core.stop();
  };
  const ending = stopBeforeQuit(app, systemClock, stopParts, (why) => log.error(`quit: ${why}`));
  closeToTray(window, { trayPresent: () => trayHost && tray.present, quitting: () => ending.quitting });
  app.on('window-all-closed', () => app.quit());
  app.on('activate', () => show());
  const ready = (): void => console.log('Cachedeck is ready'); // the start command waits for this line
  openWindow(window, entry, ready, (why) => log.error(`page: ${why}`));
}

/** A person who started the packaged app sees no terminal. */
function fail(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(reason);
  if (app.isPackaged) dialog.showErrorBox('Cachedeck could not start', reason);
  app.exit(1);
}

if (takeSingleInstanceLock(app, () => show())) {
  app.enableSandbox();
  app.setAppUserModelId(appId);
  declareScheme(protocol);
  guardNavigation(app, entry, log);
  logLostProcesses(app, log);
  app.whenReady().then(start).catch(fail);
} else {
  app.exit(0);
}
