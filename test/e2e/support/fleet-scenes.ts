import type { Browser } from '@playwright/test';
import { goByRail } from './page.ts';
import { close, forReadme, inAllSizes, openDemo, readme, shoot } from './shots.ts';

/** Every tab of the fleet, one engine and one stream opened, and the question before one is deleted. */
export async function engines(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  await goByRail(page, 'Engines & VPN');
  await page.waitForTimeout(6000);
  await forReadme(page, 'engines');
  await inAllSizes(page, 'engines', true);
  for (const tab of ['VPN', 'Streams', 'Health']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.mouse.move(0, 0);
    await page.waitForTimeout(3000);
    await inAllSizes(page, `engines-${tab.toLowerCase()}`, true);
  }
  await page.getByRole('tab', { name: 'Streams' }).click();
  await page.getByRole('grid').locator('.row-open').first().click();
  await page.waitForTimeout(12_000); // its charts begin
  await inAllSizes(page, 'engines-stream', true);
  await page.getByRole('tab', { name: 'Engines' }).click();
  await page.getByRole('grid').locator('.row-open').first().click();
  await page.waitForTimeout(2000);
  await inAllSizes(page, 'engines-engine', true);
  await page.getByRole('button', { name: /^Delete/ }).click();
  await shoot(page, 'light-engines-delete');
  await close(page, app);
}

/** The wallboard: all well, then a backend that does not answer. */
export async function wallboard(on: Browser): Promise<void> {
  const { app, page } = await openDemo(on);
  const show = async (hash: string): Promise<void> => {
    await page.evaluate((to) => void (window.location.hash = to), hash);
    await page.waitForTimeout(6000);
  };
  await show('#/wallboard');
  await page.screenshot({ path: `${readme}/wallboard-dark.png` }); // it is dark unless light was chosen
  await inAllSizes(page, 'wallboard');
  await show('#/');
  await page.getByRole('button', { name: /Simulate/ }).click();
  await page.getByRole('menuitemradio', { name: /Connection refused/ }).click();
  await page.waitForTimeout(40_000);
  await show('#/wallboard');
  await inAllSizes(page, 'wallboard-refused');
  await close(page, app);
}
