import type { Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { expectCleanInBothSchemes, findings } from '../support/axe.ts';
import { chip, complaints } from '../support/page.ts';

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Find a page, an action or a name' })).toBeFocused();
}

test('finds pages, actions and names; what cannot be undone asks first; the focus comes back', async ({
  page,
  start,
}) => {
  const said = complaints(page);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  const palette = page.getByRole('dialog', { name: 'Commands' });

  await openPalette(page);
  await expectCleanInBothSchemes(page);
  await page.keyboard.type('history');
  await expect(palette.getByRole('option').first()).toHaveText('Cache: History');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Cache' })).toBeFocused();
  await expect(page.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');

  await openPalette(page);
  await expect(palette.getByRole('group', { name: 'Recently used' })).toContainText('Cache: History');
  await page.keyboard.type('clear cache');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toContainText(/Clear \d+ entries/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();

  await openPalette(page);
  await page.keyboard.type('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await openPalette(page);
  await page.keyboard.type('vpn:status');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('searchbox', { name: 'Filter keys' })).toHaveValue('vpn:status');
  await expect(
    page.getByRole('grid', { name: 'Entries of the app cache' }).getByRole('rowheader'),
  ).toHaveText(['vpn:status']);

  await openPalette(page);
  await page.keyboard.type('export entries');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /^CSV/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Export Entries' })).toBeFocused();

  // What was focused before has the focus again.
  const filter = page.getByRole('searchbox', { name: 'Filter keys' });
  await filter.focus();
  await openPalette(page);
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(filter).toBeFocused();
  expect(said).toEqual([]);
});

test('stands in a window of 640 px and in forced colours', async ({ page, start }) => {
  const app = await start();
  await page.setViewportSize({ width: 640, height: 640 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.getByRole('button', { name: 'Find…' }).click();
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.getByRole('option', { name: 'Overview', exact: true })).toBeInViewport();
  const box = await palette.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(640);
  expect(await findings(page)).toEqual([]);
});
