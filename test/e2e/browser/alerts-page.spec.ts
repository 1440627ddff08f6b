import type { Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { chip, complaints, goByRail, region } from '../support/page.ts';

async function simulate(page: Page, fault: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Simulate/ }).click();
  await page.getByRole('menuitemradio', { name: fault }).click();
}

/** Where the parts of the Overview begin, in px. */
async function tops(page: Page): Promise<readonly number[]> {
  return page
    .locator('.tiles, .hit-rate, .timeline, .latest, .overview-alerts, .engines')
    .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top));
}

test('an alert comes to the Overview without moving it, is snoozed on its page and told of in the history', async ({
  page,
  start,
}) => {
  test.setTimeout(150_000);
  const said = complaints(page);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await expect(page.locator('.charts')).toBeVisible({ timeout: 12_000 });
  const panel = region(page, 'Active alerts');
  await expect(panel).toContainText('Nothing is firing. Watching 3 sources and');
  const before = await tops(page);
  await simulate(page, /VPN down/);
  const line = panel.getByRole('listitem').filter({ hasText: 'VPN disconnected' });
  await expect(line).toContainText('Firing', { timeout: 60_000 });
  await expect(region(page, 'Key figures')).toContainText(/Firing alerts[1-9]/);
  expect(await tops(page)).toEqual(before);

  await goByRail(page, 'Alerts');
  const alert = region(page, 'Active alerts').getByRole('listitem').filter({ hasText: 'VPN disconnected' });
  await expect(alert).toContainText('Serious');
  await expect(alert).toContainText(/for \d+ s/);
  await expectCleanInBothSchemes(page);
  await alert.getByRole('button', { name: /^Snooze/ }).click();
  await page.getByRole('menuitem', { name: '1 h' }).click();
  const end = alert.getByRole('button', { name: /^End snooze/ });
  await expect(end).toBeFocused();
  await expect(alert).toContainText(/Snoozed until \d\d:\d\d · 59 min left/);
  await expect(page.getByRole('tab', { name: 'Silences 1' })).toBeVisible();
  await end.press('Enter');
  await expect(alert.getByRole('button', { name: /^Snooze/ })).toBeFocused();

  // By keyboard to the history; the address leads there again.
  await page.getByRole('tab', { name: /^Active/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const history = region(page, 'Alert history, newest first');
  await expect(history.getByRole('row', { name: /Fired.*VPN disconnected/ })).toBeVisible();
  await expect(history.getByRole('row', { name: /Snooze ended/ })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('#/alerts/history');
  await page.reload();
  await expect(page.getByRole('tab', { name: 'History', selected: true })).toBeVisible();
  await expect(history.getByRole('row', { name: /Snoozed/ })).toBeVisible();
  await expectCleanInBothSchemes(page);
  expect(said).toEqual([]);
});

test('rules and silences are kept by main, and fit at 640 px', async ({ page, start }) => {
  test.setTimeout(90_000);
  const app = await start();
  await page.goto(await app.link());
  await goByRail(page, 'Alerts');
  await page.getByRole('tab', { name: /^Rules/ }).click();
  const rules = region(page, 'Rules');
  await expect(rules.getByRole('row', { name: /Source is stale/ })).toContainText(
    /Not met · VPN status is stale/,
  );
  await rules.getByRole('switch', { name: 'VPN emergency mode' }).click();
  await expect(rules.getByRole('switch', { name: 'VPN emergency mode' })).not.toBeChecked();
  const polls = rules.getByRole('textbox', { name: /^Stale after/ });
  await polls.fill('1');
  await polls.press('Enter');
  await expect(polls).toHaveValue('2');
  await expect(rules.getByRole('row', { name: /Source is stale/ })).toContainText('Saved');
  await page.reload();
  await expect(polls).toHaveValue('2');
  await expect(rules.getByRole('switch', { name: 'VPN emergency mode' })).not.toBeChecked();
  await expectCleanInBothSchemes(page);

  await page.getByRole('tab', { name: /^Silences/ }).click();
  await page.getByRole('button', { name: 'Silence', exact: true }).click();
  const silences = region(page, 'Silences');
  await expect(silences.getByRole('row')).toHaveCount(2);
  await expectCleanInBothSchemes(page);
  await silences.getByRole('button', { name: /^End/ }).click();
  await expect(silences).toContainText('Nothing is muted.');
  await expect(silences.getByRole('heading', { name: 'Silences' })).toBeFocused();

  await page.setViewportSize({ width: 640, height: 800 });
  for (const tab of [/^Active/, /^History/, /^Rules/, /^Silences/]) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
    const [needed, given] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      window.innerWidth,
    ]);
    expect(needed, String(tab)).toBeLessThanOrEqual(given ?? 0);
  }
});
