import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { askPython, hasPython, readCsvs } from '../../support/python.ts';
import { expect, test as appTest } from '../support/app-test.ts';
import { expectCleanInBothSchemes } from '../support/axe.ts';
import { notHere } from '../support/not-here.ts';
import { chip, complaints, goByRail } from '../support/page.ts';
import { settingRow } from '../support/settings-page.ts';

const hasFile = spawnSync('file', ['--version']).status === 0;
const hasIdentify = spawnSync('identify', ['-version']).status === 0;

const test = appTest.extend<{ folder: string }>({
  folder: async ({ browserName }, provide) => {
    const folder = await mkdtemp(join(tmpdir(), `cachedeck-export-${browserName}-`));
    await provide(folder);
    await rm(folder, { recursive: true });
  },
});

/** Chooses a format of a table's or chart's Export menu; the file, where it was put. */
async function exported(page: Page, of: string, format: RegExp, folder: string): Promise<string> {
  await page.getByRole('button', { name: `Export ${of}`, exact: true }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: format }).click();
  const download = await coming;
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/;

test('tables: CSV as Python reads it and JSON say what the page says, in the zone that was chosen', async ({
  page,
  start,
  folder,
}) => {
  test.skip(!hasPython, 'no python3 to read the exported CSV with');
  const said = complaints(page);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await goByRail(page, 'Settings');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('darwin');
  await page.getByRole('option', { name: 'Australia/Darwin' }).click();
  await expect(settingRow(page, 'Time zone')).toContainText('Saved');

  await goByRail(page, 'Cache');
  const entries = page.getByRole('grid', { name: 'Entries of the app cache' });
  await expect(entries.getByRole('row').nth(3)).toBeVisible();
  const csv = await exported(page, 'Entries', /^CSV/, folder);
  expect(csv).toMatch(/cachedeck-cache-entries-demo-\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.csv$/);
  const [lines = []] = readCsvs([await readFile(csv, 'utf8')]);
  const [head = [], ...rows] = lines;
  const column = (name: string): (string | undefined)[] => rows.map((row) => row[head.indexOf(name)]);
  const shown = await entries.getByRole('rowheader').allTextContents();
  expect(column('Key')).toEqual(shown);
  for (const size of column('Size (bytes)')) expect(Number(size)).toBeGreaterThan(0);
  const asked = askPython(
    'import datetime, json, sys; print(json.dumps([datetime.datetime.fromisoformat(t).timestamp() for t in json.load(sys.stdin)]))',
    column('As of (ISO 8601)'),
  ) as number[];
  for (const at of asked) expect(Math.abs(at * 1000 - Date.now())).toBeLessThan(60_000);
  expect(column('As of (ISO 8601)').every((text) => text?.endsWith('+09:30'))).toBe(true);

  await goByRail(page, 'Engines & VPN');
  await expect(page.getByRole('grid').first().getByRole('row').nth(8)).toBeVisible();
  const json = await exported(page, 'Engines', /^JSON/, folder);
  const engines = JSON.parse(await readFile(json, 'utf8')) as Record<string, unknown>[];
  expect(engines).toHaveLength(8);
  for (const engine of engines) {
    expect(engine['CPU (%)']).toEqual(expect.any(Number));
    expect(engine['As of (ISO 8601)']).toMatch(isoTime);
  }

  await goByRail(page, 'Events');
  await expect(page.locator('.event-list tbody tr').first()).toBeVisible();
  const titles = await page.locator('.event-list tbody th').allTextContents();
  const events = await exported(page, 'Events', /^CSV/, folder);
  const [[names = [], ...told] = []] = readCsvs([await readFile(events, 'utf8')]);
  expect(names[0]).toBe('Time (ISO 8601)');
  // More may have happened since.
  const written = told.map((line) => line[names.indexOf('What happened')]);
  expect(titles.length).toBeGreaterThan(1);
  expect(written).toEqual(expect.arrayContaining(titles.map((title) => title.replace(/^says: /, ''))));
  for (const line of told) expect(line[0]).toMatch(isoTime);
  expect(said).toEqual([]);
});

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly corner: string;
}

/** A picture as two other programs see it. */
function look(path: string): Pixels {
  const kind = spawnSync('file', ['--brief', path], { encoding: 'utf8' }).stdout;
  const size = /^PNG image data, (\d+) x (\d+), 8-bit/.exec(kind);
  const identify = spawnSync('identify', ['-format', '%w %h %[hex:p{2,2}]', path], { encoding: 'utf8' });
  const [width, height, corner = ''] = identify.stdout.split(' ');
  expect([size?.[1], size?.[2]]).toEqual([width, height]);
  return { width: Number(width), height: Number(height), corner: corner.slice(0, 6).toLowerCase() };
}

/** How many colours a picture has: a blank one has one. */
function coloursOf(path: string): number {
  return Number(spawnSync('identify', ['-format', '%k', path], { encoding: 'utf8' }).stdout);
}

test('charts: a picture twice as large, on the ground of its theme, as an image viewer sees it', async ({
  page,
  start,
  folder,
}) => {
  const why = 'neither file nor ImageMagick’s identify to look at the exported PNG with';
  test.skip(!hasFile || !hasIdentify, process.platform === 'linux' ? why : notHere(why));
  test.setTimeout(60_000);
  const said = complaints(page);
  const app = await start();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(await app.link());
  const charts = page.locator('.charts');
  await expect(charts).toBeVisible({ timeout: 12_000 });
  const drawn = await page.locator('.charts .plots').boundingBox();
  const plot = await page.locator('.charts .plots svg').first().boundingBox();
  const light = look(await exported(page, 'Hit rate', /^Picture/, folder));
  expect(light.width).toBe(2 * (Math.ceil(plot?.width ?? 0) + 32));
  expect(light.height).toBeGreaterThan(2 * (drawn?.height ?? Infinity));
  expect(light.corner).toBe('ffffff');

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${new URL(page.url()).origin}/#/cache/history`);
  await expect(page.getByRole('figure').first()).toBeVisible({ timeout: 12_000 });
  const path = await exported(page, 'Hit rate', /^Picture/, folder);
  expect(look(path).corner).toBe('171c23');
  expect(coloursOf(path)).toBeGreaterThan(20);
  expect(said).toEqual([]);
});

test('the clipboard has the table for spreadsheets and for documents', async ({ page, context, start }) => {
  const app = await start();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(await app.link());
  await goByRail(page, 'Engines & VPN');
  await expect(page.getByRole('grid').first().getByRole('row').nth(8)).toBeVisible();
  await page.getByRole('button', { name: 'Export Engines' }).click();
  await page.getByRole('menuitem', { name: /^Copy as table/ }).click();
  await expect(page.locator('.toast', { hasText: 'Copied 8 rows' })).toBeVisible();
  const [text, html] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string): Promise<string> => (await item?.getType(type))?.text() ?? '';
    return [await read('text/plain'), await read('text/html')] as const;
  });
  const lines = text.split('\n');
  expect(lines).toHaveLength(9);
  expect(lines[0]?.split('\t').slice(0, 3)).toEqual(['Name', 'Id', 'Health']);
  expect(html.match(/<tr>/g)).toHaveLength(9);
});

test('axe finds nothing serious in the menu; E opens it on every page with a table', async ({
  page,
  start,
}) => {
  const app = await start();
  await page.goto(await app.link());
  await expect(page.locator('.charts')).toBeVisible({ timeout: 12_000 });
  const menu = page.getByRole('menu');
  await page.keyboard.press('e');
  await expect(menu).toBeVisible();
  await expect(menu.getByRole('menuitem', { name: /^CSV/ })).toBeInViewport();
  await expectCleanInBothSchemes(page);
  await page.keyboard.press('Escape');
  for (const [title, first] of [
    ['Engines & VPN', 'Export Engines'],
    ['Cache', 'Export Entries'],
    ['Workstations', 'Export Workstations'],
    ['Events', 'Export Events'],
  ] as const) {
    await goByRail(page, title);
    await expect(page.getByRole('button', { name: first })).toBeEnabled();
    await page.keyboard.press('e');
    await expect(menu).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(page.getByRole('button', { name: first })).toBeFocused();
  }
});
