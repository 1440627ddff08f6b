import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron';
import type { MessageBoxOptions, SaveDialogOptions } from 'electron';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageRoute } from '../shared/model/pages.ts';
import { trustCertificates } from './certificates.ts';
import { startAppCore } from './core/app-core.ts';
import { systemClock } from './core/clock.ts';
import { desktopRole } from './core/control/desktop-role.ts';
import { logLevelFrom } from './core/log.ts';
import { createAppLog } from './core/logs/log-file.ts';
import type { AppLog } from './core/logs/log-file.ts';
import { Redactor } from './core/logs/redact.ts';
import { Problems } from './core/storage/problems.ts';
import { startControlHost } from './hosts/control-host.ts';
import { startIpcHost } from './hosts/ipc-host.ts';
import { thisRuntime, thisUsage } from './runtime.ts';
import { createActions } from './shell/actions.ts';
import type { AppWindow } from './shell/app-window.ts';
import { handleClose } from './shell/close.ts';
import { logLostProcesses } from './shell/crash.ts';
import { cancelDownloads } from './shell/downloads.ts';
import { openElectronStore } from './shell/electron-store.ts';
import { serveErrorPage } from './shell/error-page.ts';
import { createFailure } from './shell/failure.ts';
import { openFolder, saveFile } from './shell/files.ts';
import { guardNavigation } from './shell/guards.ts';
import { appId, pageUrl } from './shell/identity.ts';
import { canStartAtLogin, followLoginSetting, startsHidden } from './shell/login-item.ts';
import { menuTemplate, startMenu } from './shell/menu.ts';
import { createNotifier } from './shell/notifier.ts';
import { denyPermissions } from './shell/permissions.ts';
import { resetPlacement } from './shell/placement.ts';
import { followPower, followSessionEnd, followShutdown } from './shell/power.ts';
import { declareScheme, servePage } from './shell/protocol.ts';
import { stopBeforeQuit } from './shell/quit.ts';
import { tellOpenSandbox } from './shell/sandbox.ts';
import { openSecretBox } from './shell/secret-box.ts';
import { startedToInstall, takeSingleInstanceLock } from './shell/single-instance.ts';
import { followTheme } from './shell/theme.ts';
import { trayForRole } from './shell/tray-for-role.ts';
import { hasTrayHost } from './shell/tray-host.ts';
import { trayImage } from './shell/tray-icon.ts';
import { startTray } from './shell/tray.ts';
import { placeOf } from './shell/update-place.ts';
import { updateWay } from './shell/updater.ts';
import { cancelForeignRequests } from './shell/web-requests.ts';
import { devToolsAllowed } from './shell/window.ts';
import { createWindows } from './shell/windows.ts';
import type { Windows } from './shell/windows.ts';

// Paths from the bundle, out/main/index.js; the same inside a packaged archive.
const fromBundle = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const icons = fromBundle('../../build/icons');
const icon = `${icons}/icon.png`;
const { platform } = process;
const devServerUrl = (!app.isPackaged && process.env['VITE_DEV_SERVER_URL']) || null;
const devTools = devToolsAllowed(app.isPackaged, process.argv);
const entry = devServerUrl ?? pageUrl;
const clock = systemClock;
const problems = new Problems(clock);
const redactor = new Redactor();
let windows: Windows | null = null;

/** Native dialogs are on the window in use, where there is one. */
function ask(options: MessageBoxOptions) {
  const window = windows?.lastUsed?.window;
  return window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
}

function askWhere(options: SaveDialogOptions) {
  const window = windows?.lastUsed?.window;
  return window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options);
}

/** Everything before Electron is ready, of the one instance. */
function begin(): void {
  const folder = app.getPath('userData');
  const consoleLevel = logLevelFrom(process.env['CACHEDECK_LOG']);
  const log = createAppLog({ folder, level: 'info', consoleLevel, redactor, clock, problems });
  const failure = createFailure({ app, dialog, log, clean: (text) => redactor.clean(text) });
  process.on('uncaughtException', (error) => failure.crashed(error));
  process.on('unhandledRejection', (error) => failure.crashed(error));
  trustCertificates(process.env, log);
  app.enableSandbox();
  tellOpenSandbox(process.argv, process.env, problems);
  app.setAppUserModelId(appId);
  declareScheme(protocol);
  guardNavigation(app, entry, log);
  logLostProcesses(app, log);
  app
    .whenReady()
    .then(() => start(folder, log))
    .catch((error: unknown) => failure.couldNotStart(error));
}

/** Everything that has to wait until Electron is ready, in order. */
async function start(folder: string, log: AppLog): Promise<void> {
  denyPermissions(session.defaultSession, entry);
  cancelForeignRequests(session.defaultSession, devServerUrl);
  cancelDownloads(session.defaultSession, log);

  const runtime = thisRuntime();
  const trayHost = await hasTrayHost(platform);
  const login = {
    app,
    platform,
    executable: process.execPath,
    environment: process.env,
    home: runtime.home,
  };
  const place = await placeOf({
    app,
    platform,
    environment: process.env,
    executable: process.execPath,
    resources: process.resourcesPath,
    windowsStore: process.windowsStore,
  });
  const own = createWindows(
    {
      make: (options) => new BrowserWindow(options),
      preload: fromBundle('../preload/index.cjs'),
      icon,
      devTools,
      nativeTheme,
      screen,
      entry,
      clock,
      log,
      askOn: (window, options) => dialog.showMessageBox(window, options),
    },
    adopt,
  );
  windows = own;
  const core = await startAppCore({
    clock,
    random: Math.random,
    newId: randomUUID,
    log,
    redactor,
    problems,
    version: APP_VERSION,
    host: 'desktop',
    runtime,
    usage: thisUsage,
    capabilities: {
      tray: trayHost,
      notifications: Notification.isSupported(),
      quit: true,
      startAtLogin: canStartAtLogin(login),
      openFolder: true,
      windows: true,
      saveFile: true,
    },
    dataFolder: folder,
    openStore: openElectronStore,
    secretBox: await openSecretBox(safeStorage, platform),
    profile: null,
    environment: process.env,
    saveFile: (name, content) =>
      saveFile({ showSaveDialog: askWhere, folder: app.getPath('documents') }, name, content),
    openFolder: (path) => openFolder(shell, path),
    openWindow: (route) => own.open(route),
    openControl: (port, api) => startControlHost(port, api, log),
    updates: updateWay(place, {
      app,
      log,
      load: () => import('electron-updater'),
      quitWith: (last) => ending.quitWith(last),
    }),
    online: () => net.isOnline(),
  });
  const { settings } = core;
  const { role, warning } = desktopRole(process.env['CACHEDECK_ROLE']);
  if (warning !== null) log.warn(warning);
  const trayModel = trayForRole(core.tray, role);
  ipcMain.removeAllListeners('electron-store-get-data'); // electron-store would answer any page past our guard

  followTheme(settings.state, nativeTheme);

  /** A native message that nobody waits for. */
  function tell(title: string, text: string): void {
    ask({ type: 'error', message: title, detail: text }).catch((error: unknown) => {
      log.error(`dialog: ${error instanceof Error ? error.message : 'not shown'}`);
    });
  }
  const errorPage = { faultOf: (id: number) => own.faultOf(id), entry, logFile: () => log.path };
  servePage(protocol, fromBundle('../renderer'), (url) => serveErrorPage(url, errorPage));
  const stopIpc = startIpcHost({
    ipcMain,
    router: core.router,
    log,
    origin: pageUrl,
    devServerUrl,
    isOwnWindow: (id) => own.has(id),
    role,
  });

  const run = createActions(core, { show: () => own.show(), quit: () => app.quit() }, log);
  const tray = startTray({
    model: trayModel,
    log,
    run,
    createTray: (image) => new Tray(image),
    imageFor: (state) => trayImage((path) => nativeImage.createFromPath(path), icons, state, platform),
    buildMenu: (template) => Menu.buildFromTemplate(template),
  });
  const trayPresent = (): boolean => trayHost && tray.present;
  const openLogs = async (): Promise<void> => {
    if (role !== 'admin') {
      tell('The logs were not shown', 'This needs the role admin.'); // as `logs.open` does
      return;
    }
    const refusal =
      log.path === null ? 'No log file is written.' : await openFolder(shell, dirname(log.path));
    if (refusal !== null) tell('The logs could not be shown', refusal);
  };
  const resetWindow = (): void => {
    const used = own.lastUsed;
    if (used) resetPlacement(used.window, screen, () => BrowserWindow.clearPersistedState(used.name));
  };
  const newWindow = (): void => {
    const refusal = own.open();
    if (refusal !== null) tell('No further window was opened', refusal);
  };
  const menuNeeds = {
    platform,
    devTools,
    run,
    newWindow,
    navigate: (route: PageRoute) => own.show(route),
    toggleWallboard: () => own.lastUsed?.toggleWallboard(),
    openLogs: () => void openLogs(),
    resetWindow,
  };
  startMenu(trayModel, (actions) => {
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...menuNeeds, actions })));
  });
  const notify = createNotifier({
    log,
    icon,
    platform,
    create: Notification.isSupported() ? (options) => new Notification(options) : null,
    open: (route) => own.show(route),
    snooze: (keys, choice) => (role === 'viewer' ? own.show('#/alerts') : core.snooze(keys, choice)),
    delivered: (id, outcome) => core.delivered(id, outcome),
  });
  core.onMessage(notify);
  const stopLooking = followPower(powerMonitor, core, clock);
  followShutdown(powerMonitor, () => app.quit());
  followLoginSetting(settings.state, login, (text) => {
    problems.report({ id: 'login-item', area: 'settings', title: 'Starting at login was not changed', text });
  });

  const stopParts = async (): Promise<void> => {
    stopIpc();
    stopLooking();
    tray.destroy();
    await core.stop();
    await log.close();
  };
  const ending = stopBeforeQuit(app, clock, stopParts, (why) => log.error(`quit: ${why}`));

  /** What a window has to do with the end of the app. */
  function adopt({ window }: AppWindow): void {
    followSessionEnd(window, () => app.quit());
    handleClose(window, {
      isLast: () => own.count === 1,
      trayPresent,
      quitting: () => ending.quitting,
      onClose: () => settings.values.onClose,
      remember: (onClose) => void settings.change({ onClose }),
      ask: (options) => dialog.showMessageBox(window, options),
      quit: () => app.quit(),
      log,
    });
  }
  app.on('window-all-closed', () => app.quit());
  app.on('activate', () => own.show());
  const hidden = startsHidden(login, process.argv, trayPresent());
  const onReady = (): void => console.log('Cachedeck is ready'); // the start command waits for this line
  own.open(undefined, { hidden, onReady });
}

if (!startedToInstall(process.env) && takeSingleInstanceLock(app, () => windows?.show())) begin();
else app.exit(0);
