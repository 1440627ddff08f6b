import type { Page } from '@playwright/test';
import type { ScenarioName } from '../../support/replay-scenarios.ts';
import { expect, test } from '../support/app-test.ts';

/** What each page says of a recorded state of a real server, and what it must not say. */
interface Said {
  readonly page: string;
  readonly says: readonly string[];
  readonly never?: readonly string[];
}

const blocked = 'Blocked: VPN disconnected';

/** One scenario of each recorded folder at rest, then what was recorded as it went wrong. */
const expected: Readonly<Partial<Record<ScenarioName, readonly Said[]>>> = {
  'seed-era-no-vpn': [
    { page: '#/engines', says: ['2 of 2 healthy', 'acestream-1', '19000', '0 of 2, at most 6'] },
    {
      page: '#/engines/vpn',
      says: ['Disabled', 'The orchestrator runs without a VPN'],
      never: ['Unhealthy'],
    },
    { page: '#/engines/streams', says: ['0 running', 'No stream runs'] },
    { page: '#/engines/health', says: ['2 of 2 healthy', 'Closed (working)', '0 of 5'] },
    { page: '#/events', says: ['Orchestrator', 'says: Auto-scaling: provisioning 2 engines'] },
    { page: '#/cache/servers', says: ['0 % (n 3)', 'stats:total', 'always misses here'] },
  ],
  'seed-era-redundant': [
    { page: '#/engines', says: ['Via gluetun1', 'Via gluetun2', '40123', '40124'] },
    { page: '#/engines/streams', says: ['This backend does not list streams.'], never: ['No stream runs'] },
    { page: '#/engines/vpn', says: ['redundant pair', '203.0.113.10', 'Mullvad', '40124'] },
  ],
  'with-stream': [
    { page: '#/engines/streams', says: ['1 running', '0a48f0c1', 'MiB/s', 'acestream-1'] },
    { page: '#/engines', says: ['3 of 3 healthy', '1 of 3, at most 10'] },
    { page: '#/events', says: ['says: Stream started', 'says: Engine deleted'] },
  ],
  'single-vpn': [
    { page: '#/engines/vpn', says: ['one VPN', 'ProtonVPN', 'Berlin, Germany', '40123'] },
    { page: '#/events', says: ["says: VPN 'gluetun1' established connection"] },
  ],
  'single-vpn-unverified': [
    { page: '#/engines/vpn', says: ['Exit IP unverified', 'place unverified', 'Connected'] },
  ],
  'single-vpn-starting': [
    { page: '#/engines/vpn', says: ['Starting', 'not connected'], never: ['Disabled'] },
  ],
  'single-vpn-down': [
    { page: '#/engines/vpn', says: ['Disconnected', 'Unhealthy', 'not connected'], never: ['Disabled'] },
    { page: '#/engines', says: [blocked, 'No engine starts without the VPN'] },
    { page: '#/engines/health', says: ['Degraded', blocked] },
    { page: '#/events', says: ["says: VPN 'gluetun1' became unhealthy"] },
  ],
  redundant: [
    { page: '#/engines/vpn', says: ['redundant pair', 'gluetun1', 'gluetun2'], never: ['Emergency'] },
    { page: '#/engines', says: ['3 of 3 healthy', 'Via gluetun2'] },
  ],
  'redundant-one-down': [{ page: '#/engines/vpn', says: ['1 of 2 up', 'Unhealthy', 'Connected'] }],
  emergency: [
    {
      page: '#/engines/vpn',
      says: ['Emergency mode', 'gluetun2 is down', 'Everything runs behind gluetun1'],
    },
  ],
  'redundant-both-down': [
    { page: '#/engines/vpn', says: ['Both down'] },
    { page: '#/engines', says: ['hidden, not none'], never: ['No engines'] },
  ],
  'circuit-open': [
    { page: '#/engines/health', says: ['Open (blocking)', 'Unavailable'] },
    { page: '#/engines', says: ['Blocked: circuit breaker open', 'Clears in about'] },
  ],
  'max-capacity': [
    { page: '#/engines', says: ['0 of 10 healthy', '10 not checked yet', 'at maximum capacity'] },
  ],
  'stats-total-404': [{ page: '#/engines', says: ['This backend does not report it'], never: ['CPU (sum)'] }],
  'all-zero': [{ page: '#/engines', says: ['none is listed, none runs'] }],
  'v1.7.3': [{ page: '#/engines/health', says: ['version 1.7.3'] }],
  v2: [
    { page: '#/engines/vpn', says: ['1 of 2 up', 'counts its VPNs and does not describe them'] },
    { page: '#/engines', says: ['Not reported', '4'], never: ['0 of 0 healthy'] },
    { page: '#/engines/streams', says: ['This backend does not list streams.'] },
  ],
};

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

for (const [scenario, pages] of Object.entries(expected) as [ScenarioName, readonly Said[]][]) {
  test(`pages of the recorded ${scenario}`, async ({ page, replay }) => {
    await replay(scenario);
    const main = page.locator('main');
    for (const { page: hash, says, never = [] } of pages) {
      await goTo(page, hash);
      for (const text of says) await expect(main).toContainText(text);
      for (const text of never) await expect(main).not.toContainText(text);
    }
  });
}

/** What is said after one engine was to be started, on each recorded answer. */
const starts: readonly (readonly [ScenarioName, RegExp])[] = [
  ['seed-era-no-vpn', /: unknown\. The orchestrator failed .*500.*One new engine appeared: acestream-3\./],
  ['no-vpn', /: unknown\. The orchestrator failed .*500.*One new engine appeared: acestream-4\./],
  ['no-image', /: refused\. .*No such image.*No new engine so far\./],
  ['v2', /: done\. The orchestrator says: provisioning\. The engine list could not be read again\./],
];

for (const [scenario, words] of starts) {
  test(`starting an engine on the recorded ${scenario}`, async ({ page, replay }) => {
    const { server } = await replay(scenario);
    await goTo(page, '#/engines');
    await page.getByRole('button', { name: 'Start an engine…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start an engine' }).click();
    await expect(page.getByRole('log', { name: 'Results of changes' })).toContainText(words);
    const base = scenario === 'v2' ? '/api/v1' : '';
    expect(server.requestCount(`${base}/provision/acestream`)).toBe(1);
  });
}

test('where the recorded state blocks it, no start can be sent', async ({ page, replay }) => {
  const { server } = await replay('single-vpn-down');
  await goTo(page, '#/engines');
  await page.getByRole('button', { name: 'Start an engine…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('It would be refused as long as it is blocked.');
  await expect(dialog.getByRole('button', { name: 'Start an engine' })).toBeDisabled();
  expect(server.requestCount('/provision/acestream')).toBe(0);
});

test('a deleted engine is leaving while the recorded list still holds it', async ({ page, replay }) => {
  await replay('no-vpn');
  await goTo(page, '#/engines');
  await page.getByRole('button', { name: 'acestream-1', exact: true }).click();
  await page.getByRole('button', { name: 'Delete this engine…' }).click();
  await page.getByRole('button', { name: 'Hold to delete' }).focus();
  await page.keyboard.down('Enter');
  await expect(page.getByRole('log', { name: 'Results of changes' })).toContainText(
    /: done\. .*The engine is still listed; that can last about 10 seconds\./,
  );
  await page.keyboard.up('Enter');
  await expect(page.getByRole('row').filter({ hasText: 'acestream-1' })).toContainText('Leaving');
});
