import type { Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { expectCleanInBothSchemes, findings } from '../support/axe.ts';
import { notHere } from '../support/not-here.ts';
import { chip, complaints } from '../support/page.ts';
import { posix } from '../../support/posix.ts';

const board = '#/wallboard';
const row = (page: Page, title: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });

async function goToBoard(page: Page): Promise<void> {
  await page.evaluate((hash) => void (window.location.hash = hash), board);
  await expect(row(page, 'State')).toContainText('All well', { timeout: 10_000 });
}

test('opens from the menu as a tab of its own, live, and Escape leads to the app', async ({
  page,
  context,
  start,
}) => {
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.getByRole('button', { name: 'Options' }).click();
  const opening = context.waitForEvent('page');
  await page.getByRole('menuitem', { name: /^Wallboard/ }).click();
  const wall = await opening;
  const said = complaints(wall);
  await expect(row(wall, 'State')).toContainText('All well', { timeout: 10_000 });
  for (const title of ['Engines', 'VPN', 'Streams']) await expect(row(wall, title)).toContainText('Live');
  await expect(row(wall, 'VPN')).toContainText('Connected');
  expect(await wall.evaluate(() => document.body.innerText)).not.toMatch(/\b\d+\.\d+\.\d+\.\d+\b|@/);
  expect(said).toEqual([]);
  await wall.keyboard.press('Escape');
  await expect(wall.getByRole('heading', { level: 1, name: 'Overview' })).toBeFocused();
});

test('is readable from 3 m in every window, and nothing is cut off or lies over something else', async ({
  page,
  start,
}) => {
  test.setTimeout(60_000);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await goToBoard(page);
  for (const [width, height] of [
    [640, 480],
    [1024, 640],
    [1280, 800],
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    await page.setViewportSize({ width, height });
    const seen = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.board-row > :not(.board-glyph)')]
        .filter((element) => element.textContent !== '')
        .map((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const cut = element.scrollWidth > element.clientWidth + 1;
          return { left, right, top, bottom, cut, text: element.textContent };
        });
      const cut = boxes.filter((box) => box.cut).map(({ text }) => text);
      const over = boxes.flatMap((a, index) =>
        boxes
          .slice(index + 1)
          .filter(
            (b) =>
              a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
          )
          .map((b) => `${a.text} / ${b.text}`),
      );
      const sizes = [...document.querySelectorAll('.board-value')].map((value) =>
        Number.parseFloat(getComputedStyle(value).fontSize),
      );
      const { scrollWidth, clientWidth } = document.documentElement;
      return { smallest: Math.min(...sizes), cut, over, sideways: scrollWidth - clientWidth };
    });
    expect(seen.smallest, `${width}`).toBeGreaterThanOrEqual(72);
    const { cut, over, sideways } = seen;
    expect({ width, cut, over, sideways }).toEqual({ width, cut: [], over: [], sideways: 0 });
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expectCleanInBothSchemes(page);
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  expect(await findings(page)).toEqual([]);
});

test('is dark whatever the system is, unless light was chosen', async ({ page, start }) => {
  const app = await start();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(await app.link());
  await goToBoard(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await ground()).toBe('rgb(15, 19, 24)');
  await page.evaluate(() => void (document.documentElement.dataset['theme'] = 'light'));
  expect(await ground()).toBe('rgb(243, 245, 247)');
});

test('keeps the screen on while it is shown, and no longer', async ({ page, start }) => {
  const app = await start();
  await page.addInitScript(() => {
    const held = new Set<WakeLockSentinel>();
    Object.assign(globalThis, { screenLocks: () => [...held].filter(({ released }) => !released).length });
    const { wakeLock } = navigator;
    const request = wakeLock.request.bind(wakeLock);
    wakeLock.request = async (type) => {
      const lock = await request(type);
      held.add(lock);
      return lock;
    };
  });
  await page.goto(await app.link());
  await goToBoard(page);
  const locks = () =>
    page.evaluate(() => (globalThis as unknown as { screenLocks: () => number }).screenLocks());
  await expect.poll(locks).toBe(1);
  await page.getByRole('button', { name: /^Leave/ }).click();
  await expect.poll(locks).toBe(0);
});

test('says within three intervals that its host stands still and since when, and goes on with it', async ({
  page,
  start,
}) => {
  test.skip(!posix, notHere('Windows makes no process stand still'));
  test.setTimeout(90_000);
  const app = await start();
  await page.goto(await app.link());
  await goToBoard(page);
  const stopped = page.getByText(/^This board stopped updating at \d\d:\d\d$/);
  await page.waitForTimeout(6000); // a poll more
  await expect(stopped).toHaveCount(0);
  const frozenAt = Date.now();
  app.freeze();
  await expect(stopped).toBeVisible({ timeout: 18_000 });
  // What arrived last may be a whole interval older than the moment the host stopped.
  expect(Date.now() - frozenAt).toBeGreaterThan(8000);
  const [, hours, minutes] = /(\d\d):(\d\d)$/.exec((await stopped.textContent()) ?? '') ?? [];
  const now = new Date();
  const ago = (now.getHours() - Number(hours)) * 60 + now.getMinutes() - Number(minutes);
  expect(ago).toBeGreaterThanOrEqual(0);
  expect(ago).toBeLessThanOrEqual(1);
  await expect(row(page, 'State')).toContainText('Unknown');
  await expect(row(page, 'VPN')).toContainText('last said: connected');
  expect(await findings(page)).toEqual([]);
  app.thaw();
  await expect(stopped).toHaveCount(0, { timeout: 15_000 });
  await expect(row(page, 'State')).toContainText('All well', { timeout: 15_000 });
});
