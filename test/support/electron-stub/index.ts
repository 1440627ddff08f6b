/**
 * The part of Electron's main process that Cachedeck uses, without Electron: it records what the app asks and lets a
 * test play the system's part. Typed against Electron's own typings, so a call that Electron does not have is a type
 * error here too.
 */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { shell } from './desktop.ts';
import { ipcMain } from './session.ts';

export { BrowserWindow } from './browser-window.ts';
export { Menu, nativeImage, nativeTheme, net, Notification, powerMonitor, screen, Tray } from './desktop.ts';
export { dialog } from './dialog.ts';
export { safeStorage } from './safe-storage.ts';
export { protocol, session } from './session.ts';
export { app, ipcMain, shell };
/** Electron's own updater, which electron-updater tells that it quits. */
export const autoUpdater = new EventEmitter();
/** electron-store reads Electron this way. */
export default { app, ipcMain, shell };
