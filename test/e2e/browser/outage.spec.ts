import { expect, test } from '../support/app-test.ts';
import { chip, region } from '../support/page.ts';

/** How long the backend stays away; the chain uses the shortest that reaches every state. */
const outageSeconds = Number(process.env['OUTAGE_SECONDS'] ?? 50);

test('a backend that goes away: values stay, ages grow, one notice, live again', async ({ page, onDemo }) => {
  test.setTimeout((outageSeconds + 150) * 1000);
  const { app, demo } = await onDemo();
  await expect(chip(page, 'VPN')).toContainText('Live');
  await expect(region(page, 'Engines')).toContainText('of 8 healthy');
  const stopped = Date.now();
  await demo.setFault('refused');

  await expect(chip(page, 'VPN')).toContainText('Failing', { timeout: 30_000 });
  await expect(region(page, 'VPN')).toContainText(
    /tries failed: cannot be reached · (next try in \d+ s|trying now)/,
  );
  await expect(chip(page, 'VPN')).toContainText('Stale', { timeout: 30_000 });
  for (const card of ['Engines', 'Orchestrator']) await expect(chip(page, card)).toContainText('Stale');
  await expect(page.getByTestId('overall')).toHaveText(/3 of 3 sources stale/);
  await expect(page).toHaveTitle(/3 stale/);

  await page.waitForTimeout(Math.max(0, outageSeconds * 1000 - (Date.now() - stopped)));
  await expect(region(page, 'Engines')).toContainText('of 8 healthy');
  await expect(region(page, 'VPN')).toContainText('Unknown');
  await expect(region(page, 'VPN')).not.toContainText('Disabled');
  await expect(region(page, 'VPN')).toContainText('203.0.113.');
  const schedules = await page.locator('.trouble').allInnerTexts();
  const waits = schedules.flatMap((text) => /next try in (\d+) s/.exec(text)?.slice(1).map(Number) ?? []);
  if (waits.length > 1) expect(Math.max(...waits) - Math.min(...waits)).toBeLessThanOrEqual(1);
  const tray = /^Tray: .*Orchestrator is not answering · since \d\d:\d\d$/;
  await expect(page.getByRole('button', { name: tray })).toBeVisible();
  expect(app.output().match(/Orchestrator is not answering/g)).toHaveLength(1);

  await demo.setFault('none');
  await expect(page.getByTestId('overall')).toHaveText(/All 3 sources live/, { timeout: 70_000 });
  const told = () => app.output().match(/Orchestrator answers again/g)?.length;
  await expect.poll(told, { timeout: 45_000 }).toBe(1);
  expect(app.output()).not.toContain('stale'); // what follows from it is not told
});

test('the app itself going away is said, and values stay with their time', async ({ page, onDemo }) => {
  test.setTimeout(60_000);
  const { app } = await onDemo();
  await expect(chip(page, 'VPN')).toContainText('Live');
  await app.stop();
  await expect(page.getByTestId('overall')).toHaveText(/Not connected/, { timeout: 20_000 });
  await expect(region(page, 'Engines')).toContainText('of 8 healthy');
});
