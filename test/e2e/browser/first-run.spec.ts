import { expect, test } from '../support/app-test.ts';
import { chip, complaints, region } from '../support/page.ts';

test('with no backend the demo is up, labelled, three cards live within 3 s', async ({ page, start }) => {
  const said = complaints(page);
  const app = await start();
  expect(app.readyMs).toBeLessThan(5000);
  const began = Date.now();
  await page.goto(await app.link());
  for (const card of ['Engines', 'Orchestrator', 'VPN']) {
    await expect(chip(page, card)).toContainText('Live', { timeout: 3000 });
  }
  expect(Date.now() - began).toBeLessThan(3000);
  await expect(page.getByText('Demo data')).toBeVisible();
  await expect(region(page, 'Engines')).toContainText('of 8 healthy');
  await expect(page.getByTestId('overall')).toHaveText(/All 3 sources live/);
  await expect(page).toHaveTitle('Overview · Cachedeck');
  await expect(region(page, 'Hit rate')).toContainText('Refresh ahead loads about', {
    timeout: 12_000,
  });
  expect(said).toEqual([]);
});

test('Ctrl-C stops everything within a second', async ({ page, start }) => {
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  expect(await app.stop()).toBeLessThan(1000);
});

test('a link works once; Enter prints a fresh one', async ({ browser, start }) => {
  const app = await start();
  const link = await app.link();
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(link);
  await expect(chip(page, 'VPN')).toContainText('Live');
  const second = await browser.newContext();
  const late = await second.newPage();
  const refused = await late.goto(link);
  expect(refused?.status()).toBe(401);
  await expect(late.getByText('Enter')).toBeVisible();
  await late.goto(await app.link());
  await expect(chip(late, 'VPN')).toContainText('Live');
  await Promise.all([first.close(), second.close()]);
});

test('the page runs under a strict policy: nothing inline, nothing from elsewhere', async ({
  page,
  start,
}) => {
  const app = await start();
  const reply = await page.goto(await app.link());
  const policy = reply?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  await expect(chip(page, 'VPN')).toContainText('Live');
  const foreign = await page.evaluate(() =>
    performance.getEntriesByType('resource').filter((entry) => !entry.name.startsWith(location.origin)),
  );
  expect(foreign).toEqual([]);
});
