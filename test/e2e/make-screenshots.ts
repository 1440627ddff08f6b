import { mkdir } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { demoFaults } from '../../shared/contract/app.ts';
import type { DemoFault } from '../../shared/contract/app.ts';
import { findBrowser, installLine } from '../../build/find-browser.ts';
import { startReplay } from '../support/replay-orchestrator.ts';
import type { ScenarioName } from '../support/replay-scenarios.ts';
import { startApp } from './support/app.ts';
import { cache, history } from './support/cache-scenes.ts';
import { goByRail } from './support/page.ts';
import { engines, wallboard } from './support/fleet-scenes.ts';
import {
  close,
  folder,
  forReadme,
  inAllSizes,
  openDemo,
  readme,
  shoot,
  small,
  wide,
} from './support/shots.ts';
import type { Scene } from './support/shots.ts';
import { addProfile, fillNewProfile, nothingChosen, openSettings } from './support/settings-page.ts';

/**
 * `npm run screenshots`: the built app in every state worth looking at, into out/screenshots; those of
 * the README into build/readme. `npm run screenshots 30 frozen paused` waits 30 s (default 60) for the charts to fill
 * and draws these states alone.
 */
const [seconds, ...only] = process.argv.slice(2);
const fillSeconds = Number(seconds ?? 60);

const executablePath = findBrowser();
if (executablePath === null) {
  console.error(`No browser found: ${installLine(true)}`);
  process.exit(1);
}

const scenes: Readonly<Record<string, Scene>> = {
  healthy,
  slow: troubled('slow', 'Late|Updating|Live', 20),
  refused: troubled('refused', 'Stale', 60),
  'error-500': troubled('error-500', 'Failing', 3),
  malformed: troubled('malformed', 'Stale', 2),
  frozen: troubled('frozen', 'Stale', 2),
  'vpn-down': troubled('vpn-down', 'Live', 15),
  paused,
  'link-lost': linkLost,
  'single-vpn': replayed('single-vpn'),
  'single-vpn-down': replayed('single-vpn-down'),
  emergency: replayed('emergency'),
  v2: replayed('v2'),
  'first-run': firstRun,
  settings,
  events,
  alerts,
  'broken-profile': brokenProfile,
  tenants,
  cache,
  history,
  engines,
  wallboard,
};

await mkdir(folder, { recursive: true });
await mkdir(readme, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, scene] of Object.entries(scenes)) {
  if (only.length === 0 || only.includes(name)) await scene(browser);
}
await browser.close();

async function healthy(on: Browser): Promise<void> {
  const app = await startApp();
  const page = await on.newPage({ viewport: wide });
  await page.goto(await app.link(), { waitUntil: 'commit' });
  await page.waitForSelector('#root > *');
  await shoot(page, 'first-paint');
  await page.waitForTimeout(fillSeconds * 1000);
  await shoot(page, 'light');
  await forReadme(page, 'overview');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'dark');
  await shoot(page, 'dark-whole', true);
  await page.setViewportSize({ width: 1280, height: 800 });
  await shoot(page, 'dark-1280x800');
  await page.setViewportSize(small);
  await shoot(page, 'dark-1024x640');
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot(page, 'light-1024x640', true);
  await page.setViewportSize({ width: 640, height: 800 });
  await shoot(page, 'light-640', true);
  await page.setViewportSize(wide);
  await page.emulateMedia({ forcedColors: 'active' });
  await shoot(page, 'forced-colors');
  const cookies = await page.context().cookies();
  // 1280×800 at 200 % zoom is a viewport of half the size with twice the pixels.
  const zoomed = await on.newContext({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  await zoomed.addCookies(cookies);
  const large = await zoomed.newPage();
  await large.goto(new URL('/', page.url()).href);
  await large.waitForTimeout(6000);
  await shoot(large, 'light-1280x800-at-200');
  await zoomed.close();
  await close(page, app);
}

/** The demo with a fault; the picture is taken `extraSeconds` after a chip matches `until`. */
function troubled(fault: DemoFault, until: string, extraSeconds: number): Scene {
  return async (on) => {
    const { app, page } = await openDemo(on);
    await page.getByRole('button', { name: /Simulate/ }).click();
    await page.locator(`[role=menuitemradio]`).nth(demoFaults.indexOf(fault)).click();
    await page
      .locator('.chip')
      .filter({ hasText: new RegExp(until) })
      .first()
      .waitFor({ timeout: 90_000 });
    await page.waitForTimeout(extraSeconds * 1000);
    await shoot(page, `light-${fault}`);
    await page.setViewportSize(small);
    await shoot(page, `light-${fault}-1024x640`);
    await page.setViewportSize(wide);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('button', { name: /^Tray/ }).click();
    await shoot(page, `dark-${fault}-tray`);
    await close(page, app);
  };
}

async function paused(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  await page.getByRole('button', { name: /Force refresh/ }).click();
  await page.getByText(/\d refreshed/).waitFor();
  await shoot(page, 'light-refreshed');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.waitForTimeout(8000);
  await shoot(page, 'light-paused');
  await page.keyboard.press('c');
  await shoot(page, 'light-clear');
  await close(page, app);
}

/** The host is gone: the page says so, and its values grow old. */
async function linkLost(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  await app.stop();
  await page.getByText(/is not answering/).waitFor({ timeout: 30_000 });
  await page.waitForTimeout(2000);
  await shoot(page, 'light-link-lost');
  await page.waitForTimeout(32_000);
  await shoot(page, 'light-link-lost-later');
  await page.close();
}

/** A recorded orchestrator. */
function replayed(scenario: ScenarioName): Scene {
  return async (on) => {
    const server = await startReplay(scenario);
    const app = await startApp({ CACHEDECK_ORCHESTRATOR_URL: server.url });
    const page = await on.newPage({ viewport: wide });
    await page.goto(await app.link());
    await page.waitForTimeout(8000);
    await shoot(page, `light-${scenario}`);
    await page.setViewportSize(small);
    await shoot(page, `light-${scenario}-1024x640`);
    await close(page, app);
    await server.close();
  };
}

async function firstRun(on: Browser): Promise<void> {
  const app = await startApp(nothingChosen);
  const page = await on.newPage({ viewport: wide });
  await page.goto(await app.link());
  await page.getByRole('heading', { level: 1 }).waitFor();
  await inAllSizes(page, 'first-run');
  await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:59999');
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByText(/Nothing listens/).waitFor();
  await inAllSizes(page, 'first-run-refused');
  await close(page, app);
}

async function settings(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  await openSettings(page);
  await addProfile(page, { name: 'Home lab', url: 'https://orchestrator.home.example:8000', key: 'a-key' });
  await addProfile(page, { name: 'Berlin', url: 'https://berlin.example/orchestrator' });
  await page.mouse.move(0, 0);
  await forReadme(page, 'settings');
  await inAllSizes(page, 'settings', true);
  await fillNewProfile(page, { name: 'Attic', url: 'http://192.0.2.7:8000', key: 'a-key' });
  await inAllSizes(page, 'settings-editor');
  await close(page, app);
}

async function events(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  for (const fault of ['vpn-down', 'none', 'refused'] as const) {
    await page.getByRole('button', { name: /Simulate/ }).click();
    await page.locator('[role=menuitemradio]').nth(demoFaults.indexOf(fault)).click();
    await page.waitForTimeout(12_000);
  }
  await goByRail(page, 'Events');
  await page.waitForTimeout(30_000);
  await forReadme(page, 'events');
  await inAllSizes(page, 'events');
  await page.getByRole('searchbox').fill('nothing that ever happened');
  await inAllSizes(page, 'events-empty');
  await close(page, app);
}

/** Nothing active, then a backend that does not answer, one alert of it snoozed; each tab. */
async function alerts(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  await goByRail(page, 'Alerts');
  await inAllSizes(page, 'alerts-none');
  for (const [fault, firing] of [
    ['vpn-down', 'VPN disconnected'],
    ['refused', 'Orchestrator is not answering'],
  ] as const) {
    await page.getByRole('button', { name: /Simulate/ }).click();
    await page.locator('[role=menuitemradio]').nth(demoFaults.indexOf(fault)).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: firing })
      .getByText('Firing')
      .waitFor({ timeout: 90_000 });
  }
  await page
    .getByRole('button', { name: /^Snooze: VPN/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: '1 h' }).click();
  await page.waitForTimeout(8000); // the second is told
  await page.mouse.move(0, 0); // a toast that is pointed at stays
  await page.waitForFunction(() => document.querySelector('.toast') === null, null, { timeout: 60_000 });
  await forReadme(page, 'alerts');
  await inAllSizes(page, 'alerts');
  await goByRail(page, 'Overview');
  await inAllSizes(page, 'alerts-overview', true);
  await goByRail(page, 'Alerts');
  for (const tab of ['History', 'Rules', 'Silences']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.waitForTimeout(1000);
    await inAllSizes(page, `alerts-${tab.toLowerCase()}`, true);
  }
  await close(page, app);
}

/** A profile whose server refuses, and one that has no orchestrator. */
async function brokenProfile(on: Browser): Promise<void> {
  const app = await startApp({ CACHEDECK_ORCHESTRATOR_URL: 'https://127.0.0.1:59999/' });
  const page = await on.newPage({ viewport: wide });
  await page.goto(await app.link());
  await page
    .getByText(/No data/)
    .first()
    .waitFor({ timeout: 30_000 });
  await page.waitForTimeout(6000);
  await inAllSizes(page, 'broken-profile');
  await close(page, app);
  const other = await startApp({
    CACHEDECK_PORTAL_URL: 'https://portal.example/',
    CACHEDECK_PROFILE: 'environment',
  });
  const second = await on.newPage({ viewport: wide });
  await second.goto(await other.link());
  await second.waitForTimeout(3000);
  await inAllSizes(second, 'without-orchestrator');
  await close(second, other);
}

/** Portal, sessions and workstations: on the demo, with a site that fails, signed out. */
async function tenants(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  const go = async (name: string): Promise<void> => {
    await goByRail(page, name);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(5000);
  };
  await go('Portal');
  await forReadme(page, 'portal');
  await inAllSizes(page, 'portal', true);
  await go('Sessions');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.waitForTimeout(30_000);
  await forReadme(page, 'sessions');
  await inAllSizes(page, 'sessions', true);
  await go('Workstations');
  await forReadme(page, 'workstations');
  await inAllSizes(page, 'workstations', true);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await inAllSizes(page, 'workstations-signed-out');
  await page.getByRole('button', { name: /Simulate/ }).click();
  await page.locator('[role=menuitemradio]').nth(demoFaults.indexOf('refused')).click();
  await go('Portal');
  await inAllSizes(page, 'portal-refused', true);
  await close(page, app);
  const other = await startApp({ CACHEDECK_ORCHESTRATOR_URL: 'https://127.0.0.1:59999/' });
  const second = await on.newPage({ viewport: wide });
  await second.goto(await other.link());
  for (const name of ['Portal', 'Sessions', 'Workstations']) {
    await goByRail(second, name);
    await second.waitForTimeout(1500);
    await shoot(second, `light-no-${name.toLowerCase()}`);
  }
  await close(second, other);
}
