import { mkdir } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { demoFaults } from '../../shared/contract/app.ts';
import type { DemoFault } from '../../shared/contract/app.ts';
import { findBrowser, installLine } from '../../build/find-browser.ts';
import { inProject } from '../../build/paths.ts';
import { startApp } from './support/app.ts';

/**
 * `npm run screenshots`: the built app on its demo in every state worth looking at, into out/screenshots; the two of
 * the README into build/readme. The longer the wait, the fuller the charts (seconds, default 60).
 */
const fillSeconds = Number(process.argv[2] ?? 60);
const folder = inProject('out/screenshots');
const readme = inProject('build/readme');

const executablePath = findBrowser();
if (executablePath === null) {
  console.error(`No browser found: ${installLine(true)}`);
  process.exit(1);
}
await mkdir(folder, { recursive: true });
await mkdir(readme, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
await healthy(browser);
await troubled(browser, 'slow', 'Late|Updating|Live', 20);
await troubled(browser, 'refused', 'Stale', 60);
await troubled(browser, 'vpn-down', 'Live', 15);
await browser.close();

async function healthy(on: Browser): Promise<void> {
  const app = await startApp();
  const page = await on.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(await app.link(), { waitUntil: 'commit' });
  await page.waitForSelector('#root > *');
  await shoot(page, 'first-paint');
  await page.waitForTimeout(fillSeconds * 1000);
  await shoot(page, 'light');
  await page.screenshot({ path: `${readme}/overview-light.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'dark');
  await page.screenshot({ path: `${readme}/overview-dark.png` });
  await shoot(page, 'dark-whole', true);
  await page.setViewportSize({ width: 1024, height: 640 });
  await shoot(page, 'dark-1024x640');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot(page, 'light-1024x640', true);
  await page.setViewportSize({ width: 640, height: 800 });
  await shoot(page, 'light-640', true);
  const cookies = await page.context().cookies();
  // 1280×800 at 200 % zoom is a viewport of half the size with twice the pixels.
  const zoomed = await on.newContext({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  await zoomed.addCookies(cookies);
  const large = await zoomed.newPage();
  await large.goto(new URL('/', page.url()).href);
  await large.waitForTimeout(6000);
  await shoot(large, 'light-1280x800-at-200');
  await zoomed.close();
  await page.close();
  await app.stop();
}

async function troubled(on: Browser, fault: DemoFault, until: string, seconds: number): Promise<void> {
  const app = await startApp();
  const page = await on.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(await app.link());
  await page.waitForTimeout(12_000);
  await page.getByRole('button', { name: /Simulate/ }).click();
  await page.locator(`[role=menuitemradio]`).nth(demoFaults.indexOf(fault)).click();
  await page
    .locator('.chip')
    .filter({ hasText: new RegExp(until) })
    .first()
    .waitFor({ timeout: 90_000 });
  await page.waitForTimeout(seconds * 1000);
  await shoot(page, `light-${fault}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: /^Tray/ }).click();
  await shoot(page, `dark-${fault}-tray`);
  await page.close();
  await app.stop();
}

async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
  console.log(`${folder}/${name}.png`);
}
