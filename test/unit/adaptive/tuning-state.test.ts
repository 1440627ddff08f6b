import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoggedEvent } from '../../../shared/contract/events.ts';
import type { SettingsState } from '../../../shared/contract/settings.ts';
import type { AdaptiveTtl } from '../../../shared/contract/tuning.ts';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import type { CoreOnScript } from '../../support/core-on-script.ts';
import { status, totals, vpnOf } from '../../support/page-world.ts';
import { minute } from './learning.ts';

const vpn = { 'vpn:status': { on: true, minSeconds: 2, maxSeconds: 15 } };

let app: CoreOnScript;

beforeEach(async () => {
  app = await startCoreOnScript({ options: { environment: { CACHEDECK_TTL_VPN_STATUS: '4' } } });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  await app.clock.advance(10_000);
});

afterEach(() => app.core.stop());

async function rowOf(key: string): Promise<AdaptiveTtl | undefined> {
  const { adaptive } = await app.client.call('tuning.state', {});
  return adaptive.find((row) => row.key === key);
}

/** Polls as one page does, 30 ms after each tick. */
async function page(ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) {
    await app.clock.advance(5000 - (app.clock.wall() % 5000) + 30);
    const poll = app.client.call('engines.totals', {});
    await app.clock.advance(200);
    await poll;
  }
}

async function titles(): Promise<Pick<LoggedEvent, 'title' | 'detail'>[]> {
  const all = { kinds: null, severities: null, search: 'TTL', from: null, to: null, before: null, limit: 50 };
  const { events } = await app.client.call('events.list', all);
  return events.map(({ title, detail }) => ({ title, detail })).filter(({ title }) => title.includes('→'));
}

test('a TTL adapts once its bounds are set, and is the one of environment or profile again without them', async () => {
  await app.clock.advance(5 * minute);
  expect(await rowOf('vpn:status')).toMatchObject({ on: false, ttl: 4000, configured: 4000 });
  await app.client.call('settings.change', { adaptiveTtl: vpn });
  await app.clock.advance(2 * minute);
  expect(await rowOf('vpn:status')).toMatchObject({
    on: true,
    ttl: 10_600,
    configured: 4000,
    min: 2000,
    max: 15_000,
  });
  const events = await titles();
  expect(events).toHaveLength(1);
  expect(events[0]?.title).toMatch(/^VPN status: TTL 4 s → \d+\.\d s$/);
  expect(events[0]?.detail).toMatch(/^\d+\.\d s: unchanged for /);
  await app.client.call('settings.change', { adaptiveTtl: {} });
  expect(await rowOf('vpn:status')).toMatchObject({
    on: false,
    ttl: 4000,
    reason: '4 s as configured: adapting is off.',
  });
});

test('what adapts is checked with the TTL in effect', async () => {
  let state: SettingsState | null = null;
  app.client.subscribe('settings.state', (value) => (state = value));
  await app.clock.advance(minute);
  await app.client.call('settings.change', {
    adaptiveTtl: { 'vpn:status': { on: true, minSeconds: 5, maxSeconds: 5 } },
  });
  await app.clock.advance(1000);
  expect(state).toMatchObject({
    warnings: ['VPN status: a TTL of 5 s sits on the 5 s poll; hits would be a matter of chance.'],
  });
  await app.client.call('settings.change', { adaptiveTtl: vpn });
  await app.clock.advance(1000);
  expect(state).toMatchObject({ warnings: [] });
});

test('what a pause or a sleep lies between is no evidence', async () => {
  await app.clock.advance(2 * minute);
  const before = await rowOf('vpn:status');
  const watched = before?.unchangedFor ?? 0;
  await app.client.call('polling.pause', { minutes: null });
  await app.clock.advance(20_000);
  await app.client.call('polling.resume', {});
  await app.clock.advance(1000);
  app.core.suspend();
  app.clock.jumpWall(8 * 60 * minute);
  app.core.resume();
  await app.clock.advance(5000);
  const after = await rowOf('vpn:status');
  expect(after?.loads).toBeGreaterThan(before?.loads ?? Infinity);
  expect(after?.unchangedFor).toBeLessThanOrEqual(watched + 6000);
});

test('advice comes from the history of the last day', async () => {
  await app.client.call('settings.change', { refreshAhead: false });
  await page(80 * 12);
  const { advice } = await app.client.call('tuning.state', {});
  expect(advice.find(({ id }) => id === 'never-hit:stats:total')?.text).toMatch(
    /^Engine totals: never hit in 1 h \d\d min: TTL 3 s is below the 5 s poll\.$/,
  );
  expect(advice.find(({ id }) => id === 'unchanged:vpn:status')?.text).toMatch(
    /^VPN status: unchanged for 1 h \d\d min so far; a TTL of 55\.\d s instead of 4 s would spare most loads\.$/,
  );
  expect(advice.filter(({ key }) => key === 'engines:list')).toEqual([]);
}, 20_000);

test('what was watched for minutes is not called an hour', async () => {
  await app.client.call('settings.change', { refreshAhead: false });
  await page(20 * 12); // from a quarter to the hour on: most of the history's first hour was before it
  const { advice } = await app.client.call('tuning.state', {});
  expect(advice.filter(({ kind }) => kind === 'never-hit')).toEqual([]);
}, 20_000);
