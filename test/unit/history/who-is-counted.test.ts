import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { status, totals, vpnOf } from '../../support/page-world.ts';
import { managerPassword, startManagerReplay } from '../../support/replay-workstations.ts';
import { startScriptedPortal } from '../../support/scripted-portal.ts';
import { alice } from '../portal/portal-bed.ts';
import { serviceBed } from '../workstations/service-bed.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 21, 8);

test('each load of the workstation manager goes to the log of requests, with how it ended', async () => {
  const { clock, replay, requests, service } = await serviceBed();
  const began = clock.wall();
  await service.list();
  await service.list(); // a hit
  await replay.close();
  await clock.advance(301_000);
  await service.list();
  expect(requests).toMatchObject([
    { at: began, resource: 'workstations_list', outcome: 'ok', calls: 1 },
    { at: began + 301_000, resource: 'workstations_list', calls: 1 },
  ]);
  expect(requests[1]?.outcome).not.toBe('ok');
});

test('workstations and portal users are counted beside the orchestrator; users are masked, and by the id of their session', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-counted-'));
  const person = alice();
  const portal = await startScriptedPortal([person]);
  const manager = await startManagerReplay();
  const clock = new FakeClock(start);
  const app = await startCoreOnScript({
    clock,
    options: { dataFolder: folder },
    backend: {
      portal: { url: portal.url, uatPaths: false, account: null, tokens: [] },
      workstations: { url: manager.url, user: 'admin', password: managerPassword },
    },
  });
  onTestFinished(async () => {
    await app.core.stop();
    await manager.close();
    rmSync(folder, { recursive: true, force: true });
  });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  await clock.advance(10_000);
  const { client } = app;
  const { user } = await client.call('portal.signIn', { email: person.email, token: person.tokens[0] ?? '' });
  await client.call('workstations.list', {});
  await client.call('workstations.list', {});
  await client.call('portal.context', { user });
  const { users } = await client.call('sessions.list', {});
  await clock.advance(minute);
  const ask = async () => {
    const { scopes } = await client.call('history.scopes', { from: start, to: clock.wall(), points: 240 });
    return scopes.filter(({ scope }) => scope === `user:${user}` || scope === 'workstations_list');
  };
  const asked = await ask();
  const of = (name: string) => asked.find(({ scope }) => scope.startsWith(name));
  expect(of('workstations')).toMatchObject({ title: 'Workstation list', hits: [1, 0], loads: [1, 0] });
  const { hits, misses, coalesced, loads } = users[0]?.statistics ?? {};
  expect(loads).toBeGreaterThan(0);
  expect(of('user:')).toMatchObject({
    title: users[0]?.masked,
    hits: [hits, 0],
    misses: [misses, 0],
    coalesced: [coalesced, 0],
    loads: [loads, 0],
  });
  expect(JSON.stringify(asked)).not.toContain(person.email);

  // Signed out: the counts stay, as the cache's do when it is cleared, but nobody's name is on them.
  await client.call('portal.signOut', { user });
  expect((await ask()).map(({ title }) => title)).toContain(`User ${user.slice(0, 6)}`);
  expect((await ask()).find(({ scope }) => scope === `user:${user}`)?.loads).toEqual([loads, 0]);
});
