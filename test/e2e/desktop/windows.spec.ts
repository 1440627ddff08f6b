import { askMain, expect, missing, pressMenu, test } from './desktop-test.ts';

// Several windows and the wallboard in the running app. Needs a machine with Electron.
test.skip(missing !== null, missing ?? '');

test('a second window is served as the first is, and closing it asks nothing and keeps the first', async ({
  app,
  page,
}) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const opening = app.waitForEvent('window');
  await pressMenu(app, 'New window');
  const second = await opening;
  await expect(second.getByTestId('overall')).toContainText('live');
  await expect(page.getByTestId('overall')).toContainText('live');
  expect(await askMain(second, 'app.info')).toMatchObject({ ok: true });
  const places = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getPosition().join(' ')),
  );
  expect(new Set(places).size).toBe(2);
  await second.close();
  await expect.poll(() => app.windows().length).toBe(1);
  expect(await askMain(page, 'app.info')).toMatchObject({ ok: true });
});

test('a page opens a window on a page of the app, and on nothing else', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const opening = app.waitForEvent('window');
  expect(await askMain(page, 'windows.open', { route: '#/alerts' })).toMatchObject({ ok: true });
  const second = await opening;
  await expect(second.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible();
  expect(await askMain(page, 'windows.open', { route: 'https://example.com/' })).toMatchObject({
    ok: false,
    error: { code: 'bad-request' },
  });
  expect(app.windows()).toHaveLength(2);
});

test('the wallboard fills the screen, keeps it on, and Escape gives the window back', async ({
  app,
  page,
}) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const isFull = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen() ?? false);
  await pressMenu(app, 'Wallboard');
  await expect(page.getByRole('heading', { name: 'Wallboard' })).toBeAttached();
  await expect.poll(isFull).toBe(true);
  const lock = () =>
    page.evaluate(() =>
      navigator.wakeLock.request('screen').then(
        (held) => held.release().then(() => 'given'),
        (error: unknown) => String(error),
      ),
    );
  expect(await lock()).toBe('given');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeAttached();
  await expect.poll(isFull).toBe(false);
});
