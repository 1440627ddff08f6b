/**
 * The part of Electron's main process that Cachedeck uses, without Electron: it records what the app asks and lets a
 * test play the system's part. Typed against Electron's own typings, so a call that Electron does not have is a type
 * error here too.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog, Menu, nativeImage, nativeTheme, Notification, powerMonitor, Tray } from './desktop.ts';
export { ipcMain, protocol, session } from './session.ts';
