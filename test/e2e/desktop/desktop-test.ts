import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { findElectron } from '../../../build/electron-binary.ts';
import { root } from '../../../build/paths.ts';
import { hasDisplay } from '../../../build/start-plan.ts';

const binary = findElectron();

/** Starts the built app on the demo profile with a user folder of its own. */
export async function launch(userData: string, ...args: string[]): Promise<ElectronApplication> {
  return _electron.launch({
    ...(binary === null ? {} : { executablePath: binary }),
    args: [root, `--user-data-dir=${userData}`, ...args],
    // The entry for starting at login belongs into that folder too.
    env: { ...process.env, CACHEDECK_PROFILE: 'demo', XDG_CONFIG_HOME: join(userData, 'config') },
    chromiumSandbox: process.getuid?.() !== 0, // Playwright would switch the sandbox off
  });
}

type Bridge = Record<string, (input: object) => Promise<unknown>>;

/** Asks main as the page would. */
export async function askMain(page: Page, name: string, input: object = {}): Promise<unknown> {
  return page.evaluate(
    ([called, argument]) => (globalThis as unknown as { cachedeck: Bridge }).cachedeck[called]?.(argument),
    [name, input] as const,
  );
}

/** Address of what the one window shows. */
export async function shownUrl(app: ElectronApplication): Promise<string> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '');
}

/** Ends the page's process, as a crash does. */
export async function crashPage(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}

/** Presses an item of the native menu by its label. */
export async function pressMenu(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate(({ Menu }, wanted) => {
    for (const item of Menu.getApplicationMenu()?.items ?? []) {
      item.submenu?.items.find((each) => each.label === wanted)?.click();
    }
  }, label);
}

function whatIsMissing(): string | null {
  if (binary === null) {
    return 'no Electron runtime (run "npx install-electron", or set ELECTRON_OVERRIDE_DIST_PATH)';
  }
  return hasDisplay(process.platform, process.env) ? null : 'no display for Electron (run under "xvfb-run")';
}

/** Why the desktop app cannot run here and how to get what is missing; null: it can. */
export const missing = whatIsMissing();

/** Playwright's `test` on the desktop app; each test has an app and a user folder of its own. */
export const test = base.extend<{ userData: string; app: ElectronApplication; page: Page }>({
  userData: async ({ browserName }, provide) => {
    const folder = await mkdtemp(join(tmpdir(), `cachedeck-${browserName}-`));
    await provide(folder);
    // Electron's helper processes end a little later, and on Windows hold their files until then.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  },
  app: async ({ userData }, provide) => {
    const app = await launch(userData);
    await provide(app);
    await app.close();
  },
  page: async ({ app }, provide) => {
    await provide(await app.firstWindow());
  },
});

export { expect } from '@playwright/test';
