import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { fillHistory } from '../../support/filled-history.ts';
import { startApp } from './app.ts';
import { manyEntries, startFilledApp } from './filled-app.ts';
import { goByRail } from './page.ts';
import { close, forReadme, inAllSizes, openDemo, shoot, wide } from './shots.ts';

async function showTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(1500);
}

/** Every tab but the charts, dialogs, an undo; a full cache; no orchestrator; no host. */
export async function cache(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  await goByRail(page, 'Cache');
  await page.waitForTimeout(6000);
  await forReadme(page, 'cache');
  await inAllSizes(page, 'cache-entries');
  await page.waitForTimeout(60_000);
  for (const tab of ['Namespaces', 'Expiry', 'Resources', 'With and without', 'Servers’ own caches']) {
    await showTab(page, tab);
    await inAllSizes(page, `cache-${tab.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`, true);
  }
  await showTab(page, 'Resources');
  await page.getByRole('button', { name: 'Reset statistics…' }).click();
  await shoot(page, 'light-cache-reset');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Invalidate by pattern…' }).click();
  await inAllSizes(page, 'cache-invalidate-empty');
  await page.getByRole('textbox', { name: 'Pattern' }).fill('*:status');
  await inAllSizes(page, 'cache-invalidate');
  await page.getByRole('button', { name: /^Remove/ }).click();
  await inAllSizes(page, 'cache-undo');
  await close(page, app);

  const full = await startFilledApp(manyEntries(10_000));
  const second = await on.newPage({ viewport: wide });
  await second.goto(full.link);
  await goByRail(second, 'Cache');
  await second.getByRole('checkbox', { name: 'Select report:00000' }).click();
  await inAllSizes(second, 'cache-full');
  await second.getByRole('searchbox').fill('nothing:*');
  await inAllSizes(second, 'cache-none');
  await second.close();
  await full.stop();

  const other = await startApp({
    CACHEDECK_PORTAL_URL: 'https://portal.example/',
    CACHEDECK_PROFILE: 'environment',
  });
  const third = await on.newPage({ viewport: wide });
  await third.goto(await other.link());
  await goByRail(third, 'Cache');
  for (const tab of ['Entries', 'Resources', 'History', 'Servers’ own caches']) {
    await showTab(third, tab);
    await shoot(third, `light-cache-without-orchestrator-${tab.toLowerCase().slice(0, 7)}`);
  }
  await other.stop();
  await third.waitForTimeout(4000);
  await showTab(third, 'History');
  await third.getByRole('button', { name: 'the last 7 days' }).click();
  await shoot(third, 'light-history-unavailable');
  await third.close();
}

/** The charts over each range, fresh and filled, as a table, and on the Overview. */
export async function history(on: Browser): Promise<void> {
  const fresh = await openDemo(on);
  await goByRail(fresh.page, 'Cache');
  await showTab(fresh.page, 'History');
  await inAllSizes(fresh.page, 'history-fresh', true);
  await close(fresh.page, fresh.app);

  const data = await mkdtemp(join(tmpdir(), 'cachedeck-history-'));
  fillHistory({ folder: data, days: 7, everyMs: 60_000 });
  const app = await startApp({ CACHEDECK_DATA: data });
  const page = await on.newPage({ viewport: wide });
  await page.goto(await app.link());
  await page.waitForTimeout(20_000);
  await goByRail(page, 'Cache');
  await showTab(page, 'History');
  for (const [name, span] of [
    ['15m', 'the last 15 minutes'],
    ['1h', 'the last hour'],
    ['6h', 'the last 6 hours'],
    ['24h', 'the last 24 hours'],
    ['7d', 'the last 7 days'],
  ] as const) {
    await page.getByRole('button', { name: span, exact: true }).click();
    await page.waitForTimeout(1500);
    if (name === '24h') await forReadme(page, 'history');
    await inAllSizes(page, `history-${name}`, true);
  }
  await page.getByRole('button', { name: 'the last 24 hours', exact: true }).click();
  const asTable = page.getByRole('button', { name: 'Show as table' });
  while ((await asTable.count()) > 0) await asTable.first().click();
  await inAllSizes(page, 'history-tables', true);
  await page.getByRole('button', { name: 'Custom' }).click();
  await inAllSizes(page, 'history-custom');
  await page.keyboard.press('Escape');
  await goByRail(page, 'Overview');
  await page.waitForTimeout(1500);
  await inAllSizes(page, 'history-overview', true);
  await close(page, app);
  await rm(data, { recursive: true, force: true });
}
