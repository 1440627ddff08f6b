import type { Locator, Page } from '@playwright/test';
import { routeNames, routes } from '../../../renderer/frame/routes.ts';
import { expect, test } from '../support/app-test.ts';
import { chip, complaints } from '../support/page.ts';

/** What the focus is on, as far as labels and words tell it. */
async function focusName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    return focused?.getAttribute('aria-label') ?? focused?.textContent.trim() ?? '';
  });
}

/** The focus is somewhere, is seen, and has a ring of at least 2 px: its own, or that of the frame it stands in. */
async function expectSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const ringed = [focused, focused.parentElement, focused.nextElementSibling].some((one) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
    const { width, height, top, bottom } = focused.getBoundingClientRect();
    return { ringed, drawn: width > 0 && height > 0, within: bottom > 0 && top < window.innerHeight };
  });
  expect(seen, `the focus on "${await focusName(page)}"`).toEqual({
    ringed: true,
    drawn: true,
    within: true,
  });
}

async function isNowhere(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement === document.body);
}

/** Presses Tab until the focus is on `target`; every stop on the way is seen. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await expect(target).toBeAttached();
  let ends = 0;
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab');
    // Behind the last stop the browser's own come, once round.
    if ((await isNowhere(page)) && ends === 0) ends += 1;
    else await expectSeen(page);
    if (await target.evaluate((one) => one === document.activeElement)) return;
  }
  throw new Error(`Tab did not reach ${target.toString()}; it ended on "${await focusName(page)}"`);
}

/** Presses Enter on a button, finds what it opened, closes that by Esc, and has the focus on the button again. */
async function opensAndCloses(page: Page, button: Locator, opened: Locator): Promise<void> {
  await page.keyboard.press('Enter');
  await expect(opened).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();
  await expect(button).toBeFocused();
  await expectSeen(page);
}

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('main').getByRole('button', { name }).first();

/** The page by its key, or by the rail where it has none of one letter. */
async function goTo(page: Page, name: (typeof routeNames)[number]): Promise<void> {
  const { key, title } = routes[name];
  await page.keyboard.press(key.length === 1 ? key : 'ControlOrMeta+,');
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused();
}

test.beforeEach(async ({ page, start }) => {
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
});

test('the rail leads to every page, and from its heading Tab goes round all that can be used', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const said = complaints(page);
  // The page that is there already comes last: a way to it moves nothing.
  const [first, ...others] = routeNames;
  for (const name of [...others, ...(first ? [first] : [])]) {
    const { title } = routes[name];
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await tabTo(page, page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title }), 40);
    await page.keyboard.press('Enter');
    if (name !== 'overview') await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused();
    await page.waitForTimeout(800); // what the page asks for is there: nothing moves while it is walked
    await page.keyboard.press('Tab');
    // On through the page: no stop is hidden, none holds the focus.
    const stops = new Set<string>();
    for (let press = 0; press < 60; press += 1) {
      if (await isNowhere(page)) break;
      await expectSeen(page);
      const inMain = await page.evaluate(() => document.activeElement?.closest('main') !== null);
      if (!inMain) break;
      stops.add(await focusName(page));
      await page.keyboard.press('Tab');
    }
    expect(stops.size, title).toBeGreaterThan(1); // a page of tabs that is calm has the tab and what is in it
  }
  expect(said).toEqual([]);
});

test('Overview: a chart’s menu by Enter and Esc, and the way to the engines', async ({ page }) => {
  await expect(page.locator('.charts')).toBeVisible({ timeout: 12_000 });
  const menu = button(page, 'Export Hit rate');
  await tabTo(page, menu, 80);
  await opensAndCloses(page, menu, page.getByRole('menu'));
  await tabTo(page, page.getByRole('region', { name: 'Engine list' }).getByRole('link'), 80);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Engines & VPN' })).toBeFocused();
});

test('Engines & VPN: tabs by arrows, rows by J and K, the menu by E', async ({ page }) => {
  await goTo(page, 'engines');
  await tabTo(page, page.getByRole('tab', { name: 'Engines' }));
  for (const tab of ['VPN', 'Streams', 'Health', 'Engines']) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: tab })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
    await expectSeen(page);
  }
  const rows = page.getByRole('grid').first().locator('tbody tr');
  await expect(rows.nth(2)).toBeVisible();
  await page.keyboard.press('j');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await expectSeen(page);
  await page.keyboard.press('e');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Export Engines')).toBeFocused();
  const provision = button(page, 'Start an engine…');
  await tabTo(page, provision);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Start an engine?' });
  await expect(dialog).toBeVisible();
  // The chip in it has the focus and shows its ages: one Esc is theirs.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden({ timeout: 500 });
  }).toPass();
  await expect(provision).toBeFocused();
  await expectSeen(page);
});

test('Cache: tabs by arrows, rows by J and K, selection, deletion and its undo, the pattern’s dialog', async ({
  page,
}) => {
  await goTo(page, 'cache');
  const pattern = button(page, /^Invalidate by pattern/);
  await tabTo(page, pattern);
  await opensAndCloses(page, pattern, page.getByRole('dialog', { name: 'Invalidate by pattern' }));

  await tabTo(page, page.getByRole('tab', { name: 'Entries' }));
  for (const tab of [
    'Namespaces',
    'Expiry',
    'Resources',
    'History',
    'With and without',
    'Servers’ own caches',
  ]) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: tab })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
    await expectSeen(page);
  }
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');

  const table = page.getByRole('grid', { name: 'Entries of the app cache' });
  const rows = table.locator('tbody tr');
  await expect(rows.nth(2)).toBeVisible();
  await page.keyboard.press('j');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await expectSeen(page);
  await page.keyboard.press('Space');
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('k');
  await page.keyboard.press('Delete');
  const toast = page.locator('.toast', { hasText: 'Removed 1 entry' });
  await expect(toast).toBeVisible();
  await page.keyboard.press('F6'); // to the messages
  const undo = toast.getByRole('button', { name: /^Undo/ });
  await tabTo(page, undo, 6);
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast', { hasText: 'Put back' })).toBeVisible();
});

test('Sessions and Portal: inspector and dialogs give the focus back', async ({ page }) => {
  await goTo(page, 'portal');
  const signIn = button(page, /^Sign in/);
  await tabTo(page, signIn);
  await opensAndCloses(page, signIn, page.getByRole('dialog'));
  await expect(page.getByRole('region', { name: 'Business units, table' })).toBeVisible({ timeout: 15_000 });

  await goTo(page, 'sessions');
  const inspect = button(page, /^Inspect/);
  await expect(inspect).toBeVisible({ timeout: 12_000 });
  await tabTo(page, inspect);
  await opensAndCloses(page, inspect, page.getByRole('dialog'));
});

test('Workstations, Events and Settings: search, sorting, details, choices', async ({ page }) => {
  await goTo(page, 'workstations');
  await expect(page.getByRole('region', { name: 'Workstation list' })).toBeVisible({ timeout: 12_000 });
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: 'Filter workstations' });
  await expect(search).toBeFocused();
  await page.keyboard.type('p3r'); // no page, no pause, no refresh
  await expect(search).toHaveValue('p3r');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  const head = page.getByRole('region', { name: 'Workstation list' }).getByRole('button', { name: 'CPU, %' });
  await tabTo(page, head);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('columnheader', { name: 'CPU, %' })).toHaveAttribute('aria-sort', 'descending');
  const add = button(page, /^Add a workstation/);
  await page.keyboard.press('6');
  await add.evaluate((one) => one.scrollIntoView());
  await page.getByRole('heading', { level: 1 }).evaluate((one) => one.focus());
  await tabTo(page, add);
  await opensAndCloses(page, add, page.getByRole('dialog'));

  await goTo(page, 'events');
  const details = button(page, /^Details:/);
  await expect(details).toBeVisible();
  await page.keyboard.press('j');
  await expect(details).toBeFocused();
  await expectSeen(page);
  await page.keyboard.press('Enter');
  await expect(details).toHaveAttribute('aria-expanded', 'true');

  await goTo(page, 'settings');
  const profile = button(page, 'New profile');
  await tabTo(page, profile);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'New profile' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'New profile' })).toBeHidden();
  const theme = page.getByRole('combobox', { name: 'Theme' });
  await tabTo(page, theme);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(theme).toBeFocused();
});

test('help, palette and confirmation give the focus back to where it was', async ({ page }) => {
  await goTo(page, 'events');
  const details = button(page, /^Details:/);
  await expect(details).toBeVisible();
  await page.keyboard.press('j');
  await expect(details).toBeFocused();
  // The thing itself: another event may come first meanwhile.
  const before = await page.evaluateHandle(() => document.activeElement);
  for (const [key, opened] of [
    ['?', page.getByRole('dialog', { name: 'Keyboard shortcuts' })],
    ['ControlOrMeta+k', page.getByRole('dialog', { name: 'Commands' })],
    ['c', page.getByRole('alertdialog')],
    ['e', page.getByRole('menu')],
  ] as const) {
    await page.keyboard.press(key);
    await expect(opened).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
    if (key !== 'e')
      await expect.poll(() => before.evaluate((one) => one === document.activeElement), key).toBe(true);
  }
  await expect(page.getByRole('button', { name: 'Export Events' })).toBeFocused();
});
