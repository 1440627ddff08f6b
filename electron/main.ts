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
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron';
import type { SaveDialogOptions } from 'electron';
import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { trustCertificates } from './certificates.ts';
import { startAppCore } from './core/app-core.ts';
import { systemClock } from './core/clock.ts';
import { logLevelFrom } from './core/log.ts';
import { createAppLog } from './core/logs/log-file.ts';
import { Redactor } from './core/logs/redact.ts';
import { Problems } from './core/storage/problems.ts';
import { startIpcHost } from './hosts/ipc-host.ts';
import { thisRuntime } from './runtime.ts';
import { createActions } from './shell/actions.ts';
import { handleClose } from './shell/close.ts';
import { logLostProcesses, recoverPage } from './shell/crash.ts';
import { cancelDownloads } from './shell/downloads.ts';
import { serveErrorPage } from './shell/error-page.ts';
import { createFailure } from './shell/failure.ts';
import { openElectronStore } from './shell/electron-store.ts';
import { openFolder, saveFile } from './shell/files.ts';
import { guardNavigation } from './shell/guards.ts';
import { appId, pageUrl } from './shell/identity.ts';
import { followLoginSetting, startsHidden } from './shell/login-item.ts';
import { menuTemplate, startMenu } from './shell/menu.ts';
import { createNavigator, routes } from './shell/navigate.ts';
import type { Route } from './shell/navigate.ts';
import { createNotifier } from './shell/notifier.ts';
import { denyPermissions } from './shell/permissions.ts';
import { keepOnScreen, resetPlacement } from './shell/placement.ts';
import { followPower, followShutdown } from './shell/power.ts';
import { declareScheme, servePage } from './shell/protocol.ts';
import { stopBeforeQuit } from './shell/quit.ts';
import { openSecretBox } from './shell/secret-box.ts';
import { takeSingleInstanceLock } from './shell/single-instance.ts';
import { followTheme, paintBackground } from './shell/theme.ts';
import { hasTrayHost } from './shell/tray-host.ts';
import { trayIconPath } from './shell/tray-icon.ts';
import { startTray } from './shell/tray.ts';
import { watchUnresponsive } from './shell/unresponsive.ts';
import { cancelForeignRequests } from './shell/web-requests.ts';
import { restoreWindow, showWhenPainted, windowName, windowOptions } from './shell/window.ts';

// Paths from the bundle, out/main/index.js; the same inside a packaged archive.
const fromBundle = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const icons = fromBundle('../../build/icons');
// Also what has to be known before the app is ready; a second instance opens no file of the first.
const first = takeSingleInstanceLock(app, () => show());
const dataFolder = app.getPath('userData');
const problems = new Problems(systemClock);
const redactor = new Redactor();
const log = createAppLog({
  folder: first ? dataFolder : null,
  level: 'info',
  consoleLevel: logLevelFrom(process.env['CACHEDECK_LOG']),
  redactor,
  clock: systemClock,
  problems,
});
const fail = createFailure({ app, dialog, log });
const { platform } = process;
const devServerUrl = (!app.isPackaged && process.env['VITE_DEV_SERVER_URL']) || null;
const devTools = !app.isPackaged || process.argv.includes('--devtools');
const entry = devServerUrl ?? pageUrl;
let show: () => void = () => {};

/** A native message that nobody waits for. */
function tell(title: string, text: string): void {
  dialog.showMessageBox({ type: 'error', message: title, detail: text }).catch((error: unknown) => {
    log.error(`dialog: ${error instanceof Error ? error.message : 'not shown'}`);
  });
}

/** Everything that has to wait until Electron is ready, in order. */
async function start(): Promise<void> {
  denyPermissions(session.defaultSession, entry);
  cancelForeignRequests(session.defaultSession, devServerUrl);
  cancelDownloads(session.defaultSession, log);

  trustCertificates(process.env, log);
  const trayHost = await hasTrayHost(platform);
  const core = await startAppCore({
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    log,
    redactor,
    problems,
    version: APP_VERSION,
    host: 'desktop',
    runtime: thisRuntime(),
    capabilities: {
      tray: trayHost,
      notifications: Notification.isSupported(),
      quit: true,
      startAtLogin: true,
      openFolder: true,
    },
    dataFolder,
    openStore: openElectronStore,
    secretBox: await openSecretBox(safeStorage, platform),
    profile: null,
    environment: process.env,
    saveFile: (name, text) => {
      const showSaveDialog = (options: SaveDialogOptions) => {
        const window = BrowserWindow.getFocusedWindow();
        return window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options);
      };
      return saveFile({ showSaveDialog, folder: app.getPath('documents') }, name, text);
    },
    openFolder: (path) => openFolder(shell, path),
  });
  const { settings } = core;

  followTheme(settings.state, nativeTheme);
  const icon = `${icons}/icon.png`;
  const preload = fromBundle('../preload/index.cjs');
  const window = new BrowserWindow(
    windowOptions({ preload, icon, dark: nativeTheme.shouldUseDarkColors, devTools }),
  );
  const { webContents: contents } = window;
  paintBackground(window, nativeTheme);
  keepOnScreen(window, screen);
  window.on('persisted-state-restored', () => keepOnScreen(window, screen));
  show = () => {
    if (window.isDestroyed()) return;
    keepOnScreen(window, screen);
    restoreWindow(window);
  };

  const recovery = recoverPage({ contents, clock: systemClock, log, tell });
  watchUnresponsive({
    contents,
    clock: systemClock,
    log,
    ask: (options) => dialog.showMessageBox(window, options),
    restart: () => recovery.restart(),
  });
  const errorPage = { fault: () => recovery.fault, entry, logFile: () => log.path };
  servePage(protocol, fromBundle('../renderer'), (path) => serveErrorPage(path, errorPage));
  const navigate = createNavigator(contents, entry, recovery);
  const open = (route: Route): void => {
    show();
    navigate(route);
  };
  const stopIpc = startIpcHost({
    ipcMain,
    router: core.router,
    log,
    origin: pageUrl,
    devServerUrl,
    isOwnWindow: (id) => id === contents.id,
  });

  const run = createActions(core, { show: () => show(), quit: () => app.quit() }, log);
  const tray = startTray({
    model: core.tray,
    log,
    run,
    createTray: (image) => new Tray(image),
    imageFor: (state) => {
      const image = nativeImage.createFromPath(trayIconPath(icons, state, platform));
      if (platform === 'darwin') image.setTemplateImage(true);
      return image;
    },
    buildMenu: (template) => Menu.buildFromTemplate(template),
  });
  const trayPresent = (): boolean => trayHost && tray.present;
  const openLogs = async (): Promise<void> => {
    const refusal = log.path === null ? 'No log is written.' : await openFolder(shell, dirname(log.path));
    if (refusal !== null) tell('The logs could not be shown', refusal);
  };
  const resetWindow = (): void => {
    resetPlacement(window, screen, () => BrowserWindow.clearPersistedState(windowName));
  };
  startMenu(core.tray, (actions) => {
    const template = menuTemplate({
      platform,
      devTools,
      actions,
      run,
      navigate: open,
      openLogs: () => void openLogs(),
      resetWindow,
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  });
  const onClick = (): void => open(routes.overview);
  core.onNotice(createNotifier({ log, icon, create: (options) => new Notification(options), onClick }));
  followPower(powerMonitor, core);
  followShutdown(powerMonitor, window, () => app.quit());
  const login = { app, platform, executable: process.execPath, environment: process.env, home: homedir() };
  followLoginSetting(settings.state, login, (sentence) => log.warn(sentence));

  const stopParts = async (): Promise<void> => {
    stopIpc();
    tray.destroy();
    await core.stop();
    await log.close();
  };
  const ending = stopBeforeQuit(app, systemClock, stopParts, (why) => log.error(`quit: ${why}`));
  handleClose(window, {
    trayPresent,
    quitting: () => ending.quitting,
    onClose: () => settings.values.onClose,
    remember: (onClose) => settings.change({ onClose }),
    ask: (options) => dialog.showMessageBox(window, options),
    quit: () => app.quit(),
    log,
  });
  app.on('window-all-closed', () => app.quit());
  app.on('activate', () => show());
  const hidden = startsHidden(login, process.argv, trayPresent());
  showWhenPainted(window, hidden, () => console.log('Cachedeck is ready')); // the start command waits for this line
  navigate();
}

process.on('uncaughtException', (error) => fail('stopped because of an error', error));
process.on('unhandledRejection', (error) => fail('stopped because of an error', error));

if (first) {
  app.enableSandbox();
  app.setAppUserModelId(appId);
  declareScheme(protocol);
  guardNavigation(app, entry, log);
  logLostProcesses(app, log);
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => fail('could not start', error));
} else {
  app.exit(0);
}
