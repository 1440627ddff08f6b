import { expect, launch, missing, test } from './desktop-test.ts';

test.skip(missing !== null, missing ?? '');

test('the window shows the Overview, served by the app itself', async ({ page }) => {
  expect(page.url()).toBe('app://cachedeck/');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
});

test('the page is served with the policy and runs nothing inline', async ({ page }) => {
  const policy = await page.evaluate(async () => {
    const reply = await fetch(location.href);
    return reply.headers.get('content-security-policy');
  });
  expect(policy).toContain("default-src 'none'");
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.head.append(script);
    return 'injected' in globalThis;
  });
  expect(ran).toBe(false);
});

test('the page has nothing of Node or Electron but the named functions', async ({ page }) => {
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'ipcRenderer', 'Buffer'].filter((name) => name in globalThis),
  );
  expect(found).toEqual([]);
});

test('the page asks main over the bridge', async ({ page }) => {
  const reply = await page.evaluate(() => {
    const bridge = (globalThis as unknown as Record<string, Record<string, (input: object) => unknown>>)[
      'cachedeck'
    ];
    return bridge?.['app.info']?.({});
  });
  expect(reply).toMatchObject({
    ok: true,
    value: { host: 'desktop', capabilities: { quit: true, openFolder: true } },
  });
});

test('the page can neither leave nor open a window', async ({ app, page }) => {
  await page.evaluate(() => {
    window.open('https://example.com/');
    location.href = 'https://example.com/';
  });
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  expect(page.url()).toBe('app://cachedeck/');
  expect(app.windows()).toHaveLength(1);
});

test('the page reaches no other server', async ({ page }) => {
  const reached = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
});

test('a second instance ends at once and the first shows its window', async ({ app, page, userData }) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await expect(launch(userData)).rejects.toThrow(); // it ends before a window opens
  const minimized = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.isMinimized(),
  );
  expect(minimized).toBe(false);
});

test('the app ends within a second of being asked', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const ended = new Promise<void>((resolve) => app.process().once('exit', () => resolve()));
  const begun = performance.now();
  await app.evaluate(({ app: electron }) => electron.quit());
  await ended;
  expect(performance.now() - begun).toBeLessThan(1000);
});
