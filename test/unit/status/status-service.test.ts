import { beforeEach, expect, test } from 'vitest';
import { watchedResources } from '../../../shared/model/resources.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import type { BackendRequest } from '../../../electron/core/status/loads.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { status as orchestrator, totals, vpnOf } from '../../support/page-world.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';

const poll = 5000;
const truthful = { engineTotals: totals, orchestratorStatus: orchestrator, vpnStatus: vpnOf() };
const refused = new SourceError('unreachable', 'Connection refused.');

let clock: FakeClock;
let cache: TtlCache;
let script: ScriptedSource;
let status: StatusService;
let ended: BackendRequest[];

beforeEach(() => {
  clock = new FakeClock(1_000_000_000_000);
  cache = new TtlCache({ clock, random: () => 0.5, freeze: true });
  script = new ScriptedSource(clock);
  ended = [];
  status = new StatusService({
    clock,
    cache,
    source: script.source,
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs: poll,
    random: () => 0.5,
    onRequest: (request) => ended.push(request),
  });
});

/** Runs `ticks` polls of the three watched resources from `pages` pages, 30 ms after each tick. */
async function pages(ticks: number, count = 1): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) {
    await clock.advance(poll - (clock.wall() % poll) + 30);
    const polls = [];
    for (let page = 0; page < count; page += 1) {
      for (const key of watchedResources) polls.push(status.poll(key));
    }
    await clock.advance(4500);
    await Promise.all(polls);
  }
}

test('with refresh ahead polls hit, at 12 backend calls a minute, however many pages look', async () => {
  status.start();
  await pages(2);
  cache.resetStatistics();
  script.asked.length = 0;
  await pages(12, 20);
  const { counters, hitRate } = cache.statistics();
  expect(hitRate).toEqual({ percent: 100, n: 12 * 20 * 3 });
  expect(counters.prefetches).toBe(36);
  for (const read of ['engineTotals', 'orchestratorStatus', 'vpnStatus'] as const) {
    expect(script.count(read)).toBe(12);
  }
});

test('the value is about half a second old at the poll, and never loaded after its tick', async () => {
  status.start();
  await pages(3);
  await clock.advance(poll - (clock.wall() % poll) + 30);
  const { reading, nextTickInMs, now } = await status.poll('vpn:status');
  expect(reading.served).toBe('hit');
  expect(reading.age).toBeGreaterThan(200);
  expect(reading.age).toBeLessThan(700);
  expect(nextTickInMs).toBe(poll - 30);
  expect(now).toBe(clock.wall());
  for (const { at } of script.asked.slice(6)) expect(at % poll).toBeGreaterThan(4000);
});

test('without refresh ahead one page always misses and main asks nothing beside it', async () => {
  status.start();
  status.refreshAhead = false;
  await pages(1);
  cache.resetStatistics();
  script.asked.length = 0;
  await pages(6);
  expect(cache.statistics().counters).toMatchObject({ hits: 0, misses: 18, prefetches: 0 });
  expect(script.count('vpnStatus')).toBe(6);
});

test('without refresh ahead and without a page main still loads once an interval, uncounted as lookups', async () => {
  status.start();
  status.refreshAhead = false;
  await clock.advance(2000);
  script.asked.length = 0;
  await clock.advance(60_000);
  expect(script.count('vpnStatus')).toBe(12);
  expect(cache.statistics().hitRate.n).toBe(0);
  expect(script.count('engineList')).toBe(0);
});

test('what a page stops looking at is no longer loaded after 2.5 intervals', async () => {
  status.start();
  const first = status.poll('engines:list');
  await clock.advance(200);
  await first;
  script.asked.length = 0;
  await clock.advance(12_000);
  const leased = script.count('engineList');
  expect(leased).toBeGreaterThanOrEqual(2);
  await clock.advance(60_000);
  expect(script.count('engineList')).toBe(leased);
});

test('a slow backend is asked earlier; a load still running at the tick is joined', async () => {
  script.latency = 2000;
  status.start();
  await pages(4);
  cache.resetStatistics();
  await pages(4);
  expect(cache.statistics().hitRate.percent).toBe(100);
  script.latency = 4000;
  await pages(2);
  expect(cache.statistics().counters.coalesced).toBe(3);
});

test('after a slow spell hits come back within a dozen loads', async () => {
  script.latency = 3500;
  status.start();
  await pages(12);
  script.latency = 100;
  await pages(12);
  cache.resetStatistics();
  await pages(4);
  expect(cache.statistics().hitRate.percent).toBe(100);
});

test('a failing backend keeps its value and is tried after 5, 10, 20, 40, 60 s', async () => {
  status.start();
  await pages(2);
  script.failure = refused;
  script.asked.length = 0;
  const began = clock.wall();
  await clock.advance(200_000);
  const tries = script.asked.filter((one) => one.read === 'vpnStatus').map((one) => one.at - began);
  const gaps = tries.slice(1).map((at, index) => Math.round((at - (tries[index] ?? 0)) / 1000));
  expect(gaps).toEqual([5, 10, 20, 40, 60, 60]);
  const reading = status.peek('vpn:status');
  expect(reading.value).not.toBeNull();
  expect(reading.failure).toMatchObject({ code: 'unreachable', message: 'Connection refused.', count: 7 });
  expect(reading.age).toBeGreaterThan(200_000);
});

test('resources that fail together keep one schedule, and the first to recover wakes the others', async () => {
  status.start();
  await pages(2);
  script.failure = refused;
  await clock.advance(40_000);
  const next = watchedResources.map((key) => status.peek(key).failure?.nextTryAt ?? 0);
  expect(Math.max(...next) - Math.min(...next)).toBeLessThan(1000);
  script.failure = null;
  await clock.advance(Math.min(...next) - clock.wall() + 400);
  for (const key of watchedResources) expect(status.peek(key).failure).toBeNull();
});

test('a poll during back-off gets the last good value without a request', async () => {
  status.start();
  await pages(2);
  script.failure = refused;
  await clock.advance(30_000);
  script.asked.length = 0;
  const { reading } = await status.poll('vpn:status');
  expect(reading.served).toBe('last-good');
  expect(script.asked).toEqual([]);
});

test('at most four requests at once reach one backend, and pages leave the watched their places', async () => {
  script.latency = 2000;
  status.start();
  const polls = resourceSpecs.map((spec) => status.poll(spec.key));
  await clock.advance(100);
  expect(script.asked.map((one) => one.read)).toEqual([
    'engineTotals',
    'orchestratorStatus',
    'vpnStatus',
    'engineList',
  ]);
  await clock.advance(60_000);
  await Promise.all(polls);
  expect(script.mostInFlight).toBeLessThanOrEqual(4);
  for (const key of watchedResources) expect(status.peek(key).failure).toBeNull();
});

test('paused: nothing is loaded or counted, the value stays; going on loads at once', async () => {
  status.start();
  await pages(2);
  status.paused = true;
  cache.resetStatistics();
  script.asked.length = 0;
  await pages(12);
  expect(script.asked).toEqual([]);
  expect(cache.statistics().hitRate.n).toBe(0);
  expect(status.peek('vpn:status').value).not.toBeNull();
  status.paused = false;
  await clock.advance(200);
  expect(status.peek('vpn:status').age).toBeLessThanOrEqual(200);
});

test('two resume events are one refresh for each resource, and back-offs end', async () => {
  status.start();
  await pages(2);
  script.failure = refused;
  await clock.advance(60_000);
  status.suspend();
  script.failure = null;
  script.asked.length = 0;
  clock.jumpWall(8 * 3_600_000);
  status.resume();
  status.resume();
  await clock.advance(1200);
  expect(script.asked.map((one) => one.read).toSorted()).toEqual([
    'engineTotals',
    'orchestratorStatus',
    'vpnStatus',
  ]);
  expect(status.peek('vpn:status').failure).toBeNull();
});

test('asleep again at once: the second resume is not taken for the first', async () => {
  status.start();
  await pages(2);
  for (let nap = 0; nap < 2; nap += 1) {
    status.suspend();
    clock.jumpWall(3_600_000);
    expect(status.resume()).toBe(true);
    await clock.advance(200);
  }
  script.asked.length = 0;
  await clock.advance(10_000);
  expect(script.count('vpnStatus')).toBe(2);
});

test('suspended, then paused: resuming loads nothing until going on does', async () => {
  status.start();
  await pages(2);
  status.suspend();
  status.paused = true;
  script.asked.length = 0;
  status.resume();
  await clock.advance(20_000);
  expect(script.asked).toEqual([]);
  status.paused = false;
  await clock.advance(10_000);
  expect(script.count('vpnStatus')).toBe(2);
});

test('after hours of suspend the value is as old as they were long', async () => {
  status.start();
  await pages(2);
  status.suspend();
  clock.jumpWall(8 * 3_600_000);
  expect(status.peek('vpn:status').age).toBeGreaterThan(8 * 3_600_000);
});

test('a forced refresh tells how it went for each resource and counts as bypass', async () => {
  script.values = truthful;
  status.start();
  await pages(2);
  cache.resetStatistics();
  script.missing = ['engineTotals'];
  const seen: string[] = [];
  const stop = status.progress.subscribe(({ value }) =>
    seen.push(value.items.map((item) => item.state).join(',')),
  );
  const run = status.forceRefresh('all');
  expect(status.forceRefresh('all')).toBe(run);
  await clock.advance(300);
  const progress = await run;
  stop();
  expect(progress.items).toEqual([
    { key: 'stats:total', state: 'not-reported', ms: 100, message: null },
    { key: 'orchestrator:status', state: 'ok', ms: 100, message: null },
    { key: 'vpn:status', state: 'ok', ms: 100, message: null },
  ]);
  expect(seen).toContain('queued,queued,queued');
  expect(seen).toContain('running,running,running');
  expect(cache.statistics().counters).toMatchObject({ bypasses: 3, hits: 0, misses: 0 });
});

test('a forced refresh joins the running one and adds what that lacks', async () => {
  script.values = truthful;
  status.start();
  await pages(2);
  const all = status.forceRefresh('all');
  await clock.advance(50);
  const joined = status.forceRefresh(['vpn:status', 'health:status']);
  expect(joined).toBe(all);
  await clock.advance(300);
  const { running, items, changes } = await all;
  expect([running, changes]).toEqual([false, ['nothing changed']]);
  expect(items.map(({ key, state, ms }) => [key, state, ms])).toEqual([
    ['stats:total', 'ok', 100],
    ['orchestrator:status', 'ok', 100],
    ['vpn:status', 'ok', 100],
    ['health:status', 'ok', 100],
  ]);
});

test('a TTL above the poll spares loads: refresh ahead loads only what will not be fresh at the tick', async () => {
  const patient = new StatusService({
    clock,
    cache,
    source: script.source,
    specs: resourceSpecs.map((spec) => ({ ...spec, ttl: 13_000 })),
    watched: watchedResources,
    pollMs: poll,
    random: () => 0.5,
  });
  patient.start();
  await clock.advance(10_000);
  script.asked.length = 0;
  cache.resetStatistics();
  for (let tick = 0; tick < 12; tick += 1) {
    await clock.advance(poll - (clock.wall() % poll) + 30);
    expect((await patient.poll('vpn:status')).reading.served).toBe('hit');
  }
  expect(script.count('vpnStatus')).toBe(4);
});

test('a forced refresh that fails keeps the value and says why', async () => {
  status.start();
  await pages(2);
  script.failure = refused;
  const run = status.forceRefresh(['vpn:status']);
  await clock.advance(300);
  expect((await run).items[0]).toMatchObject({ state: 'failed', message: 'Connection refused.' });
  expect(status.peek('vpn:status').value).not.toBeNull();
});

test('an endpoint the backend lacks is not reported, which is no failure', async () => {
  script.missing = ['engineTotals'];
  status.start();
  await clock.advance(300);
  expect(status.peek('stats:total')).toMatchObject({ supported: false, value: null, failure: null });
});

test('a hung backend is given up at its time limit', async () => {
  script.latency = 600_000;
  status.start();
  await clock.advance(4600);
  expect(status.peek('vpn:status').failure).toMatchObject({ code: 'timeout', count: 1 });
});

test.each([
  ['refused', refused, 'unreachable', true],
  ['a bad certificate', new SourceError('tls', 'Not accepted.'), 'tls', true],
  ['its proxy', new SourceError('server-error', 'Bad gateway.', { byProxy: true }), 'server-error', true],
  ['an error of its own', new SourceError('server-error', 'It failed.'), 'server-error', false],
  ['a wrong key', new SourceError('unauthorized', 'It asks for a key.'), 'unauthorized', false],
])('the log of requests tells how a load ended: %s', async (_, failure, outcome, transport) => {
  script.failure = failure;
  status.start();
  await clock.advance(200);
  expect(ended).toHaveLength(3);
  expect(ended[0]).toMatchObject({ resource: 'stats:total', outcome, transport, ms: 100, calls: 1 });
  script.failure = null;
  await clock.advance(20_000);
  expect(ended.at(-1)).toMatchObject({ outcome: 'ok', transport: false });
});

test('a load that took too long ended by its time limit, not because nobody wanted it', async () => {
  script.latency = 600_000;
  status.start();
  await clock.advance(4600);
  expect(ended.map(({ outcome, transport }) => [outcome, transport])).toEqual(
    Array.from({ length: 3 }, () => ['timeout', true]),
  );
});

test('looking without asking changes no counter', async () => {
  status.start();
  await pages(2);
  const before = JSON.stringify(cache.statistics().counters);
  for (const key of watchedResources) status.peek(key);
  expect(JSON.stringify(cache.statistics().counters)).toBe(before);
});

test('backend calls are counted by resource over the last minute', async () => {
  status.start();
  await pages(14);
  const { total, byResource } = status.calls.perMinute();
  expect(byResource).toEqual({ 'stats:total': 12, 'orchestrator:status': 12, 'vpn:status': 12 });
  expect(total).toBe(36);
});
