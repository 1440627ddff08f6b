import { tmpdir } from 'node:os';
import type { App, IpcMain } from 'electron';

const app = {
  getPath: () => tmpdir(),
  getVersion: () => '0.0.0',
} satisfies Pick<App, 'getPath' | 'getVersion'>;

/** It offers its folder to pages; none asks. */
const ipcMain = { on: () => {} } satisfies Record<keyof Pick<IpcMain, 'on'>, unknown>;

/** What electron-store asks of Electron when it is loaded and opened. */
export default { app, ipcMain };
