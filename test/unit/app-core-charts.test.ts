import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { status, totals, vpnOf } from '../support/page-world.ts';
import { startCoreOnScript } from '../support/core-on-script.ts';
import type { CoreOnScript } from '../support/core-on-script.ts';
import { FakeClock } from '../support/fake-clock.ts';

const minute = 60_000;
/** A whole quarter of an hour. */
const start = Date.UTC(2026, 10, 21, 8);

let folder: string;
let clock: FakeClock;
let app: CoreOnScript;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-charts-'));
  clock = new FakeClock(start);
  app = await begin();
});

afterEach(async () => {
  await app.core.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function begin(options: NonNullable<Parameters<typeof startCoreOnScript>[0]>['options'] = {}) {
  const started = await startCoreOnScript({ clock, options: { dataFolder: folder, ...options } });
  started.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
  started.script.latency = 100;
  return started;
}

/** Polls the VPN at each tick, as one page does. */
async function watch(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5000) {
    await clock.advance(5000 - (clock.wall() % 5000) + 30);
    const answer = app.client.call('vpn.status', {});
    await clock.advance(150);
    await answer;
  }
}

const scopesOf = (from: number, to: number): Promise<CallOutput<'history.scopes'>> =>
  app.client.call('history.scopes', { from, to, points: 240 });
const bandsOf = async (from: number, to: number) =>
  (await app.client.call('history.bands', { from, to })).bands;

function sum(column: readonly (number | null)[] | undefined): number {
  return (column ?? []).reduce<number>((total, one) => total + (one ?? 0), 0);
}

test('what each resource was asked is what the cache says it was', async () => {
  await watch(3 * minute);
  await clock.advance(1000); // the last tick is written down
  const { at, bucketMs, scopes } = await scopesOf(start, clock.wall());
  expect(bucketMs).toBe(minute);
  expect(at).toEqual([0, 1, 2, 3].map((n) => start + n * minute));
  expect(scopes.slice(0, 2)).toMatchObject([
    { scope: '*', title: 'All resources' },
    { scope: 'vpn:status', title: 'VPN status' },
  ]);
  const { keys } = await app.client.call('cache.statistics', {});
  for (const { key, counters } of keys) {
    const scope = scopes.find((one) => one.scope === key);
    for (const name of ['hits', 'staleHits', 'misses', 'coalesced', 'bypasses', 'prefetches'] as const) {
      expect([key, name, sum(scope?.[name])]).toEqual([key, name, counters[name]]);
    }
  }
  expect(sum(scopes[0]?.hits)).toBeGreaterThan(30);
  expect((scopes[0]?.loadP50[1] ?? 0) / 100).toBeCloseTo(1, 1);
  expect(scopes[0]?.hitP50.some((ms) => ms !== null)).toBe(true);
});

test('zeroed statistics leave no trace in the history', async () => {
  await watch(minute);
  await app.client.call('cache.resetStatistics', {});
  expect((await app.client.call('cache.statistics', {})).counters.hits).toBe(0);
  await watch(2 * minute);
  await clock.advance(1000);
  const { scopes } = await scopesOf(start, clock.wall());
  expect(scopes.every((one) => [...one.hits, ...one.loads].every((count) => (count ?? 0) >= 0))).toBe(true);
  expect(sum(scopes.find(({ scope }) => scope === 'vpn:status')?.hits)).toBe(36);
  const { series } = await app.client.call('history.query', { from: start, to: clock.wall(), points: 240 });
  // What came before the first tick is what the chart of the whole counts from.
  expect(sum(series.hits)).toBeGreaterThanOrEqual(35);
  const { events } = await app.client.call('events.list', {
    kinds: ['action'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 10,
  });
  expect(events.map(({ title }) => title)).toEqual(['Cache statistics were reset']);
});

describe('one minute of the log', () => {
  test('as it was, with the cache', async () => {
    await watch(3 * minute);
    const one = await app.client.call('cache.compareMinute', { minute: start + minute + 31_000 });
    expect(one.minute).toBe(start + minute);
    // Twelve polls of the VPN, all hits; three resources loaded ahead of each of twelve ticks.
    expect(one).toMatchObject({ lookups: 12, offFor: 0, measured: { calls: 36, ms: 3600 } });
    expect(one.without).toEqual({ calls: 12, ms: 1200 });
    expect(one.byResource.find(({ resource }) => resource === 'vpn:status')).toEqual({
      resource: 'vpn:status',
      lookups: 12,
      hits: 12,
      loads: 12,
      loadMs: 100,
      measured: { calls: 12, ms: 1200 },
      without: { calls: 12, ms: 1200 },
    });
  });

  test('with five pages, without the cache, and while it was off', async () => {
    for (let tick = 0; tick < 48; tick += 1) {
      await clock.advance(5000 - (clock.wall() % 5000) + 30);
      const answers = [1, 2, 3, 4, 5].map(() => app.client.call('vpn.status', {}));
      await clock.advance(500); // three at a time
      await Promise.all(answers);
      if (tick === 23) await app.client.call('cache.switch', { on: false });
    }
    await clock.advance(6000);
    const on = await app.client.call('cache.compareMinute', { minute: start + minute });
    expect(on).toMatchObject({ lookups: 60, measured: { calls: 36 } });
    expect(on.without).toEqual({ calls: 60, ms: 6000 });
    const off = await app.client.call('cache.compareMinute', { minute: start + 3 * minute });
    // What main watches itself is asked past the cache too: what was asked is what was sent.
    expect(off.without.calls).toBe(off.measured.calls);
    expect(off.lookups).toBe(off.measured.calls);
    expect(off.offFor).toBe(minute);
    const vpn = off.byResource.find(({ resource }) => resource === 'vpn:status');
    expect(vpn).toMatchObject({ lookups: 60, hits: 0, measured: { calls: 60 }, without: { calls: 60 } });
    expect(await bandsOf(start, clock.wall())).toMatchObject([{ kind: 'cache-off', to: clock.wall() }]);
  });

  test('a minute that is not recorded is refused', async () => {
    await watch(2 * minute);
    const refused = (at: number) =>
      expect(app.client.call('cache.compareMinute', { minute: at })).rejects.toMatchObject({
        code: 'not-found',
      });
    await refused(clock.wall());
    await refused(start - 10 * minute);
    await refused(start - 30 * 60 * minute);
    await app.client.call('settings.change', { requestLogHours: 0 });
    await refused(start + minute);
  });
});

describe('bands', () => {
  test('paused, and going on', async () => {
    await watch(minute);
    const from = clock.wall();
    await app.client.call('polling.pause', { minutes: null });
    await clock.advance(minute);
    await app.client.call('polling.resume', {});
    await watch(minute);
    expect(await bandsOf(start, clock.wall())).toEqual([{ kind: 'paused', from, to: from + minute }]);
  });

  test('asleep, as long as it was', async () => {
    await watch(minute);
    const asleepAt = clock.wall();
    clock.jumpWall(8 * 60 * minute); // the monotonic clock stood still
    await watch(minute);
    const [band, ...more] = await bandsOf(start, clock.wall());
    expect(more).toEqual([]);
    expect(band?.kind).toBe('asleep');
    expect(Math.abs((band?.from ?? 0) - asleepAt)).toBeLessThan(2000);
    expect(Math.abs((band?.to ?? 0) - asleepAt - 8 * 60 * minute)).toBeLessThan(2000);
    // A range within it is a band from end to end.
    const within = { from: asleepAt + 60 * minute, to: asleepAt + 90 * minute };
    expect(await bandsOf(within.from, within.to)).toEqual([{ kind: 'asleep', ...within }]);
  });

  test('closed between two runs', async () => {
    await watch(minute);
    await app.core.stop();
    const from = clock.wall();
    await clock.advance(10 * minute);
    app = await begin();
    await watch(minute);
    expect(await bandsOf(start, clock.wall())).toEqual([{ kind: 'closed', from, to: from + 10 * minute }]);
    const { at } = await scopesOf(start, clock.wall());
    const distances = at.slice(1).map((one, index) => one - (at[index] ?? 0));
    expect(Math.max(...distances)).toBeGreaterThanOrEqual(10 * minute);
  });

  test('another profile has its cache on', async () => {
    await watch(minute);
    const from = clock.wall();
    await app.client.call('cache.switch', { on: false });
    await clock.advance(minute);
    const { id } = await app.client.call('profiles.save', {
      id: null,
      draft: {
        name: 'Lab',
        production: false,
        orchestrator: { url: 'http://127.0.0.1:1/', allowHttp: false },
        portal: null,
        workstations: null,
        pollSeconds: null,
        ttlSeconds: {},
      },
      secrets: {},
      acceptWeak: false,
    });
    await app.client.call('profiles.activate', { id });
    await clock.advance(minute);
    expect(await bandsOf(start, clock.wall())).toEqual([{ kind: 'cache-off', from, to: from + minute }]);
  });
});

test('what the app uses is measured every 5 s', async () => {
  await app.core.stop();
  let cpuMs = 0;
  app = await begin({ usage: () => ({ cpuMs: (cpuMs += 100), memoryBytes: 123e6 }) });
  const told: unknown[] = [];
  app.client.subscribe('app.footprint', (value) => told.push(value));
  await watch(2 * minute);
  expect(told).toHaveLength(1 + 24);
  expect(told[0]).toMatchObject({ cpuPercent: null, memoryBytes: 123e6 });
  expect(told.at(-1)).toMatchObject({ cpuPercent: 2, callsPerMinute: 36, savedPerMinute: 0 });
  expect((told.at(-1) as { cacheBytes: number }).cacheBytes).toBeGreaterThan(100);
});
