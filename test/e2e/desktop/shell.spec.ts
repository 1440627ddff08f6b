import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { notHere } from '../support/not-here.ts';
import { crashPage, expect, missing, pressMenu, shownUrl, test } from './desktop-test.ts';

test.skip(missing !== null, missing ?? '');

const overview = 'app://cachedeck/';
const errorPage = 'app://cachedeck/crashed';

test('a page whose process is lost comes back once, then says why it does not', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.on('did-finish-load', () => Object.assign(globalThis, { loads: contents.getURL() }));
  });
  const lastLoad = () => app.evaluate(() => (globalThis as { loads?: string }).loads);
  await crashPage(app);
  await expect.poll(lastLoad).toBe(overview);
  await crashPage(app);
  await expect.poll(lastLoad).toBe(errorPage);
  const text = await app.evaluate(({ BrowserWindow }) => {
    const script = 'document.body.innerText'; // the test's own; the app never sends code
    return BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script) as Promise<string>;
  });
  expect(text).toContain('The page stopped working');
  expect(text).toContain('Open Cachedeck again');
});

test('the menu goes to a page without loading the document again', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.evaluate(() => Object.assign(globalThis, { kept: true }));
  await pressMenu(app, 'Settings…');
  await expect.poll(() => shownUrl(app)).toBe('app://cachedeck/#/settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  expect(await page.evaluate(() => 'kept' in globalThis)).toBe(true);
});

test('a download of the page is cancelled', async ({ app, page }) => {
  await app.evaluate(({ session }) => {
    session.defaultSession.on('will-download', (event) => {
      Object.assign(globalThis, { cancelled: event.defaultPrevented });
    });
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'data:application/octet-stream;base64,AA==';
    link.download = 'x.bin';
    link.click();
  });
  await expect.poll(() => app.evaluate(() => (globalThis as { cancelled?: boolean }).cancelled)).toBe(true);
});

test('the theme of the page follows the setting', async ({ app, page }) => {
  const change = (theme: string) =>
    page.evaluate((to) => {
      const bridge = (globalThis as unknown as Record<string, Record<string, (input: object) => unknown>>)[
        'cachedeck'
      ];
      return bridge?.['settings.change']?.({ theme: to });
    }, theme);
  for (const theme of ['dark', 'light']) {
    expect(await change(theme)).toMatchObject({ ok: true });
    await expect
      .poll(() => page.evaluate((asked) => matchMedia(`(prefers-color-scheme: ${asked})`).matches, theme))
      .toBe(true);
    expect(await app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe(theme);
  }
});

test('starting at login is written and removed with the setting', async ({ page, userData }) => {
  test.skip(process.platform !== 'linux', notHere('macOS and Windows keep a list of their own'));
  const file = join(userData, 'config', 'autostart', 'cachedeck.desktop');
  const change = (startAtLogin: boolean) =>
    page.evaluate((on) => {
      const bridge = (globalThis as unknown as Record<string, Record<string, (input: object) => unknown>>)[
        'cachedeck'
      ];
      return bridge?.['settings.change']?.({ startAtLogin: on });
    }, startAtLogin);
  await change(true);
  await expect.poll(() => existsSync(file)).toBe(true);
  await change(false);
  await expect.poll(() => existsSync(file)).toBe(false);
});

test('a window on no display comes back to one', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const reachable = await app.evaluate(({ app: electron, BrowserWindow, screen }) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (!window) return false;
    window.setPosition(50_000, 50_000);
    electron.emit('activate');
    const { x, y } = window.getBounds();
    return screen
      .getAllDisplays()
      .some(({ workArea }) => x < workArea.x + workArea.width && y < workArea.y + workArea.height);
  });
  expect(reachable).toBe(true);
});
