import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findBrowser } from '../../../build/find-browser.ts';
import { startDesktop, whyNoDesktop } from '../support/desktop-session.ts';
import type { DesktopSession } from '../support/desktop-session.ts';
import { expect, test as base } from '../support/app-test.ts';
import { lookAway } from '../support/notifications.ts';
import { chip, goByRail } from '../support/page.ts';

/** Chromium with a window on a desktop in memory; its pages may show notifications. */
const test = base.extend<{ desktop: DesktopSession }>({
  desktop: async ({ browserName }, provide, testInfo) => {
    const missing = whyNoDesktop();
    testInfo.skip(missing !== null, `no desktop where ${browserName} shows notifications: ${missing}`);
    const desktop = await startDesktop();
    await provide(desktop);
    await desktop.stop();
  },
  context: async ({ desktop }, provide) => {
    const browser = await chromium.launch({
      executablePath: findBrowser() ?? '',
      headless: false,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
      env: { ...process.env, ...desktop.environment },
    });
    const context = await browser.newContext({ permissions: ['notifications'] });
    await provide(context);
    await browser.close();
  },
});

function hasFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => document.hasFocus());
}

test('what is told reaches the screen in its words, and a click leads to the Alerts page', async ({
  desktop,
  context,
  page,
  start,
}) => {
  test.setTimeout(180_000);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');

  await goByRail(page, 'Settings');
  const section = page.getByRole('region', { name: 'Notifications', exact: true });
  await section.getByRole('button', { name: 'Send test notification' }).click();
  await expect(section).toContainText('✓ Shown: the system took it.');
  await expect.poll(desktop.displayed).toBe(1);
  await desktop.click();
  await expect(page).toHaveURL(/#\/alerts$/);
  await expect
    .poll(desktop.gone)
    .toMatchObject([
      { title: 'Test notification', body: expect.stringContaining('Alerts arrive like this one.') },
    ]);

  await goByRail(page, 'Overview');
  await page.getByRole('button', { name: /^Simulate/ }).click();
  await page.getByRole('menuitemradio', { name: /^VPN down/ }).click();
  await lookAway(context, [page]);
  expect(await hasFocus(page)).toBe(false);
  await expect.poll(desktop.displayed, { timeout: 60_000 }).toBe(1);
  await desktop.click();
  await expect(page).toHaveURL(/#\/alerts$/);
  await expect.poll(() => hasFocus(page)).toBe(true);
  await expect.poll(desktop.gone).toMatchObject([
    {
      title: 'VPN disconnected',
      body: expect.stringMatching(/Reported by orchestrator .* 8 engines behind it\./),
    },
    { title: 'Test notification' },
  ]);
});
