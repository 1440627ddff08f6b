import type { Page } from '@playwright/test';
import { managerPassword, startManagerReplay } from '../../support/replay-workstations.ts';
import type { ManagerReplay } from '../../support/replay-workstations.ts';
import { expect as plainExpect, test as base } from '../support/app-test.ts';
import { expectCleanInBothSchemes, findings } from '../support/axe.ts';
import { chip, complaints, goByRail, region } from '../support/page.ts';

type Role = 'admin' | 'operator' | 'viewer';

const test = base.extend<{
  /** The app on a recorded workstation manager and nothing else, as this account. */
  manager: (role: Role, password?: string) => Promise<ManagerReplay>;
}>({
  manager: async ({ page, start }, provide) => {
    const servers: ManagerReplay[] = [];
    await provide(async (role, password = managerPassword) => {
      const server = await startManagerReplay();
      servers.push(server);
      const app = await start({
        CACHEDECK_PROFILE: 'environment',
        CACHEDECK_WORKSTATIONS_URL: server.url,
        CACHEDECK_WORKSTATIONS_USER: role,
        CACHEDECK_WORKSTATIONS_PASSWORD: password,
      });
      await page.goto(await app.link());
      await openPage(page);
      return server;
    });
    for (const server of servers) await server.close();
  },
});

/** The demo answers with a real manager's latencies, and the machine may be busy. */
const expect = plainExpect.configure({ timeout: 15_000 });
test.describe.configure({ timeout: 90_000 });

async function openPage(page: Page): Promise<void> {
  await goByRail(page, 'Workstations');
}

test('the demo: card, list, filter, test, create, invalidate, sign out; nothing serious for axe', async ({
  page,
  start,
}) => {
  const said = complaints(page);
  const app = await start();
  await page.goto(await app.link());
  await expect(region(page, 'Workstations')).toContainText('8 of 12 online');
  await expect(chip(page, 'Workstations')).toContainText('Live');
  await expect(region(page, 'Portal')).toContainText('signed in');
  await page.keyboard.press('6');
  await expect(region(page, 'Account')).toContainText('as admin · role admin');
  const list = region(page, 'Workstations');
  await expect(list.getByRole('rowheader')).toHaveCount(12);
  await expect(region(page, 'Manager’s own cache')).toContainText('Hit rate');
  await expectCleanInBothSchemes(page);

  await page.keyboard.press('/');
  await page.keyboard.type('error');
  await expect(list.getByRole('rowheader')).toHaveCount(1);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Test the connection of Studio 1' }).click();
  await expect(list).toContainText('The manager reached Studio 1');

  await page.getByRole('button', { name: 'Add a workstation…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a workstation' });
  await expectCleanInBothSchemes(page);
  for (const [label, text] of Object.entries({
    Name: 'Studio 9',
    Address: '192.0.2.99',
    Account: 'operator',
    Password: 'typed in the browser',
  })) {
    await dialog.getByLabel(label).fill(text);
  }
  await page.keyboard.press('Enter');
  await expect(list).toContainText('Studio 9 was added');
  await expect(list.getByRole('rowheader')).toHaveCount(13);
  await expect(list).not.toContainText('typed in the browser');

  await page.getByRole('textbox', { name: 'Invalidate by pattern' }).fill('workstations_*');
  await page.getByRole('button', { name: 'Invalidate…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Preview not available');
  await page.getByRole('button', { name: 'Hold to invalidate' }).hover();
  await page.mouse.down();
  await expect(region(page, 'Manager’s own cache')).toContainText('The server does not say how many.');
  await page.mouse.up();
  await expect(page.getByRole('button', { name: 'Invalidate…' })).toBeFocused();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(region(page, 'Account')).toContainText('Signed out. Sign in to go on.');
  await expect(list).toHaveCount(0);
  await expect(region(page, 'Account').getByRole('textbox', { name: 'Account' })).toBeFocused();
  await expectCleanInBothSchemes(page);
  expect(said).toEqual([]);
});

test('a viewer: the recorded list is read, the rest is grey with the role it needs, and not asked for', async ({
  page,
  manager,
}) => {
  const server = await manager('viewer');
  await expect(region(page, 'Account')).toContainText('role viewer');
  await expect(region(page, 'Workstations')).toContainText('1 of 3 online');
  await expect(page.getByRole('button', { name: 'Add a workstation…' })).toBeDisabled();
  await expect(region(page, 'Workstations')).toContainText('Adding: Needs the role operator');
  await expect(region(page, 'Manager’s own cache')).toContainText('Needs the role admin');
  await expect(page.getByRole('button', { name: 'Clear the manager’s cache…' })).toBeDisabled();
  await expectCleanInBothSchemes(page);
  expect(server.count('GET /api/performance/cache-stats')).toBe(0);
  expect(server.count('GET /api/status')).toBe(0);
});

test('an admin: no requests is no rate, and clearing repeats the server’s words without a number', async ({
  page,
  manager,
}) => {
  const server = await manager('admin');
  const cache = region(page, 'Manager’s own cache');
  await expect(cache).toContainText('— no requests');
  await page.getByRole('button', { name: 'Clear the manager’s cache…' }).click();
  await page.getByRole('button', { name: 'Hold to clear' }).hover();
  await page.mouse.down();
  await expect(cache).toContainText('The server does not say how many.');
  await page.mouse.up();
  expect(server.count('POST /api/performance/cache-clear')).toBe(1);
});

test('the server’s own refusal of a form stands at the form', async ({ page, manager }) => {
  const server = await manager('operator');
  server.answer('POST /api/workstations', (response) => {
    response.writeHead(422, { 'content-type': 'application/json' });
    response.end('{"detail":"name is required and cannot be empty"}');
  });
  await page.getByRole('button', { name: 'Add a workstation…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a workstation' });
  for (const label of ['Name', 'Address', 'Account', 'Password']) await dialog.getByLabel(label).fill('x');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(dialog.getByRole('alert')).toContainText('name is required and cannot be empty');
});

test('a wrong password: the reason and the form; signed in, the list is there', async ({ page, manager }) => {
  await manager('admin', 'wrong-password');
  const account = region(page, 'Account');
  await expect(account).toContainText('Incorrect username or password');
  await expectCleanInBothSchemes(page);
  await account.getByLabel('Account').fill('operator');
  await account.getByLabel('Password').fill(managerPassword);
  await page.keyboard.press('Enter');
  await expect(account).toContainText('as operator · role operator');
  await expect(region(page, 'Workstations')).toContainText('1 of 3 online');
});

test('a manager that goes away: the last list stays, with the reason', async ({ page, manager }) => {
  const server = await manager('admin');
  const list = region(page, 'Workstations');
  await expect(list.getByRole('rowheader')).toHaveCount(3);
  await server.close();
  await list.getByRole('button', { name: 'Refresh' }).click();
  await expect(list).toContainText('The last list is shown.');
  await expect(list.getByRole('rowheader')).toHaveCount(3);
});

test('a profile without a manager: the page leads to Settings, the Overview keeps no room for its card', async ({
  page,
  start,
}) => {
  const app = await start({ CACHEDECK_ORCHESTRATOR_URL: 'http://127.0.0.1:1' });
  await page.goto(await app.link());
  await expect(region(page, 'VPN')).toBeVisible();
  await expect(page.locator('.further')).toHaveCount(0);
  await openPage(page);
  await expect(page.getByText('This profile has no workstation manager.')).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('1');
  const top = (): Promise<number> =>
    page.locator('.tiles').evaluate((tiles) => tiles.getBoundingClientRect().top);
  const before = await top();
  await page.reload();
  await page.locator('.tiles').waitFor();
  expect(await top()).toBe(before);
});
