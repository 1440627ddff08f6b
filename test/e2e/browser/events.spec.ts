import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test as appTest } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { chip, complaints, goByRail } from '../support/page.ts';
import { posix } from '../../support/posix.ts';

const test = appTest.extend<{ dataFolder: string }>({
  dataFolder: async ({ browserName }, provide) => {
    const folder = await mkdtemp(join(tmpdir(), `cachedeck-events-${browserName}-`));
    await provide(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

function rows(page: Page): Locator {
  return page.locator('.event-list tbody tr:not(.event-more)');
}

async function openEvents(page: Page): Promise<void> {
  await goByRail(page, 'Events');
  await expect(rows(page).first()).toBeVisible();
}

/** Pauses and resumes, each an event. */
async function togglePause(page: Page, times: number): Promise<void> {
  for (let press = 0; press < times; press += 1) {
    const name = press % 2 === 0 ? 'Resume polling' : 'Pause polling';
    await page.keyboard.press('p');
    await expect(page.getByRole('button', { name })).toBeVisible();
  }
}

test('what happened is listed, filtered, searched and explained', async ({ page, start, dataFolder }) => {
  const said = complaints(page);
  const app = await start({ CACHEDECK_DATA: dataFolder });
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await togglePause(page, 2);
  await openEvents(page);
  await expect(page).toHaveTitle(/Events · Cachedeck$/);
  await expect(rows(page).filter({ hasText: 'Cachedeck started' })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'Pause' })).not.toHaveCount(0);

  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Cachedeck started');
  await rows(page)
    .getByRole('button', { name: /^Details/ })
    .click();
  await expect(page.locator('.event-more')).toContainText('Profile');
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(rows(page).filter({ hasText: 'Pause' })).not.toHaveCount(0);

  await page.getByRole('searchbox', { name: 'Search events' }).fill('CACHEDECK STARTED');
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search events' }).fill('no event says this');
  await expect(page.getByText(/No event fits/)).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(rows(page)).not.toHaveCount(0);

  await expectCleanInBothSchemes(page);
  expect(said).toEqual([]);
});

test('new events come in at the top, and never above what is being read', async ({
  page,
  start,
  dataFolder,
}) => {
  const app = await start({ CACHEDECK_DATA: dataFolder });
  await page.setViewportSize({ width: 1024, height: 480 });
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await togglePause(page, 16);
  await openEvents(page);
  await expect(rows(page).nth(16)).toBeVisible();
  // Those alone that this test makes: others happen when they happen.
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(rows(page)).toHaveCount(16);
  await togglePause(page, 1);
  await expect(rows(page)).toHaveCount(17);

  const read = rows(page).nth(12);
  // At once, where a wheel would still be turning while places are measured.
  await read.evaluate((row) => row.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await expect(read).toBeInViewport();
  const words = await read.textContent();
  const place = (await read.boundingBox())?.y;
  await page.keyboard.press('p');
  const news = page.getByRole('button', { name: /^\d+ new events?$/ });
  await expect(news).toBeVisible();
  expect(await read.textContent()).toBe(words);
  expect((await read.boundingBox())?.y).toBe(place);

  await news.click();
  await expect(news).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(0);
  await expect(rows(page).first()).toContainText('Resume');
});

test('events outlast a restart of the app', async ({ page, start, dataFolder }) => {
  const environment = { CACHEDECK_DATA: dataFolder };
  const first = await start(environment);
  await page.goto(await first.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await togglePause(page, 2);
  await first.stop();
  const second = await start(environment);
  await page.goto(await second.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await openEvents(page);
  await expect(rows(page).filter({ hasText: 'Cachedeck started' })).toHaveCount(2);
  await expect(rows(page).filter({ hasText: 'Cachedeck stopped' })).toHaveCount(posix ? 1 : 0); // `stop` kills on Windows
});

test('a chosen theme is there before the page is, whatever the system is set to', async ({
  page,
  start,
  dataFolder,
}) => {
  const app = await start({ CACHEDECK_DATA: dataFolder });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  const ground = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.evaluate(() => localStorage.setItem('cachedeck.theme', 'dark'));
  const held = Promise.withResolvers<void>();
  await page.route('**/assets/*.js', async (route) => {
    await held.promise;
    await route.fallback();
  });
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
  await expect.poll(ground).not.toBe(light);
  held.resolve();
  // What main has wins: nothing was chosen there.
  await expect.poll(ground).toBe(light);
});
