import { beforeEach, expect, test } from 'vitest';
import type { Settings } from '../../../shared/contract/settings.ts';
import { chipOf } from '../../../shared/model/freshness.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import { AdaptiveTtls } from '../../../electron/core/adaptive/adaptive-ttls.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { totals, vpnOf } from '../../support/page-world.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';
import { minute } from './learning.ts';

const poll = 5000;
const bounds = { on: true, minSeconds: 2, maxSeconds: 15 };

let clock: FakeClock;
let cache: TtlCache;
let script: ScriptedSource;
let ttls: AdaptiveTtls;
let status: StatusService;
let adaptive: Settings['adaptiveTtl'];
let moved: string[];

beforeEach(() => {
  clock = new FakeClock(1_000_000_000_000);
  cache = new TtlCache({ clock, random: () => 0.5, freeze: true });
  script = new ScriptedSource(clock);
  adaptive = { 'vpn:status': bounds };
  moved = [];
  ttls = new AdaptiveTtls({
    clock,
    specs: resourceSpecs,
    now: () => ({ bounds: adaptive, pollMs: poll }),
    onMoved: (title, reason) => moved.push(`${title}. ${reason}`),
  });
  status = new StatusService({
    clock,
    cache,
    source: script.source,
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs: poll,
    random: () => 0.5,
    ttlOf: (key) => ttls.ttlOf(key),
    onLoad: (end) => ttls.ended(end),
  });
});

const rowOf = (key: string) => ttls.rows().find((row) => row.key === key);

test('a value that stays the same is loaded less often, and what is shown says so', async () => {
  status.start();
  await clock.advance(5 * minute);
  expect(ttls.ttlOf('vpn:status')).toBe(10_600);
  expect(rowOf('vpn:status')).toMatchObject({
    on: true,
    ttl: 10_600,
    configured: 3000,
    min: 2000,
    max: 15_000,
  });
  expect(status.peek('vpn:status')).toMatchObject({ ttl: 10_600, interval: 10_600 });
  expect(cache.peek('vpn:status').ttl).toBe(10_600);
  const before = script.count('vpnStatus');
  await clock.advance(minute);
  expect(script.count('vpnStatus') - before).toBe(4); // each third tick
  expect(rowOf('stats:total')).toMatchObject({
    on: false,
    ttl: 3000,
    reason: '3 s as configured: adapting is off.',
  });
});

test('a page that polls meanwhile always hits, and never sees data older than allowed', async () => {
  status.start();
  await clock.advance(5 * minute);
  cache.resetStatistics();
  for (let tick = 0; tick < 24; tick += 1) {
    await clock.advance(poll - (clock.wall() % poll) + 30);
    const { reading } = await status.poll('vpn:status');
    expect(reading.served).toBe('hit');
    expect(reading.age).toBeLessThanOrEqual(15_000);
  }
  expect(cache.statistics().hitRate).toEqual({ percent: 100, n: 24 });
});

test('a value that is kept for long is not late because its TTL has become short', async () => {
  adaptive = { 'vpn:status': { on: true, minSeconds: 2, maxSeconds: 60 } };
  script.values = { vpnStatus: vpnOf() };
  status.start();
  await clock.advance(30 * minute);
  const { ttl } = status.peek('vpn:status');
  expect(ttl).toBeGreaterThan(50_000);
  await clock.advance(ttl - (cache.peek('vpn:status').age ?? 0) - 6000); // it is held for 6 s more
  adaptive = {};
  expect(ttls.ttlOf('vpn:status')).toBe(3000);
  const reading = status.peek('vpn:status');
  expect(reading).toMatchObject({ served: 'hit', ttl, interval: ttl });
  expect(chipOf(reading, { age: reading.age, paused: false }).kind).toBe('live');
  await clock.advance(30_000);
  expect(status.peek('vpn:status')).toMatchObject({ ttl: 3000, interval: poll });
});

test('what is stored keeps its TTL; what is loaded next has the new one', async () => {
  script.values = { vpnStatus: vpnOf() };
  status.start();
  await clock.advance(5 * minute);
  adaptive = {};
  expect(ttls.ttlOf('vpn:status')).toBe(3000);
  expect(cache.peek('vpn:status').ttl).toBe(10_600);
  const forced = status.forceRefresh(['vpn:status']);
  await clock.advance(1000);
  await forced;
  expect(cache.peek('vpn:status').ttl).toBe(3000);
});

test('what a clear is said to cost counts with the TTL in effect', async () => {
  status.start();
  await clock.advance(5 * minute);
  const after = status.callsInMinuteAfterClear();
  adaptive = {};
  expect(status.callsInMinuteAfterClear() - after).toBe(8); // each tick of the minute instead of each third
});

test('failures teach nothing', async () => {
  status.start();
  await clock.advance(2 * minute);
  const { loads, changeEvery } = rowOf('vpn:status') ?? {};
  script.failures = { vpnStatus: new SourceError('unreachable', 'Connection refused.') };
  await clock.advance(10 * minute);
  expect(rowOf('vpn:status')).toMatchObject({ loads, changeEvery });
});

test('loads with a failure between them are no pair', () => {
  const at = (seconds: number) => ({ wall: 1_000_000_000_000 + seconds * 1000, mono: seconds * 1000 });
  const load = (seconds: number, ok: boolean): void => {
    const outcome = ok ? ({ ok, value: totals } as const) : ({ ok } as const);
    ttls.ended({ key: 'stats:total', from: at(seconds), ms: 40, outcome });
  };
  load(0, true);
  expect(ttls.day('stats:total').pairs).toBe(0);
  load(5, false);
  load(10, true);
  expect(ttls.day('stats:total').pairs).toBe(0);
  load(15, true);
  expect(ttls.day('stats:total')).toEqual({ pairs: 1, changes: 0, watchedMs: 5000 });
});

test('a load that was overtaken by a later one brings an old value, which is no change', () => {
  const load = (from: number, ms: number, value: unknown): void => {
    const at = { wall: 1_000_000_000_000 + from, mono: from };
    ttls.ended({ key: 'stats:total', from: at, ms, outcome: { ok: true, value } });
  };
  const [before, after] = [totals, { ...totals, containerCount: 99 }];
  load(0, 40, before);
  load(7000, 40, after); // after a clear
  load(5000, 3000, before); // began before it
  load(10_000, 40, after);
  expect(ttls.day('stats:total')).toEqual({ pairs: 2, changes: 1, watchedMs: 10_000 });
  expect(rowOf('stats:total')).toMatchObject({ loads: 3, unchangedFor: 3000 });
});

test('a TTL that moved by more than twice is told once in ten minutes', async () => {
  status.start();
  await clock.advance(5 * minute);
  expect(moved).toHaveLength(1);
  expect(moved[0]).toMatch(/^VPN status: TTL 3 s → \d+(\.\d)? s\. \d.*\.$/);
  const changing = async (ticks: number): Promise<void> => {
    for (let tick = 0; tick < ticks; tick += 1) {
      script.values = { vpnStatus: vpnOf({ nodesTotal: tick }) };
      await clock.advance(poll);
    }
  };
  await changing(60);
  expect(ttls.ttlOf('vpn:status')).toBe(2000);
  expect(moved).toHaveLength(1); // ten minutes are not over
  await changing(60);
  expect(moved).toHaveLength(2);
  expect(moved[1]).toMatch(/^VPN status: TTL 10.6 s → 2 s\. 2 s: changes about every \d+/);
});

test('what the operator moves is not told', async () => {
  status.start();
  await clock.advance(minute);
  adaptive = { 'vpn:status': { ...bounds, minSeconds: 12 } };
  await clock.advance(minute);
  expect(ttls.ttlOf('vpn:status')).toBeGreaterThanOrEqual(12_000);
  adaptive = {};
  await clock.advance(minute);
  expect(moved).toEqual([]);
});

test('each load is seen for the advisor, whether its TTL adapts or not', async () => {
  status.start();
  for (let tick = 0; tick < 24; tick += 1) {
    script.values = { engineTotals: { ...totals, cpuPercent: tick } };
    await clock.advance(poll);
  }
  const { pairs, changes, watchedMs } = ttls.day('stats:total');
  expect(pairs).toBeGreaterThanOrEqual(23);
  expect(changes).toBeGreaterThanOrEqual(22);
  expect(watchedMs).toBeGreaterThan(110_000);
  expect(ttls.day('engines:list')).toEqual({ pairs: 0, changes: 0, watchedMs: 0 });
});
