import { expect, test } from '../support/app-test.ts';
import { chip, region } from '../support/page.ts';

test('Force refresh shows each source and asks the backend once more', async ({ page, onDemo }) => {
  const { demo } = await onDemo();
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.waitForTimeout(1000);
  const before = demo.requestCount('/vpn/status');
  await page.getByRole('button', { name: /Force refresh/ }).click();
  await expect(page.getByText(/ok \d+ ms/).first()).toBeVisible();
  await expect(page.getByText(/refreshed/).first()).toBeVisible();
  expect(demo.requestCount('/vpn/status')).toBeGreaterThan(before);
});

test('Clear cache tells scope and count first, then what went; values stay', async ({ page, onDemo }) => {
  await onDemo();
  await expect(chip(page, 'VPN')).toContainText('Live');
  // The count comes with the next tick's statistics.
  await expect(page.getByRole('contentinfo')).toContainText('6 entries', { timeout: 8000 });
  await page.getByRole('button', { name: /Clear cache/ }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(/Clear 6 entries \(\d/);
  // The engine list takes two requests.
  await expect(dialog).toContainText('about 7 extra calls');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: /Clear cache/ }).click();
  await dialog.getByRole('button', { name: 'Clear 6 entries' }).click();
  await expect(page.getByText(/Cleared 6 entries/).first()).toBeVisible();
  await expect(region(page, 'VPN')).toContainText('Connected');
});

test('pause stops the traffic and says so; resume goes on', async ({ page, onDemo }) => {
  const { demo } = await onDemo();
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.getByRole('button', { name: 'Pause polling' }).click();
  await expect(chip(page, 'VPN')).toContainText('Paused');
  await page.waitForTimeout(500);
  const before = demo.requestCount('/vpn/status');
  await page.waitForTimeout(7000);
  expect(demo.requestCount('/vpn/status')).toBe(before);
  await expect(region(page, 'VPN')).toContainText('Connected');
  await page.getByRole('button', { name: /Resume/ }).click();
  await expect(chip(page, 'VPN')).toContainText('Live');
});

test('the Simulate menu breaks the demo and mends it', async ({ page, start }) => {
  const app = await start();
  await page.goto(await app.link());
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.getByRole('button', { name: /Simulate/ }).click();
  await page.getByRole('menuitemradio', { name: /VPN down/ }).click();
  await expect(region(page, 'VPN')).toContainText('Both down', { timeout: 10_000 });
  await expect(region(page, 'Engines')).toContainText('Hidden, not none', { timeout: 10_000 });
  await page.getByRole('button', { name: /Simulate/ }).click();
  await page.getByRole('menuitemradio', { name: /Nothing wrong/ }).click();
  await expect(region(page, 'VPN')).toContainText('Connected', { timeout: 10_000 });
});

test("the orchestrator's own cache is cleared after a hold, with the server's own words", async ({
  page,
  replay,
}) => {
  await replay('single-vpn');
  const panel = region(page, 'Orchestrator’s own cache');
  await panel.getByRole('button', { name: /Clear the orchestrator/ }).click();
  const dialog = page.getByRole('alertdialog');
  const button = dialog.getByRole('button', { name: /Hold/ });
  await button.hover();
  await page.mouse.down();
  await expect(page.getByText(/Cache cleared successfully/).first()).toBeVisible();
  await page.mouse.up();
});

test('shortcuts: R refreshes, P pauses, C asks, ? explains, Escape closes', async ({ page, onDemo }) => {
  await onDemo();
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.keyboard.press('p');
  await expect(chip(page, 'VPN')).toContainText('Paused');
  await page.keyboard.press('p');
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.keyboard.press('c');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Force refresh');
});

test('refresh ahead can be switched off, and the page says what that means', async ({ page, onDemo }) => {
  await onDemo();
  await expect(chip(page, 'VPN')).toContainText('Live');
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('menuitemcheckbox', { name: /Refresh ahead/ }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('contentinfo')).toContainText('Refresh ahead off');
  await expect(region(page, 'Hit rate')).toContainText('Refresh ahead is off', {
    timeout: 12_000,
  });
});
