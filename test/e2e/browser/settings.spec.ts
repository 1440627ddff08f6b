import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { complaints } from '../support/page.ts';
import {
  addProfile,
  nothingChosen,
  openSettings,
  settingRow,
  withDataFolder,
} from '../support/settings-page.ts';

async function choose(page: Page, setting: string, choice: string): Promise<void> {
  await page.getByRole('combobox', { name: setting }).click();
  await page.getByRole('option', { name: choice }).click();
  await expect(settingRow(page, setting)).toContainText('Saved');
}

test('settings are in effect at once and survive a restart; the environment goes before them', async ({
  page,
  start,
}) => {
  test.setTimeout(60_000);
  await withDataFolder(async (folder) => {
    const first = await start({ CACHEDECK_DATA: folder });
    await page.goto(await first.link());
    await openSettings(page);
    await choose(page, 'Theme', 'Dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await choose(page, 'Density', 'Compact');
    await choose(page, 'Log level', 'Warnings');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('tok');
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
    await expect(settingRow(page, 'Time zone')).toContainText('Saved');
    await page.getByRole('textbox', { name: 'Keep history' }).fill('14');
    await page.keyboard.press('Enter');
    await expect(settingRow(page, 'Keep history')).toContainText('Saved');
    await page.getByRole('switch', { name: 'Refresh ahead' }).click();
    await expect(page.getByRole('switch', { name: 'Refresh ahead' })).not.toBeChecked();
    await addProfile(page, { name: 'Lab', url: 'https://lab.example:8000', key: 'kept-secret' });
    await first.stop();

    const second = await start({ CACHEDECK_DATA: folder, CACHEDECK_LOG: 'error' });
    await page.goto(await second.link());
    await openSettings(page);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.getByRole('combobox', { name: 'Theme' })).toContainText('Dark');
    await expect(page.getByRole('combobox', { name: 'Density' })).toContainText('Compact');
    await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Asia/Tokyo');
    await expect(page.getByRole('textbox', { name: 'Keep history' })).toHaveValue('14');
    await expect(page.getByRole('switch', { name: 'Refresh ahead' })).not.toBeChecked();
    await expect(page.getByRole('combobox', { name: 'Log level' })).toContainText('Errors');
    await expect(page.getByRole('combobox', { name: 'Log level' })).toBeDisabled();
    await expect(settingRow(page, 'Log level')).toContainText('Set by CACHEDECK_LOG');
    await expect(page.getByRole('listitem', { name: 'Lab', exact: true })).toContainText('API key stored');
    await expect(page.getByText(folder, { exact: true })).toBeVisible();
  });
});

test('the log can be read and a bundle saved; neither holds the keys that were typed', async ({
  page,
  start,
}, info) => {
  const said = complaints(page);
  const app = await start();
  await page.goto(await app.link());
  await openSettings(page);
  await addProfile(page, { name: 'Lab', url: 'https://lab.example:8000', key: 'k-that-must-not-show' });
  await page.getByRole('button', { name: 'Show last lines' }).click();
  await expect(page.getByRole('textbox', { name: /lines of the log/ })).not.toHaveValue('');
  expect(await page.getByRole('textbox', { name: /lines of the log/ }).inputValue()).not.toContain(
    'k-that-must-not-show',
  );
  const handed = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save diagnostic bundle' }).click();
  const path = info.outputPath('bundle.json');
  await (await handed).saveAs(path);
  const bundle = await readFile(path, 'utf8');
  expect(JSON.parse(bundle)).toBeInstanceOf(Object);
  expect(bundle).not.toContain('k-that-must-not-show');
  expect(said).toEqual([]);
});

test('axe finds nothing serious: first run, settings, an open list, the form with a failed test', async ({
  page,
  start,
}) => {
  test.setTimeout(60_000);
  const app = await start(nothingChosen);
  await page.goto(await app.link());
  await expect(page.getByRole('heading', { name: 'Welcome to Cachedeck' })).toBeVisible();
  await expectCleanInBothSchemes(page);
  await page.getByRole('button', { name: 'Use the demo' }).click();
  await openSettings(page);
  await expectCleanInBothSchemes(page);
  await page.getByRole('combobox', { name: 'Log level' }).click();
  await expectCleanInBothSchemes(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New profile' }).click();
  const dialog = page.getByRole('dialog', { name: 'New profile' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9');
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog).toContainText('Orchestrator: failed');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Give the profile a name.');
  await expectCleanInBothSchemes(page);
});

test('no width scrolls sideways: settings and its form down to 640 px', async ({ page, start }) => {
  const app = await start();
  await page.goto(await app.link());
  await openSettings(page);
  for (const width of [1440, 1024, 800, 640]) {
    await page.setViewportSize({ width, height: 640 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, String(width)).toBeLessThanOrEqual(0);
  }
  await page.getByRole('button', { name: 'New profile' }).click();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Test connection' })).toBeInViewport();
});
