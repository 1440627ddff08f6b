import { afterEach, beforeEach, expect, test } from 'vitest';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import type { PollingState, TrayModel } from '../../../shared/contract/app.ts';
import type { CallInput, CallName, CallOutput } from '../../../shared/rpc/client.ts';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import type { CoreOnScript } from '../../support/core-on-script.ts';
import { status, totals, vpnOf } from '../../support/page-world.ts';

const refused = new SourceError('unreachable', 'Connection refused.');

let app: CoreOnScript;
let polling: PollingState | null;
let tray: TrayModel | null;

beforeEach(async () => {
  app = await startCoreOnScript();
  app.script.values = {
    engineTotals: () => ({ ...totals, networkRxBytes: app.clock.wall() }), // counters that stand still are an alert
    orchestratorStatus: { ...status, engines: { ...status.engines, unhealthy: 0 } },
    vpnStatus: vpnOf(),
  };
  app.client.subscribe('polling.state', (value) => (polling = value));
  app.client.subscribe('tray.model', (value) => (tray = value));
  await app.clock.advance(10_500);
});

afterEach(() => app.core.stop());

function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  return app.client.call(name, input);
}

/** Pages that poll the VPN for so many ticks, 20 ms after each; the last reading. Each load takes 100 ms. */
async function watch(ticks: number, pages = 1) {
  for (let tick = 1; ; tick += 1) {
    await app.clock.advance(5000 - (app.clock.wall() % 5000) + 20);
    const polls = Array.from({ length: pages }, () => call('vpn.status', {}));
    await app.clock.advance(100);
    const [first] = await Promise.all(polls);
    if (tick >= ticks) return first?.reading;
  }
}

async function statistics() {
  return call('cache.statistics', {});
}

async function switchesTold(): Promise<number> {
  const { events } = await call('events.list', {
    kinds: ['settings'],
    severities: null,
    search: 'cache',
    from: null,
    to: null,
    before: null,
    limit: 10,
  });
  return events.length;
}

test('every poll goes to the backend, nothing is stored or loaded ahead, and each counts as a bypass', async () => {
  await call('cache.switch', { on: false });
  expect(polling).toMatchObject({ cacheOn: false, refreshAhead: true });
  const before = await statistics();
  app.script.asked.length = 0;
  const reading = await watch(6);
  expect(reading).toMatchObject({ served: 'bypass', age: 100, failure: null, value: { mode: 'single' } });
  expect(app.script.count('vpnStatus')).toBe(6);
  const { counters, entries, hitRate } = await statistics();
  expect(entries).toBe(0);
  expect(counters.prefetches).toBe(before.counters.prefetches);
  expect(hitRate).toEqual(before.hitRate);
  // The page's own six, and the two other resources a second after five of the ticks, for main's watchers.
  expect(counters.bypasses - before.counters.bypasses).toBe(16);
  expect(counters.loads - before.counters.loads).toBe(16);
  const { explanation } = await call('cache.history', {});
  expect(explanation).toBe(
    'The cache is switched off: every lookup goes to the backend and counts as a bypass.',
  );
});

test('without a page main’s watchers load once a tick, and the tray stays live', async () => {
  await call('cache.switch', { on: false });
  app.script.asked.length = 0;
  await app.clock.advance(60_500); // a second after each of twelve ticks
  expect(app.script.count('vpnStatus')).toBe(12);
  expect(app.script.count('engineTotals')).toBe(12);
  expect(tray?.state).toBe('ok');
  expect(tray?.lines.find(({ id }) => id === 'vpn')?.text).toContain('Connected');
});

test('several pages load for themselves, main adds nothing to them', async () => {
  await call('cache.switch', { on: false });
  app.script.asked.length = 0;
  await watch(4, 3);
  expect(app.script.count('vpnStatus')).toBe(12);
});

test('at the switch the last values stay known, with their ages, both ways', async () => {
  await watch(2);
  await call('cache.switch', { on: false });
  await call('polling.pause', { minutes: null }); // so that a poll only looks
  const off = (await call('vpn.status', {})).reading;
  expect(off).toMatchObject({ value: { mode: 'single' }, loadedAt: expect.any(Number) as number });
  expect(off.age).toBe(app.clock.wall() - (off.loadedAt ?? 0));
  await call('polling.resume', {});
  await watch(3);
  app.script.latency = 2000;
  await call('cache.switch', { on: true });
  await call('polling.pause', { minutes: null });
  const on = (await call('vpn.status', {})).reading;
  expect(on).toMatchObject({ value: { mode: 'single' }, failure: null });
  expect(on.age).toBeLessThan(1000); // what was loaded while off, not what was stored before
});

test('a failing backend shows as failing: the last value with its true age, the count and the reason', async () => {
  await call('cache.switch', { on: false });
  await watch(2);
  const loadedAt = (await watch(1))?.loadedAt;
  app.script.failure = refused;
  const reading = await watch(3);
  expect(reading).toMatchObject({
    served: 'last-good',
    loadedAt,
    value: { mode: 'single' },
    failure: { code: 'unreachable', message: 'Connection refused.', count: 3, nextTryAt: null },
  });
  expect(reading?.age).toBe(app.clock.wall() - (loadedAt ?? 0));
  await app.clock.advance(40_000);
  expect(tray?.state).not.toBe('ok');
  app.script.failure = null;
  expect(await watch(1)).toMatchObject({ served: 'bypass', failure: null });
});

test('a backend that lacks the endpoint is not reported, as ever', async () => {
  app.script.missing = ['healthStatus'];
  await call('cache.switch', { on: false });
  const answer = call('orchestrator.health', {});
  await app.clock.advance(150);
  expect((await answer).reading).toMatchObject({ supported: false, failure: null });
});

test('a forced refresh works and what it brings is known', async () => {
  await call('cache.switch', { on: false });
  const refresh = call('refresh.force', { resources: ['vpn:status'] });
  await app.clock.advance(150);
  expect(await refresh).toMatchObject({ items: [{ key: 'vpn:status', state: 'ok' }] });
  await call('polling.pause', { minutes: null });
  expect((await call('vpn.status', {})).reading).toMatchObject({ age: 150, failure: null });
});

test('switching on again loads at once and hits from then on', async () => {
  await call('cache.switch', { on: false });
  await watch(2);
  app.script.asked.length = 0;
  await call('cache.switch', { on: true });
  expect(app.script.asked).toHaveLength(3);
  expect(polling).toMatchObject({ cacheOn: true });
  expect(await watch(3)).toMatchObject({ served: 'hit' });
});

test('the switch is told once each way, and nothing removed before can be put back', async () => {
  const { undo } = await call('cache.clear', {});
  await call('cache.switch', { on: true });
  await call('cache.switch', { on: false });
  await call('cache.switch', { on: false });
  await expect(call('cache.undo', { id: undo?.id ?? '' })).rejects.toMatchObject({ code: 'not-found' });
  expect(await call('cache.clear', {})).toEqual({ removed: 0, reloading: 0, undo: null });
  expect(await call('cache.clearPreview', {})).toMatchObject({
    entries: 0,
    extraCalls: 0,
    nextMinuteCalls: 0,
  });
  await call('cache.switch', { on: true });
  expect(await switchesTold()).toBe(2);
});

test('paused, a switch loads nothing; refresh ahead keeps its own setting', async () => {
  await call('polling.pause', { minutes: null });
  app.script.asked.length = 0;
  await call('cache.switch', { on: false });
  await call('polling.setRefreshAhead', { on: false });
  await app.clock.advance(20_000);
  await call('cache.switch', { on: true });
  await app.clock.advance(20_000);
  expect(app.script.asked).toEqual([]);
  expect(polling).toMatchObject({ refreshAhead: false, cacheOn: true });
});

test('another profile begins with its cache on, which is told too', async () => {
  await call('cache.switch', { on: false });
  const draft = {
    name: 'Lab',
    production: false,
    orchestrator: { url: 'http://127.0.0.1:1/', allowHttp: false },
    portal: null,
    workstations: null,
    pollSeconds: null,
    ttlSeconds: {},
  };
  const { id } = await call('profiles.save', { id: null, draft, secrets: {}, acceptWeak: true });
  await call('profiles.activate', { id });
  expect(polling).toMatchObject({ cacheOn: true });
  expect(await watch(3)).toMatchObject({ served: 'hit' });
  expect(await switchesTold()).toBe(2);
});
