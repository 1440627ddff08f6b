import type { Page } from '@playwright/test';
import { expect as plainExpect, test } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { complaints, goByRail, region } from '../support/page.ts';

/** The demo answers with a real portal's latencies, and the machine may be busy. */
const expect = plainExpect.configure({ timeout: 15_000 });
test.describe.configure({ timeout: 90_000 });

async function actAs(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: 'User' }).click();
  await page.getByRole('option', { name }).click();
}

test('the demo’s customer: engagement, structure, clusters with a failed site, machines', async ({
  page,
  start,
}) => {
  const said = complaints(page);
  const app = await start();
  await page.goto(await app.link());
  await goByRail(page, 'Portal');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Portal');
  await actAs(page, /^c.*@orchard/);
  await expect(region(page, 'Engagement')).toContainText('Orchard Foods Private Cloud');
  await expect(region(page, 'Engagement')).toContainText('Customer: Orchard Foods');
  await expect(region(page, 'Business units')).toContainText('20 business units');
  await expect(region(page, 'Environments')).toContainText('30 environments');
  await expect(region(page, 'Endpoints')).toContainText('10 endpoints');
  await expect(region(page, 'Virtual machines')).toContainText('24 machines');
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const name of ['Zones', 'Virtual machines', 'Clusters']) {
    const cut = region(page, `${name}, table`);
    await expect.poll(() => cut.evaluate((grid) => grid.scrollWidth - grid.clientWidth)).toBe(0);
  }
  await expect(region(page, 'Clusters')).toContainText('Chennai did not answer');
  await expect(region(page, 'Clusters')).toContainText('Its clusters are not known.');
  await region(page, 'Virtual machines').getByRole('searchbox').fill('nothing like it');
  await expect(region(page, 'Virtual machines')).toContainText('No machine fits');
  await page.getByRole('button', { name: 'Refresh zones' }).click();
  await expect(region(page, 'Zones')).toContainText('Loaded');
  await expectCleanInBothSchemes(page);
  expect(said).toEqual([]);
});

test('the demo’s engineer has to choose; another engagement leaves nothing of the one before', async ({
  page,
  start,
}) => {
  const app = await start();
  await page.goto(await app.link());
  await goByRail(page, 'Portal');
  await actAs(page, /^e.*@cloud/);
  const chooser = region(page, 'Choose an engagement');
  await expect(chooser).toContainText('Harbour Lines Europe');
  await expect(region(page, 'Virtual machines')).toBeHidden();
  await expectCleanInBothSchemes(page);
  await chooser.getByRole('button', { name: /Use Orchard/ }).click();
  await expect(region(page, 'Virtual machines')).toContainText('orchard-');
  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('button', { name: /Use Quarry/ }).click();
  await expect(region(page, 'Engagement')).toContainText('Customer: Quarry Stone');
  await expect(page.getByRole('region', { name: /^Data of e/ })).toBeFocused();
  await expect(region(page, 'Virtual machines')).toContainText('quarry-');
  await expect(region(page, 'Virtual machines')).not.toContainText('orchard-');

  await page.getByRole('button', { name: 'Sign out…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Their session goes too');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText(/Nobody acts now/)).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'User' })).toBeFocused();
  await expect(page.locator('#content')).not.toContainText('quarry-');
});

test('an administrator’s change: zones are refused, and the engagement’s refresh brings the new id', async ({
  page,
  start,
}) => {
  const app = await start();
  await page.goto(await app.link());
  await goByRail(page, 'Portal');
  await actAs(page, /^c.*@orchard/);
  await expect(region(page, 'Engagement')).toContainText('1602');
  await expect(region(page, 'Zones')).toContainText('30 zones');
  await page.getByRole('button', { name: /Simulate/ }).click();
  await page.getByRole('menuitemradio', { name: /^Engagement changed/ }).click();
  await page.getByRole('button', { name: 'Refresh zones' }).click();
  await expect(region(page, 'Zones')).toContainText('refresh the engagement');
  await expect(region(page, 'Zones')).toContainText('30 zones');
  await page.getByRole('button', { name: 'Refresh engagement' }).click();
  await expect(region(page, 'Engagement')).toContainText('1788');
  await expect(region(page, 'Zones')).not.toContainText('refresh the engagement');
  await expect(region(page, 'Zones')).toContainText('30 zones');
});

test('a token that is none is refused at its field, and is nowhere afterwards', async ({ page, start }) => {
  const app = await start();
  await page.goto(await app.link());
  await goByRail(page, 'Portal');
  await page.getByRole('button', { name: 'Sign in with a token…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in with a token' });
  await dialog.getByRole('textbox', { name: 'E-mail address' }).fill('somebody@else.example');
  await dialog.getByRole('textbox', { name: 'Token' }).fill('not a token of anybody');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toContainText('This is not a token.');
  await expectCleanInBothSchemes(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await page.content()).not.toContain('not a token of anybody');
  expect(app.output()).not.toContain('not a token of anybody');
});

test('a profile without a portal has the way to the settings', async ({ replay, page }) => {
  await replay('single-vpn');
  await goByRail(page, 'Portal');
  await expect(region(page, 'No portal')).toContainText('has no portal');
  await expectCleanInBothSchemes(page);
});
