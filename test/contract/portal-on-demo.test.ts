import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppCore } from '../../electron/core/ports.ts';
import type { PortalState } from '../../shared/contract/portal.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';

// The whole core on the embedded demo, over real HTTP and on the machine's clock: what the pages of portal, sessions and
// workstations are given.

const folder = mkdtempSync(join(tmpdir(), 'cachedeck-portal-'));
let core: AppCore;
let client: Client;
let portal: PortalState = { connected: false, url: null, users: [] };

async function begin(): Promise<void> {
  ({ core, client } = await startCoreOnDemo({ dataFolder: folder }));
  client.subscribe('portal.state', (state) => (portal = state));
}

beforeAll(begin);
afterAll(async () => {
  await core.stop();
  rmSync(folder, { recursive: true, force: true });
});

function userOf(kind: 'service' | 'token', nth = 0): string {
  return portal.users.filter((user) => user.kind === kind)[nth]?.user ?? '';
}

test('the demo has a service user with one engagement: its context comes from the portal, then from the store', async () => {
  expect(portal).toMatchObject({ connected: true });
  expect(portal.users.map(({ kind }) => kind).toSorted()).toEqual(['service', 'token', 'token']);
  const user = userOf('service');
  const cold = await client.call('portal.context', { user });
  expect(cold.mustChoose).toBe(false);
  expect(cold.engagement.value?.customer).toBeTruthy();
  expect(cold.businessUnits.value?.length).toBeGreaterThan(0);
  expect(cold.zones).toMatchObject({ failure: null });
  const warm = await client.call('portal.context', { user });
  expect([warm.ipcEngagementId.served, warm.endpoints.served, warm.zones.served]).toEqual([
    'hit',
    'hit',
    'hit',
  ]);
  const { vms, syncedAt } = await client.call('portal.vms', { user });
  expect(vms.length).toBeGreaterThan(0);
  expect(syncedAt).not.toBeNull();
  const { sites, complete } = await client.call('portal.clusters', { user });
  expect(complete).toBe(true);
  expect(sites.some(({ error }) => error !== null)).toBe(true);
  expect(sites.some(({ clusters }) => clusters.length > 0)).toBe(true);
});

test('an engineer has to choose, and switching drops what belonged to the engagement before', async () => {
  const user = userOf('token');
  const first = await client.call('portal.context', { user });
  expect(first.mustChoose).toBe(true);
  const offered = first.engagements.value ?? [];
  expect(new Set(offered.map(({ customer }) => customer)).size).toBe(3);
  const [one, other] = offered;
  const chosen = await client.call('portal.chooseEngagement', { user, engagementId: one?.id ?? 0 });
  const switched = await client.call('portal.chooseEngagement', { user, engagementId: other?.id ?? 0 });
  expect(switched.engagement.value).toEqual(other);
  expect(switched.ipcEngagementId.value).not.toBe(chosen.ipcEngagementId.value);
  expect(switched.zones.value).not.toEqual(chosen.zones.value);
  expect(await client.call('sessions.checkIsolation', {})).toMatchObject({ ok: true, users: 2 });
});

test('sessions are listed masked, inspected in full, and outlast a restart', async () => {
  const { users, total } = await client.call('sessions.list', {});
  const customer = users.find(({ user }) => user === userOf('service'));
  expect(customer).toMatchObject({ present: 7, restored: false });
  expect(customer?.masked).toContain('•••');
  expect(total.hits).toBeGreaterThan(0);
  const inspected = await client.call('sessions.inspect', { user: userOf('service') });
  expect(inspected.fields.every(({ json }) => json !== null)).toBe(true);
  await core.stop();
  expect(readdirSync(join(folder, 'sessions'))).toHaveLength(1);
  await begin();
  const again = await client.call('sessions.list', {});
  expect(again.users.find(({ user }) => user === userOf('service'))).toMatchObject({
    present: 7,
    restored: true,
  });
  const context = await client.call('portal.context', { user: userOf('service') });
  expect(context.zones.served).toBe('hit');
});

test('the workstation manager is signed in to as admin; its own cache is apart from ours', async () => {
  const { reading } = await client.call('workstations.list', {});
  expect(reading.value?.workstations.length).toBeGreaterThan(5);
  expect(reading.ttl).toBe(300_000);
  expect((await client.call('workstations.list', {})).reading.served).toBe('hit');
  const made = await client.call('workstations.create', {
    name: 'New one',
    address: '192.0.2.99',
    user: 'admin',
    password: 'typed-once',
  });
  expect(made.id).not.toBeNull();
  const after = await client.call('workstations.list', {});
  expect(after.reading.value?.workstations.length).toBe((reading.value?.workstations.length ?? 0) + 1);
  const cleared = await client.call('workstations.clearCache', {});
  expect(cleared).toMatchObject({ removed: null });
  await expect(client.call('workstations.invalidate', { pattern: ' ' })).rejects.toMatchObject({
    code: 'bad-request',
  });
});

test('the comparison meets the document’s calls', { timeout: 60_000 }, async () => {
  const { three, five } = await client.call('sessions.compare', { user: userOf('service') });
  const callsOf = (runs: typeof three): number[] => runs.map(({ calls }) => calls);
  expect(three.map(({ kind }) => kind)).toEqual(['off', 'cold', 'warm', 'restarted']);
  expect(callsOf(three)[0]).toBe(9);
  expect(callsOf(three)[1]).toBeLessThanOrEqual(5);
  expect(callsOf(three).slice(2)).toEqual([2, 2]);
  expect(callsOf(five)[0]).toBe(14);
  expect(callsOf(five).slice(2)).toEqual([2, 2]);
});
