import type { Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { expectCleanInBothSchemes, findings } from '../support/axe.ts';
import { chip, complaints, region } from '../support/page.ts';
import { everyPage, showPage } from '../support/pages.ts';
import { smallTargets, structure } from '../support/structure.ts';

/** What the focus is on, by its accessible name as far as labels and words tell it. */
async function focusName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    return focused?.getAttribute('aria-label') ?? focused?.textContent.trim() ?? '';
  });
}

async function expectFocusRing(page: Page): Promise<void> {
  const ring = await page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    return { outlineStyle, width: Number.parseFloat(outlineWidth) };
  });
  expect(ring?.outlineStyle, await focusName(page)).toBe('solid');
  expect(ring?.width, await focusName(page)).toBeGreaterThanOrEqual(2);
}

/** Presses Tab until the focus is on `name`; every stop on the way must show its ring. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let press = 0; press < 30; press += 1) {
    await page.keyboard.press('Tab');
    await expectFocusRing(page);
    if (name.test(await focusName(page))) return;
  }
  throw new Error(`Tab did not reach ${name}; it ended on "${await focusName(page)}"`);
}

test('axe finds nothing serious: live, dialog, tray, stale; light and dark', async ({ page, start }) => {
  test.setTimeout(150_000);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await expect(page.locator('.charts')).toBeVisible({ timeout: 12_000 });
  await expectCleanInBothSchemes(page);

  await page.keyboard.press('c');
  await expect(page.getByRole('alertdialog')).toContainText('Clear 7 entries');
  await expectCleanInBothSchemes(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();

  await page.getByRole('button', { name: /^Tray/ }).click();
  await expect(page.locator('.tray-popup')).toContainText('Orchestrator: Live');
  await expectCleanInBothSchemes(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Simulate' }).click();
  await page.getByRole('menuitemradio', { name: /Connection refused/ }).click();
  await expect(chip(page, 'VPN')).toContainText('Stale', { timeout: 45_000 });
  await expect(region(page, 'Orchestrator')).toContainText('Unknown');
  await expectCleanInBothSchemes(page);
});

test('every page: axe in both themes, names of tables, order of headings, targets, stillness', async ({
  page,
  start,
}) => {
  test.setTimeout(300_000);
  const said = complaints(page);
  const app = await start();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  for (const shown of everyPage) {
    await test.step(shown.title, async () => {
      await showPage(page, shown);
      expect(await structure(page)).toEqual({
        firstHeadings: [shown.title],
        skippedHeadings: [],
        namelessTables: [],
        outsideLandmarks: [],
        liveRegions: 1,
        moving: 0,
      });
      expect(await smallTargets(page)).toEqual([]);
      await expectCleanInBothSchemes(page);
      for (const media of [{ forcedColors: 'active' }, { contrast: 'more' }] as const) {
        await page.emulateMedia(media);
        expect(await findings(page), JSON.stringify(media)).toEqual([]);
      }
      await page.emulateMedia({ forcedColors: 'none', contrast: 'no-preference', colorScheme: 'light' });
    });
  }
  expect(said).toEqual([]);
});

test('by keyboard alone, through every page: each stop shows its ring, none is a trap', async ({
  page,
  start,
}) => {
  test.setTimeout(240_000);
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  for (const shown of everyPage) {
    await test.step(shown.title, async () => {
      await showPage(page, shown);
      const stops = new Set<string>();
      for (let press = 0; press < 250; press += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const focused = document.activeElement;
          if (!focused || focused === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(focused);
          const around = focused.closest('.input, label') ?? focused;
          const box = around.getBoundingClientRect();
          const all = [...document.querySelectorAll('*')];
          return {
            id: String(all.indexOf(focused)),
            name: `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent}`.slice(
              0,
              60,
            ),
            ring: outlineStyle === 'solid' ? Number.parseFloat(outlineWidth) : 0,
            inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
          };
        });
        if (stop === null || stops.has(stop.name + stop.id)) break; // around once
        stops.add(stop.name + stop.id);
        expect(stop.ring, stop.name).toBeGreaterThanOrEqual(2);
        expect(stop.inView, stop.name).toBe(true);
        await page.keyboard.press('Escape'); // what opened by the focus alone
        if (shown.title === 'Wallboard') break; // Escape leaves it
      }
      expect(stops.size).toBeGreaterThan(0);
    });
  }
});

test('by keyboard alone: skip link, every control of the top bar, menus, dialog and popovers', async ({
  page,
  start,
}) => {
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');

  await tabTo(page, /^Skip to content$/);
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeInViewport();
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  await page.reload(); // else Tab would go on from the content
  await expect(chip(page, 'VPN')).toContainText('Live');
  await expect(page.getByRole('button', { name: 'Simulate' })).toBeVisible();

  await tabTo(page, /^Simulate$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Simulate' })).toBeFocused();

  await tabTo(page, /^Pause polling$/);

  await tabTo(page, /^Clear cache$/);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Clear cache' })).toBeFocused();

  await tabTo(page, /^Force refresh/);
  await page.keyboard.press('Enter');
  const refresh = page.getByRole('dialog', { name: 'Last refresh' });
  await expect(refresh).toContainText('refreshed');
  await page.keyboard.press('Escape');
  await expect(refresh).toBeHidden();
  await expect(page.getByRole('button', { name: /^Force refresh/ })).toBeFocused();

  // By their classes: a toast is a dialog too.
  for (const [name, popup] of [
    [/^Notices/, '.notices'],
    [/^Tray/, '.tray-popup'],
  ] as const) {
    await tabTo(page, name);
    await page.keyboard.press('Enter');
    const popover = page.locator(popup);
    await expect(popover).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(popover).toBeHidden();
    await expect(page.getByRole('button', { name })).toBeFocused();
  }

  await tabTo(page, /^Options$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemcheckbox', { name: /Refresh ahead/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Options' })).toBeFocused();

  // On to the page: the chip's chain of ages and a figure's formula open by focus alone.
  await tabTo(page, /^Engine totals, state and age/);
  await expect(page.getByRole('dialog', { name: 'Engine totals: how old?' })).toContainText('App cache');
  await page.keyboard.press('Escape');
  await tabTo(page, /^Backend calls saved$/);
  // By its words: the hint that was open before may still be on its way out.
  await expect(page.locator('.tooltip', { hasText: 'Lookups − backend loads' })).toBeVisible();
});

test('reduced motion and forced colors draw the whole page without an error', async ({ page, start }) => {
  const said = complaints(page);
  const app = await start();
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await expect(page.locator('.charts')).toBeVisible({ timeout: 12_000 });
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
  expect(await findings(page)).toEqual([]);
  expect(said).toEqual([]);
});

/** Where the rows of the page begin, in px. */
async function rowTops(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    ['.cards', '.tiles', '.hit-rate', '.timeline', '.engines'].map(
      (row) => document.querySelector(row)?.getBoundingClientRect().top ?? -1,
    ),
  );
}

test('nothing moves from the first paint over values and samples to a VPN that is down', async ({
  page,
  start,
}) => {
  test.setTimeout(60_000);
  const app = await start();
  const held = Promise.withResolvers<void>();
  await page.route('**/rpc/**', async (route) => {
    await held.promise;
    await route.fallback();
  });
  await page.goto(await app.link());
  await expect(page.locator('.skeleton')).toHaveCount(3);
  const first = await rowTops(page);
  held.resolve();
  await expect(chip(page, 'VPN')).toContainText('Live');
  expect(await rowTops(page)).toEqual(first);
  await expect(page.locator('.charts')).toBeVisible({ timeout: 12_000 });
  await expect(page.locator('.lanes')).toBeVisible();
  expect(await rowTops(page)).toEqual(first);

  await page.getByRole('button', { name: 'Simulate' }).click();
  await page.getByRole('menuitemradio', { name: /VPN down/ }).click();
  await expect(region(page, 'VPN')).toContainText('Both down', { timeout: 10_000 });
  await expect(region(page, 'Engines')).toContainText('Hidden, not none', { timeout: 10_000 });
  await expect(region(page, 'Orchestrator')).toContainText('Blocked', { timeout: 10_000 });
  expect(await rowTops(page)).toEqual(first);

  // The same at the smallest window: troubled and healthy are of one height.
  await page.setViewportSize({ width: 1024, height: 640 });
  const troubled = await rowTops(page);
  await page.getByRole('button', { name: /^Simulate/ }).click();
  await page.getByRole('menuitemradio', { name: /Nothing wrong/ }).click();
  await expect(region(page, 'VPN')).toContainText('Connected', { timeout: 10_000 });
  await expect(region(page, 'Orchestrator')).toContainText('Can start engines', { timeout: 10_000 });
  await expect(region(page, 'Engines')).toContainText('of 8 healthy', { timeout: 10_000 });
  expect((await rowTops(page)).slice(0, 3)).toEqual(troubled.slice(0, 3));
});
