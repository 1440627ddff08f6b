import type { Locator } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { everyPage, showPage } from '../support/pages.ts';
import { lostContent } from '../support/reflow.ts';
import { nothingChosen } from '../support/settings-page.ts';

const nothing = { beyond: [], cut: [], hidden: [] };

// 1280×800 at 200 % zoom is a window of half the size with twice the pixels.
test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

test('1280×800 at 200 %: no page loses anything, and every control can be reached', async ({
  page,
  start,
}) => {
  test.setTimeout(120_000);
  const app = await start();
  await page.goto(await app.link());
  await expect(page.getByTestId('overall')).toContainText('live');
  for (const shown of everyPage) {
    await showPage(page, shown);
    expect({ page: shown.title, ...(await lostContent(page)) }).toEqual({ page: shown.title, ...nothing });
  }
});

test('1280×800 at 400 %: neither does any page or tab', async ({ page, start }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 320, height: 400 });
  const app = await start();
  await page.goto(await app.link());
  await expect(page.getByTestId('overall')).toContainText('live');
  for (const shown of everyPage) {
    await showPage(page, shown);
    const tabs = await page.getByRole('tab').all();
    for (const tab of tabs.length === 0 ? [null] : tabs) {
      await tab?.click();
      await page.waitForTimeout(tab ? 500 : 0);
      const name = `${shown.title} ${(await tab?.textContent()) ?? ''}`;
      expect({ name, ...(await lostContent(page)) }).toEqual({ name, ...nothing });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(320);
    }
  }
});

test('the same for the tabs, menus and dialogs, and for the first page', async ({ page, start }) => {
  test.setTimeout(90_000);
  const app = await start();
  await page.goto(await app.link());
  await expect(page.getByTestId('overall')).toContainText('live');
  await showPage(page, { title: 'Alerts', hash: '#/alerts' });
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await page.waitForTimeout(400);
    expect({ tab: await tab.textContent(), ...(await lostContent(page)) }).toEqual({
      tab: await tab.textContent(),
      ...nothing,
    });
  }
  for (const name of ['Options', 'Pause for a time', /^Profile/, /^Notices/, /^Tray/]) {
    await page.getByRole('button', { name }).click();
    const popup = page.locator('.popup');
    await expect(popup).toBeVisible();
    expect(await fits(popup)).toBe(true);
    await page.keyboard.press('Escape');
    await expect(popup).toHaveCount(0);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur()); // and with it its hint
  }
  for (const key of ['?', 'c']) {
    await page.keyboard.press(key);
    const dialog = page.locator('.dialog');
    await expect(dialog).toBeVisible();
    expect(await fits(dialog), key).toBe(true);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  const fresh = await start(nothingChosen);
  await page.goto(await fresh.link());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await lostContent(page)).toEqual(nothing);
});

/** Whether a layer lies within the window, and what does not fit into it can be scrolled to. */
async function fits(layer: Locator): Promise<boolean> {
  return layer.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inside = left >= 0 && top >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
    const tall = element.scrollHeight > element.clientHeight + 1;
    return inside && (!tall || ['auto', 'scroll'].includes(getComputedStyle(element).overflowY));
  });
}
