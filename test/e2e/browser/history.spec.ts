import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { fillHistory } from '../../support/filled-history.ts';
import { expect, test as appTest } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { chip, complaints, goByRail, region } from '../support/page.ts';

const test = appTest.extend<{ dataFolder: string }>({
  dataFolder: async ({ browserName }, provide) => {
    const folder = await mkdtemp(join(tmpdir(), `cachedeck-history-${browserName}-`));
    await provide(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

const charts = [
  'Hit rate',
  'Answer time',
  'Requests and backend calls',
  'Data age at each poll',
  'Engines and streams',
  'VPN connected',
] as const;

async function openHistory(page: Page): Promise<void> {
  await goByRail(page, 'Cache');
  await page.getByRole('tab', { name: 'History' }).click();
}

function span(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** How often the pen of the first line of a chart is set down: once more than there are gaps. */
async function strokes(page: Page, chart: string): Promise<number> {
  const path = await region(page, chart).locator('.recharts-line.line-1 path').first().getAttribute('d');
  return path?.match(/M/g)?.length ?? 0;
}

test('every chart over every range: a sentence, hatched gaps, and the same as a table of the same height', async ({
  page,
  start,
  dataFolder,
}) => {
  test.setTimeout(90_000);
  const said = complaints(page);
  fillHistory({ folder: dataFolder, days: 2, everyMs: 60_000 });
  const app = await start({ CACHEDECK_DATA: dataFolder });
  await page.goto(await app.link());
  await openHistory(page);
  for (const name of ['the last hour', 'the last 6 hours', 'the last 24 hours', 'the last 7 days']) {
    await span(page, name).click();
    await expect(span(page, name)).toHaveAttribute('aria-pressed', 'true');
    for (const chart of charts) {
      await expect(region(page, chart)).toContainText(name);
      await expect(region(page, chart).getByRole('figure', { name: /Hatched: .*closed/ })).toBeVisible();
      await expect.poll(() => strokes(page, chart), { message: `${chart}, ${name}` }).toBeGreaterThan(1);
    }
  }

  await span(page, 'the last 24 hours').click();
  await expect(region(page, 'Hit rate').getByRole('figure', { name: /asleep 5 h/ })).toBeVisible();
  await expectCleanInBothSchemes(page);
  for (const chart of charts) {
    const panel = region(page, chart);
    const before = (await panel.boundingBox())?.height;
    await panel.getByRole('button', { name: 'Show as table' }).click();
    await expect(panel.getByRole('grid', { name: `${chart}: points` })).toBeVisible();
    expect((await panel.boundingBox())?.height, chart).toBe(before);
    await expect(panel.getByRole('row').nth(1)).toContainText(/\d\d:\d\d–\d\d:\d\d/);
  }
  await expectCleanInBothSchemes(page);

  // For one resource alone.
  await page.getByRole('combobox', { name: 'Hit rate and answer time of' }).click();
  await page.getByRole('option', { name: /VPN status/ }).click();
  await expect(region(page, 'Hit rate')).toContainText(/VPN status: \d+ % of/);
  await expect(region(page, 'Answer time')).toContainText('VPN status in the last 24 hours');

  // From one moment to another; what is still to come cannot be asked for.
  await page.getByRole('button', { name: 'Custom' }).click();
  const [from, to] = [
    page.getByRole('textbox', { name: /^From/ }),
    page.getByRole('textbox', { name: /^To/ }),
  ];
  const shown = await from.inputValue();
  await from.fill('2999-01-01T00:00');
  await expect(page.getByRole('button', { name: 'Show', exact: true })).toBeDisabled();
  await from.fill(shown);
  await to.fill('2001-01-01T00:00');
  await expect(page.getByText('The end has to be after the start.')).toBeVisible();
  await to.fill(await page.evaluate(() => new Date(Date.now() - 2_400_000).toISOString().slice(0, 16)));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(region(page, 'Hit rate')).toContainText(/in the time from .* to /);

  // The Overview shows the same range.
  await span(page, 'the last 24 hours').click();
  await goByRail(page, 'Overview');
  await expect(region(page, 'Hit rate')).toContainText('in the last 24 hours');
  const height = (await region(page, 'Hit rate').boundingBox())?.height;
  await span(page, 'the last 15 minutes').click();
  await expect(page.locator('.charts')).toBeVisible();
  expect((await region(page, 'Hit rate').boundingBox())?.height).toBe(height);
  expect(said).toEqual([]);
});

test('after a kill -9 and a restart the charts go on, with a gap that says why', async ({
  page,
  start,
  dataFolder,
}) => {
  test.setTimeout(90_000);
  const first = await start({ CACHEDECK_DATA: dataFolder });
  await page.goto(await first.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.waitForTimeout(17_000);
  await page.goto('about:blank');
  await first.kill();
  await page.waitForTimeout(12_000);

  const second = await start({ CACHEDECK_DATA: dataFolder });
  await page.goto(await second.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await openHistory(page);
  const ages = region(page, 'Data age at each poll');
  await expect(ages.getByRole('figure', { name: /Hatched: closed \d+ s/ })).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => strokes(page, 'Data age at each poll'), { timeout: 20_000 }).toBeGreaterThan(1);
  await ages.getByRole('button', { name: 'Show as table' }).click();
  // What was sampled before the kill is there, and so is what came after it.
  expect(await ages.getByRole('row').count()).toBeGreaterThan(4);
  await goByRail(page, 'Overview');
  await expect(page.locator('.charts')).toBeVisible({ timeout: 12_000 });
});
