import type { Browser, Page } from '@playwright/test';
import { inProject } from '../../../build/paths.ts';
import { startApp } from './app.ts';
import type { RunningApp } from './app.ts';

export const folder = inProject('out/screenshots');
/** The pictures of the README. */
export const readme = inProject('build/readme');
export const wide = { width: 1440, height: 900 };
export const small = { width: 1024, height: 640 };

export type Scene = (browser: Browser) => Promise<void>;

/** Light and dark, wide and small, narrow. */
export async function inAllSizes(page: Page, name: string, fullPage = false): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(wide);
    await shoot(page, `${colorScheme}-${name}`, fullPage);
    await page.setViewportSize(small);
    await shoot(page, `${colorScheme}-${name}-1024x640`);
  }
  await page.setViewportSize({ width: 640, height: 800 });
  await shoot(page, `dark-${name}-640`, fullPage);
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** As it is now, in both themes. */
export async function forReadme(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${readme}/${name}-${colorScheme}.png` });
  }
}

export async function openDemo(on: Browser): Promise<{ app: RunningApp; page: Page }> {
  const app = await startApp();
  const page = await on.newPage({ viewport: wide });
  await page.goto(await app.link());
  await page.waitForTimeout(12_000);
  return { app, page };
}

export async function close(page: Page, app: RunningApp): Promise<void> {
  await page.close();
  await app.stop();
}

export async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
  console.log(`${folder}/${name}.png`);
}
