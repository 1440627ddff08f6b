import '../support/electron-stub/register.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { given } from '../support/electron-stub/session.ts';

// Runs in a process of its own: starts the main bundle of an unpacked archive as a packaged app, and reports.

export interface PackedReport {
  readonly preload: string;
  readonly preloadExists: boolean;
  readonly icon: string;
  readonly iconExists: boolean;
  readonly trayIcon: string;
  readonly trayIconExists: boolean;
  readonly pageStatus: number | null;
  readonly page: string;
  readonly script: number | null;
  readonly devTools: boolean | undefined;
  readonly channels: number;
}

const { app, BrowserWindow, Tray } = await import('../support/electron-stub/index.ts');

async function until<T>(what: string, question: () => T | null | undefined | false): Promise<T> {
  const end = performance.now() + 15_000;
  for (;;) {
    const answer = question();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function served(path: string) {
  return given.protocols.get('app')?.(new Request(`app://cachedeck/${path}`));
}

const [unpacked = '', resources = ''] = process.argv.slice(2);
app.isPackaged = true;
Object.assign(process, { resourcesPath: resources });
await import(join(unpacked, 'out/main/index.js'));
app.becomeReady();
const window = await until('the window', () => BrowserWindow.getAllWindows()[0]);
await until('the page', () => window.webContents.getURL());
window.emit('ready-to-show');
const tray = await until('the tray', () => Tray.all[0]);
const index = await served('');
const page = (await index?.text()) ?? '';
const [, script = 'none'] = /src="\.\/(assets\/[^"]+\.js)"/.exec(page) ?? [];
const { icon: shown, webPreferences: { preload = '', devTools } = {} } = window.options;
const icon = typeof shown === 'string' ? shown : '';
const report: PackedReport = {
  preload,
  preloadExists: existsSync(preload),
  icon,
  iconExists: existsSync(icon),
  trayIcon: tray.image.path,
  trayIconExists: existsSync(tray.image.path),
  pageStatus: index?.status ?? null,
  page,
  script: (await served(script))?.status ?? null,
  devTools,
  channels: given.channels.size,
};
process.send?.(report);
app.quit();
await until('the end', () => app.exitCode !== null);
process.exit();
