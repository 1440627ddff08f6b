import type { Page } from '@playwright/test';
import { expect as plainExpect, test } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { complaints, goByRail, region } from '../support/page.ts';

/** The demo answers with a real portal's latencies, and the machine may be busy. */
const expect = plainExpect.configure({ timeout: 15_000 });
test.describe.configure({ timeout: 90_000 });

/** Looks at the customer's engagement, so that there is a session, and goes to Sessions. */
async function withSession(page: Page): Promise<void> {
  await goByRail(page, 'Portal');
  await page.getByRole('combobox', { name: 'User' }).click();
  await page.getByRole('option', { name: /^c.*@orchard/ }).click();
  await expect(region(page, 'Zones')).toContainText(/\d+ zones/);
  await goByRail(page, 'Sessions');
}

test('a session in the demo: list, inspector, refresh, clear; isolated; clear all by holding', async ({
  page,
  start,
}) => {
  const said = complaints(page);
  const app = await start();
  await page.goto(await app.link());
  await withSession(page);
  const row = page.getByRole('row', { name: /@orchard\.example/ });
  await expect(row).toContainText('7/7');
  await expect(row).not.toContainText('customer@');
  await expect(region(page, 'Isolation')).toContainText('nobody has anything of another');
  await expectCleanInBothSchemes(page);

  await row.getByRole('button', { name: /^Inspect/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Session of customer@orchard.example' });
  const zones = dialog.getByRole('listitem', { name: 'Zones' });
  await expect(zones).toContainText('Kept');
  await expect(zones).toContainText(/expires in 23 h 5\d min/);
  const age = async (): Promise<number> => Number(/(\d+) s old/.exec(await zones.innerText())?.[1] ?? 0);
  await expect.poll(age).toBeGreaterThan(4);
  const before = await age();
  await zones.getByRole('button', { name: 'Refresh Zones' }).click();
  await expect.poll(age).toBeLessThan(before);
  await zones.getByText('JSON').click();
  await expect(zones.locator('pre')).toContainText('"cidr"');
  await expectCleanInBothSchemes(page);
  await dialog.getByRole('button', { name: 'Clear session…' }).click();
  await page.getByRole('button', { name: 'Clear session', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toBeHidden();

  await withSession(page);
  await expect(row).toContainText('7/7');
  await page.getByRole('button', { name: 'Clear all sessions…' }).click();
  const hold = page.getByRole('button', { name: 'Hold to clear' });
  await hold.hover();
  await page.mouse.down();
  await expect(page.getByText(/fields removed/).first()).toBeVisible();
  await page.mouse.up();
  await expect(page.getByRole('button', { name: 'Clear all sessions…' })).toBeFocused();
  await expect(region(page, 'Users')).toContainText('Nothing is kept of anybody yet.');
  expect(said).toEqual([]);
});

test('the comparison runs live and has the document’s calls', async ({ page, start }) => {
  test.setTimeout(120_000);
  const app = await start();
  await page.goto(await app.link());
  await withSession(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Running…' })).toBeVisible();
  const three = region(page, 'Three operations').getByRole('row', { name: /^Together/ });
  await expect(three).toBeVisible({ timeout: 90_000 });
  const calls = async (table: string): Promise<readonly string[]> => {
    const cells = region(page, table)
      .getByRole('row', { name: /^Together/ })
      .getByRole('cell');
    return (await cells.allTextContents()).map((text) => text.split(' · ')[0] ?? '');
  };
  expect(await calls('Three operations')).toEqual(['9', '9', '5', '5', '2', '2', '44 %', '44 %']);
  expect(await calls('Five operations')).toEqual(['14', '14', '5', '6', '2', '2', '64 %', '86 %']);
  await expectCleanInBothSchemes(page);
});
