import { readdirSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { sessionsContract } from '../../../shared/contract/sessions.ts';
import type { SessionComparison } from '../../../shared/contract/sessions.ts';
import { compareSessions } from '../../../electron/core/sessions/compare.ts';
import { AskedTime } from '../../support/asked-time.ts';
import { compareBed } from '../../support/compare-bed.ts';
import { failureOf } from '../sources/source-testing.ts';

async function bed() {
  const clock = new AskedTime();
  const one = await compareBed({ clock, serverClock: clock.server });
  onTestFinished(() => one.close());
  return { ...one, clock };
}

const table = (runs: SessionComparison['three']) =>
  runs.map(({ kind, calls, ms, extra }) => [kind, calls, ms, extra.calls, extra.ms]);
const operationsOf = (runs: SessionComparison['three'], kind: string) =>
  runs
    .find((run) => run.kind === kind)
    ?.operations.map(({ operation, calls, ms }) => `${operation} ${calls}, ${ms} ms`);

it('finds the document’s figures against the document’s latencies', async () => {
  const { compare, clock } = await bed();
  const at = clock.wall() + 200; // signing in
  const found = await compare();
  expect(sessionsContract['sessions.compare'].output.parse(found)).toEqual(found);
  expect(found.at).toBe(at);
  expect(table(found.three)).toEqual([
    ['off', 9, 2850, 1, 200],
    ['cold', 5, 1750, 1, 200],
    ['warm', 2, 1000, 0, 0],
    ['restarted', 2, 1000, 0, 0],
  ]);
  expect(table(found.five)).toEqual([
    ['off', 14, 4100, 1, 200],
    ['cold', 6, 1950, 1, 200],
    ['warm', 2, 1000, 0, 0],
    ['restarted', 2, 1000, 0, 0],
  ]);
});

it('tells each operation’s part', async () => {
  const { compare } = await bed();
  const { five } = await compare();
  expect(operationsOf(five, 'off')).toEqual([
    'vms 3, 950 ms',
    'clusters 3, 1150 ms',
    'business-units 3, 750 ms',
    'environments 3, 750 ms',
    'endpoints 2, 500 ms',
  ]);
  expect(operationsOf(five, 'cold')).toEqual([
    'vms 3, 950 ms',
    'clusters 1, 600 ms',
    'business-units 1, 200 ms',
    'environments 1, 200 ms',
    'endpoints 0, 0 ms',
  ]);
  for (const kind of ['warm', 'restarted']) {
    expect(operationsOf(five, kind)).toEqual([
      'vms 1, 400 ms',
      'clusters 1, 600 ms',
      'business-units 0, 0 ms',
      'environments 0, 0 ms',
      'endpoints 0, 0 ms',
    ]);
  }
});

it('counts what the portal sees, but for the one request before it all', async () => {
  const { compare, backend } = await bed();
  const { three, five } = await compare();
  const counted = [...three, ...five].reduce((sum, { calls, extra }) => sum + calls + extra.calls, 0);
  const seen = [
    '/paasservice/paas/engagements',
    '/paasservice/paas/getIpcEngFromPaasEng/1234',
    '/portalservice/configservice/getEndpointsByEngagement/1234',
    '/portalservice/instances/vmlist/1602',
    '/uat-paasservice/paas/1234/clusterlist/stream',
    '/portalservice/securityservice/departments/1602',
    '/portalservice/securityservice/environmentsperengagement/1602',
  ].reduce((sum, path) => sum + backend.requestCount(path), 0);
  expect(seen).toBe(counted + 1);
});

it('compares within the engagement that was chosen', async () => {
  const { compare, backend } = await bed();
  const { three } = await compare('engineer', 7301);
  expect(three[0]?.calls).toBe(9);
  expect(backend.requestCount('/portalservice/instances/vmlist/2440')).toBe(8);
  expect(backend.requestCount('/portalservice/instances/vmlist/1602')).toBe(0);
  expect(await failureOf(compare('viewer', 1234))).toMatchObject({ code: 'not-found' });
});

it('leaves no session behind', async () => {
  const { compare, folder, problems } = await bed();
  await compare();
  expect(readdirSync(folder)).toEqual([]);
  expect(problems.feed.value).toEqual([]);
});

it.each([
  ['before the store', 5],
  ['while the store fills', 14],
  ['after the restart', 20],
])('ends when it is given up %s, and leaves no session behind', async (_, calls) => {
  const { source, tokenOf, backend, stores, clock, folder } = await bed();
  const token = await tokenOf('customer');
  const given = new AbortController();
  let left = calls;
  const comparing = compareSessions({
    portal: (signal, send) => {
      left -= 1;
      if (left === 0) given.abort(new Error('the page has gone'));
      return send(source, { token, signal });
    },
    email: backend.portal.accounts.customer.email,
    engagementId: null,
    newStore: stores.newStore,
    clock,
    signal: given.signal,
  });
  expect((await failureOf(comparing)).code).toBe('cancelled');
  expect(left).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});
