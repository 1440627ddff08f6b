import type { Locator, Page } from '@playwright/test';
import { expect, test as appTest } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { manyEntries, startFilledApp } from '../support/filled-app.ts';
import type { FilledApp } from '../support/filled-app.ts';
import { complaints, goByRail } from '../support/page.ts';

const total = 10_000;

const test = appTest.extend<{ full: FilledApp }>({
  full: async ({ page }, provide) => {
    const full = await startFilledApp(manyEntries(total));
    await page.goto(full.link);
    await goByRail(page, 'Cache');
    await expect(page.getByRole('grid')).toContainText('report:00000');
    await provide(full);
    await page.close();
    await full.stop();
  },
});

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Entries of the app cache' });
const rows = (page: Page): Locator => grid(page).locator('tbody tr[data-index]');
const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Filter keys' });
const row = (page: Page, key: string): Locator => rows(page).filter({ hasText: key });
const toast = (page: Page, title: string | RegExp): Locator =>
  page.locator('.toast').filter({ hasText: title });

/** Keys of the rows that are drawn, from the top. */
async function keysOf(page: Page): Promise<string[]> {
  return rows(page)
    .locator('th .mono')
    .evaluateAll((cells) => cells.map((cell) => cell.textContent));
}

async function sortBy(page: Page, title: string): Promise<void> {
  await grid(page).getByRole('button', { name: title, exact: true }).click();
}

/** The key of the row that has the focus. */
async function focusedKey(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.querySelector('th .mono')?.textContent ?? null);
}

test('10 000 entries: filtered by part and by pattern, sorted by each column, to the end and back', async ({
  page,
  full,
}) => {
  await page.setViewportSize({ width: 1440, height: 720 }); // narrower ones have fewer columns
  test.setTimeout(90_000);
  const said = complaints(page);
  const held = full.cache.size;
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(held + 1));
  expect(await rows(page).count()).toBeLessThan(100);

  await search(page).fill('00123');
  await expect(rows(page)).toHaveCount(1);
  await expect(page.locator('.explorer-count')).toContainText(/^1 of 10/);
  await search(page).fill('USER:0000?');
  await expect(rows(page)).toHaveCount(3);
  expect(await keysOf(page)).toEqual(['user:00002', 'user:00005', 'user:00008']);
  await search(page).fill('tile:*');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3334');
  await search(page).fill('user:*x');
  await expect(page.getByText(/No key fits user:\*x/)).toBeVisible();
  await page.locator('.explorer-filter input').fill('');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(held + 1));

  for (const [title, first] of [
    ['Namespace', /^engines|^orchestrator|^health|^report/],
    ['State', /./],
    ['Data age', /^tile:09999|^report:09999/],
    ['Time left', /./],
    ['Size', /./],
    ['Hits', /:/],
    ['Last hit', /:/],
    ['Came by', /./],
    ['Key', /^engines:list/],
  ] as const) {
    await sortBy(page, title);
    await expect(grid(page).locator('th[aria-sort]')).toContainText(title);
    await expect.poll(async () => (await keysOf(page))[0], { message: title }).toMatch(first);
  }

  await sortBy(page, 'Key');
  await expect(grid(page).locator('th[aria-sort]')).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(async () => (await keysOf(page))[0]).toMatch(/^vpn:status|^workstations_list/);
  const last = (await keysOf(page))[0];
  await rows(page).first().focus();
  await page.keyboard.press('End');
  await expect.poll(() => focusedKey(page)).toBe('engines:list');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect
    .poll(async () => page.evaluate(() => document.activeElement?.getAttribute('data-index')))
    .toBe(String(held - 3));
  await page.keyboard.press('Home');
  await expect.poll(() => focusedKey(page)).toBe(last);
  await page.keyboard.press('j');
  await expect
    .poll(async () => page.evaluate(() => document.activeElement?.getAttribute('data-index')))
    .toBe('1');

  // Scrolled away by the wheel, the focus waits in the table; J goes on from the row it was on.
  await page.locator('.data-scroll').evaluate((box) => void (box.scrollTop = box.scrollHeight / 2));
  await expect.poll(async () => page.evaluate(() => document.activeElement?.tagName)).toBe('TABLE');
  await page.keyboard.press('j');
  await expect
    .poll(async () => page.evaluate(() => document.activeElement?.getAttribute('data-index')))
    .toBe('2');
  expect(said).toEqual([]);
});

test('sorted by age while polls change the values: rows keep their nodes, focus, selection and height', async ({
  page,
  full,
}) => {
  test.setTimeout(60_000);
  const said = complaints(page);
  await search(page).fill('*:*');
  await sortBy(page, 'Data age');
  await sortBy(page, 'Data age');
  await expect(grid(page).locator('th[aria-sort]')).toHaveAttribute('aria-sort', 'ascending');
  // The youngest: what is polled changes places with each poll.
  await expect(row(page, 'report:00003')).toBeVisible();
  await row(page, 'report:00003').getByRole('checkbox').check();
  await row(page, 'tile:00001').focus();
  await page.evaluate(() => {
    const seen = { heights: new Set<number>(), counts: new Set<number>(), lost: 0 };
    const node = document.activeElement;
    Object.assign(window, { seen, node });
    const look = (): void => {
      const table = document.querySelector('.data-table');
      seen.heights.add(table?.getBoundingClientRect().height ?? -1);
      seen.counts.add(document.querySelectorAll('.data-table tr[data-index]').length);
      if (document.activeElement !== node) seen.lost += 1;
      requestAnimationFrame(look);
    };
    look();
  });
  let order = await keysOf(page);
  let changes = 0;
  for (let second = 0; second < 24; second += 1) {
    await page.waitForTimeout(500);
    // New entries of main's own come in above.
    if (second === 8) full.cache.set('tile:10001', 'new', { ttl: 60_000 });
    const now = await keysOf(page);
    if (now.join() !== order.join()) changes += 1;
    order = now;
  }
  expect(changes).toBeGreaterThan(1);
  expect(order).toContain('tile:10001');
  const seen = await page.evaluate(() => {
    const { seen: all } = window as unknown as {
      seen: { heights: Set<number>; counts: Set<number>; lost: number };
    };
    return { heights: [...all.heights], counts: [...all.counts], lost: all.lost };
  });
  // One row more makes the table one row higher, once.
  expect(seen.heights.length).toBeLessThanOrEqual(2);
  expect(Math.max(...seen.counts) - Math.min(...seen.counts)).toBeLessThanOrEqual(1);
  expect(seen.lost).toBe(0);
  expect(await focusedKey(page)).toBe('tile:00001');
  await expect(row(page, 'report:00003').getByRole('checkbox')).toBeChecked();
  await expect(page.getByRole('button', { name: 'Delete 1 entry' })).toBeEnabled();
  expect(said).toEqual([]);
});

test('Del removes what is chosen, wherever the rows are by then, and Undo brings it back with its age', async ({
  page,
  full,
}) => {
  await search(page).fill('report:0000');
  await expect(rows(page)).toHaveCount(4);
  await rows(page).first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Delete 2 entries' })).toBeEnabled();
  const age = full.cache.peek('report:00000').loadedAt;
  await page.keyboard.press('Delete');
  await expect(toast(page, 'Removed 2 entries')).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  expect(await keysOf(page)).toEqual(['report:00006', 'report:00009']);
  expect(await focusedKey(page)).not.toBeNull();

  await page.keyboard.press('Delete');
  await expect(toast(page, 'Removed 1 entry')).toBeVisible();
  await expect(rows(page)).toHaveCount(1);

  await toast(page, 'Removed 2 entries').getByRole('button', { name: /^Undo/ }).click();
  await expect(toast(page, 'Put back 2 entries')).toContainText('With the ages they had.');
  await expect(rows(page)).toHaveCount(3);
  expect(full.cache.peek('report:00000').loadedAt).toBe(age);

  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await expect(page.getByRole('button', { name: 'Delete 3 entries' })).toBeEnabled();
  await search(page).fill('report:0001');
  await expect(page.getByRole('button', { name: 'Delete selected' })).toBeDisabled();
});

test('clearing 10 000 entries tells its cost, and Undo restores all that was not loaded again', async ({
  page,
  full,
}) => {
  test.setTimeout(60_000);
  const loadedAt = full.cache.peek('user:09998').loadedAt;
  await page.getByRole('button', { name: 'Clear cache…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(/Clear 10.\d\d\d entries/);
  await expect(dialog).toContainText(/about \d+ extra calls; the next minute makes about \d+ in all/);
  await dialog.getByRole('button', { name: /^Clear/ }).click();
  await expect(toast(page, /^Cleared 10.\d\d\d entries/)).toBeVisible();
  await expect.poll(() => full.cache.size).toBeLessThan(20);
  await expect(rows(page)).not.toHaveCount(0);
  await expect.poll(() => full.cache.peek('vpn:status').loadedAt).not.toBeNull();
  await toast(page, /^Cleared/)
    .getByRole('button', { name: /^Undo/ })
    .click();
  await expect(toast(page, /Put back 10.\d\d\d entries/)).toContainText(/loaded again meanwhile, kept as/);
  await expect.poll(() => full.cache.size).toBeGreaterThanOrEqual(total);
  expect(full.cache.peek('user:09998').loadedAt).toBe(loadedAt);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', /100\d\d/);
});

test('invalidated by pattern: the matches before, the exact count after; deleted while it loads', async ({
  page,
  full,
}) => {
  await page.getByRole('button', { name: 'Invalidate by pattern…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invalidate by pattern' });
  await dialog.getByRole('textbox', { name: 'Pattern' }).fill('user:*');
  await expect(dialog).toContainText(/Matches 3.333 of 10/);
  await expect(dialog.getByRole('listitem')).toHaveCount(200);
  await expect(dialog).toContainText(/and 3.133 more/);
  // Keys come while the operator reads, stored or loading.
  const slow = Promise.withResolvers<string>();
  const waiting = full.cache.getOrLoad('user:slow', () => slow.promise, { ttl: 60_000 });
  full.cache.set('user:new', 1);
  await expect(dialog).toContainText(/Matches 3.335 of 10/);
  await dialog.getByRole('textbox', { name: 'Pattern' }).fill('user:*w');
  await expect(dialog.getByRole('button', { name: 'Remove 2 entries' })).toBeEnabled();
  await dialog.getByRole('textbox', { name: 'Pattern' }).fill('**');
  await expect(dialog.getByRole('button', { name: /That is all: clear the cache/ })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Pattern' }).fill('user:*w');
  await dialog.getByRole('button', { name: 'Remove 2 entries' }).click();
  await expect(toast(page, 'Removed 2 entries')).toBeVisible();
  // What was loading reaches who waits for it, and is not stored.
  slow.resolve('late');
  expect(await waiting).toBe('late');
  expect(full.cache.match('user:*w')).toEqual([]);
});

test('what is polled is deleted again and again, and is there again', async ({ page, full }) => {
  test.setTimeout(60_000);
  const said = complaints(page);
  await search(page).fill('status');
  await expect(row(page, 'vpn:status')).toBeVisible();
  for (let time = 0; time < 8; time += 1) {
    await row(page, 'vpn:status').focus();
    await page.keyboard.press('Delete');
    await expect(toast(page, /^Removed 1 entry/).first()).toBeVisible();
    await expect.poll(() => full.cache.peek('vpn:status').loadedAt).not.toBeNull();
    await expect(row(page, 'vpn:status')).toHaveCount(1);
    await page.waitForTimeout(300);
  }
  expect(said).toEqual([]);
});

test('axe finds nothing serious on any tab', async ({ page, start }) => {
  test.setTimeout(120_000);
  const app = await start();
  await page.goto(await app.link());
  await goByRail(page, 'Cache');
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await page.waitForTimeout(700);
    await expectCleanInBothSchemes(page);
  }
  await page.getByRole('button', { name: 'Invalidate by pattern…' }).click();
  await page.getByRole('textbox', { name: 'Pattern' }).fill('*:status');
  await expect(page.getByRole('button', { name: /^Remove 3 entries/ })).toBeEnabled();
  await expectCleanInBothSchemes(page);
});
