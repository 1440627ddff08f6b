import type { Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { handedBy, lookAway, permitNotifications } from '../support/notifications.ts';
import { chip, goByRail } from '../support/page.ts';
import { withDataFolder } from '../support/settings-page.ts';

/** The demo's own times: stale after 10 s, told 5 s later, and what happens within 5 s leaves as one message. */
const tellsWithin = 60_000;
/** ms in which nothing more may come. */
const silence = 12_000;

async function simulate(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: /^Simulate/ }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${words}`) }).click();
}

/** Titles in the bell, oldest first. */
async function told(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: /^Notices/ }).click();
  const titles = await page.locator('.notices .notice-title').allInnerTexts();
  await page.keyboard.press('Escape');
  return titles.toReversed();
}

test('VPN cut while someone looks: one toast, which gives way to the one that it is back', async ({
  page,
  start,
}) => {
  test.setTimeout(180_000);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', './favicon-ok.svg');
  await simulate(page, 'VPN down');
  const toasts = page.locator('.toast');
  await expect(toasts).toContainText('VPN disconnected', { timeout: tellsWithin });
  await expect(toasts).toContainText('Serious');
  await expect(toasts).toContainText(/Reported by orchestrator .* 8 engines behind it\./);
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', './favicon-bad.svg');
  await expect(page).toHaveTitle(/^✕ /);
  await expectCleanInBothSchemes(page);
  await page.waitForTimeout(silence);
  await expect(toasts).toHaveCount(1);

  await toasts.getByRole('button', { name: 'Open' }).click();
  await expect(page).toHaveURL(/#\/alerts$/);
  await simulate(page, 'Nothing wrong');
  await expect(toasts).toContainText('VPN connected again', { timeout: tellsWithin });
  await expect(toasts).toHaveCount(1);
  expect(await told(page)).toEqual(['VPN disconnected', 'VPN connected again']);
  await page.getByRole('button', { name: /^Notices/ }).click();
  await expectCleanInBothSchemes(page);
});

test('the whole backend stopped while nobody looks: one notification of one tab, and one when it is back', async ({
  page,
  context,
  start,
}) => {
  test.setTimeout(240_000);
  await permitNotifications(context);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  const second = await context.newPage();
  await second.goto(new URL('/', page.url()).href);
  await expect(chip(second, 'VPN')).toContainText('Live');
  const both = async () => [...(await handedBy(page)), ...(await handedBy(second))];
  await simulate(page, 'Connection refused');
  await lookAway(context, [page, second]);

  await expect.poll(both, { timeout: tellsWithin }).toHaveLength(1);
  const [down] = await both();
  expect(down?.title).toBe('Orchestrator is not answering');
  expect(down?.body).toMatch(
    /^No reply from .+ for \d+ s \(connection refused\)\. 3 sources affected; one notice for all\.$/,
  );
  await page.waitForTimeout(silence);
  expect(await both()).toHaveLength(1);

  await page.bringToFront();
  await simulate(page, 'Nothing wrong');
  await lookAway(context, [page]);
  await expect.poll(both, { timeout: 90_000 }).toHaveLength(2);
  expect((await both()).map(({ title }) => title)).toContain('Orchestrator answers again');
  await page.waitForTimeout(silence);
  expect(await both()).toHaveLength(2);
  await expect(page.locator('.toast')).toHaveCount(0);
});

test('an app started anew while an alert is firing tells it no second time', async ({ page, start }) => {
  test.setTimeout(180_000);
  await withDataFolder(async (folder) => {
    const environment = { CACHEDECK_DATA: folder, CACHEDECK_DEMO_FAULT: 'vpn-down' };
    const first = await start(environment);
    await page.goto(await first.link());
    await expect(page.locator('.toast')).toContainText('VPN disconnected', { timeout: tellsWithin });
    await first.stop();
    const again = await start(environment);
    await page.goto(await again.link());
    await goByRail(page, 'Alerts');
    const active = page.getByRole('tabpanel', { name: 'Active' });
    await expect(active).toContainText('VPN disconnected');
    await page.waitForTimeout(30_000); // the first was told within less
    await expect(active).toContainText('VPN disconnected');
    expect(await told(page)).toEqual([]);
    await page.close(); // else it logs the loss of its host
    await again.stop(); // the folder goes before the hosts do
  });
});

test('a VPN that flaps is told twice, then once as unstable and once as settled', async ({ page, start }) => {
  test.slow();
  test.setTimeout(480_000);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await simulate(page, 'Flapping VPN');
  const unstable = page.locator('.toast', { hasText: 'VPN is unstable' });
  await expect(unstable).toBeVisible({ timeout: 240_000 });
  await simulate(page, 'Nothing wrong');
  const settled = page.locator('.toast', { hasText: 'VPN has settled' });
  await expect(settled).toBeVisible({ timeout: 120_000 });
  expect(await told(page)).toEqual([
    'VPN disconnected',
    'VPN connected again',
    'VPN disconnected',
    'VPN connected again',
    'VPN is unstable',
    'VPN has settled',
  ]);
});

test('a test notification says what became of it, with and without the permission', async ({
  page,
  context,
  start,
}) => {
  const app = await start();
  await page.goto(await app.link());
  await goByRail(page, 'Settings');
  const section = page.getByRole('region', { name: 'Notifications', exact: true });
  const send = section.getByRole('button', { name: 'Send test notification' });
  await send.click();
  await expect(section).toContainText('Not shown: this browser is not allowed to show notifications.');
  await permitNotifications(context);
  await page.reload();
  await expect(section).toContainText('Allowed');
  await send.click();
  await expect.poll(() => handedBy(page)).toHaveLength(1);
  expect(await handedBy(page)).toMatchObject([{ title: 'Test notification' }]);
  await expect(section).toContainText(/✓ Shown: the system took it|✕ Not shown: the system did not take it/);
  await expect(page.locator('.toast')).toHaveCount(0);
  await page.getByRole('button', { name: /^Notices/ }).click();
  await expect(page.locator('.notices li').first()).toContainText(/Shown by the system|did not take it/);
});
