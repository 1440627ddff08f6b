import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import type { CoreOnScript } from '../../support/core-on-script.ts';
import { sumOf } from '../../support/exposition.ts';
import { status, totals, vpnOf } from '../../support/page-world.ts';

let app: CoreOnScript;
let caches: TtlCache[];
let cpuMs: number;

beforeEach(async () => {
  caches = [];
  cpuMs = 250;
  app = await startCoreOnScript({
    options: {
      version: '1.2.3',
      usage: () => ({ cpuMs, memoryBytes: 90_000_000 }),
      fill: (cache) => caches.push(cache),
    },
  });
  app.script.values = { engineTotals: totals, orchestratorStatus: status, vpnStatus: vpnOf() };
});

afterEach(() => app.core.stop());

const scrape = (): Promise<string> => app.core.metrics.text();

async function gauge(name: string, labels: Record<string, string> = {}): Promise<number | undefined> {
  return sumOf(await scrape(), `cachedeck_${name}`, labels);
}

test('says what it is, how busy it is and how many pages there are', async () => {
  expect(app.core.metrics.contentType).toContain('text/plain; version=0.0.4');
  expect(await gauge('build_info', { version: '1.2.3', host: 'browser' })).toBe(1);
  expect(await gauge('pages_connected')).toBe(0);
  const stop = app.client.subscribe('profiles.state', () => {});
  await app.clock.advance(0);
  expect(await gauge('pages_connected')).toBe(1);
  stop();
  expect(await gauge('poll_interval_seconds')).toBe(5);
  expect(await gauge('polling_paused')).toBe(0);
  expect(await gauge('cache_enabled')).toBe(1);
  cpuMs = 1500;
  const text = await scrape();
  expect(sumOf(text, 'process_cpu_seconds_total')).toBe(1.5);
  expect(sumOf(text, 'process_resident_memory_bytes')).toBe(90_000_000);
});

test('what nobody knows is absent, never 0', async () => {
  app.script.latency = 4000;
  const age = (resource: string): Promise<number | undefined> => gauge('data_age_seconds', { resource });
  expect(await age('vpn:status')).toBeUndefined();
  expect(await gauge('resource_up', { resource: 'vpn:status' })).toBeUndefined();
  expect(await gauge('engines', { state: 'healthy' })).toBeUndefined();
  expect(await gauge('vpn_connected')).toBeUndefined();
  expect(await gauge('streams')).toBeUndefined();
  expect(await gauge('sessions')).toBeUndefined();
  expect(await gauge('workstations')).toBeUndefined();
  expect(await age('workstations_list')).toBeUndefined();
  app.script.latency = 100;
  await app.clock.advance(4000);
  await app.clock.advance(500);
  expect(await age('vpn:status')).toBeGreaterThan(0);
  expect(await age('engines:list')).toBeUndefined();
});

test('the last good numbers stay while a backend fails, and the age tells', async () => {
  await app.clock.advance(10_000);
  expect(await gauge('engines', { state: 'healthy' })).toBe(status.engines.healthy);
  expect(await gauge('engines_memory_bytes')).toBe(totals.memoryBytes);
  expect(await gauge('engines_cpu_cores')).toBeCloseTo(1.432);
  expect(await gauge('resource_up', { resource: 'vpn:status' })).toBe(1);
  expect(await gauge('resource_failures', { resource: 'vpn:status' })).toBe(0);
  app.script.failure = new SourceError('unreachable', 'Nobody answers.');
  await app.clock.advance(60_000);
  expect(await gauge('resource_up', { resource: 'vpn:status' })).toBe(0);
  expect(await gauge('resource_failures', { resource: 'vpn:status' })).toBeGreaterThan(2);
  expect(await gauge('data_age_seconds', { resource: 'vpn:status' })).toBeGreaterThan(55);
  expect(await gauge('engines', { state: 'healthy' })).toBe(status.engines.healthy);
  expect(await gauge('alerts', { rule: 'unreachable' })).toBe(1);
  expect(await gauge('alerts', { rule: 'vpn-down' })).toBe(0);
});

test('what the orchestrator does not report is absent', async () => {
  app.script.missing = ['vpnStatus'];
  await app.clock.advance(10_000);
  expect(await gauge('resource_up', { resource: 'vpn:status' })).toBeUndefined();
  expect(await gauge('data_age_seconds', { resource: 'vpn:status' })).toBeUndefined();
  expect(await gauge('resource_up', { resource: 'stats:total' })).toBe(1);
});

test('a scrape asks no backend and counts nothing', async () => {
  await app.clock.advance(3000);
  const asked = app.script.asked.length;
  const before = caches[0]?.statistics();
  for (let n = 0; n < 20; n += 1) await scrape();
  expect(app.script.asked.length).toBe(asked);
  expect(caches[0]?.statistics()).toEqual(before);
  const calls = app.script.asked.filter(({ read }) => read === 'vpnStatus').length;
  expect(await gauge('backend_calls_total', { resource: 'vpn:status' })).toBe(calls);
});

test('through resets, clears and a switch of profiles the sums are what was counted', async () => {
  const draft = {
    name: 'Lab',
    production: false,
    orchestrator: { url: 'https://lab.test:8000/', allowHttp: false },
    portal: null,
    workstations: null,
    pollSeconds: null,
    ttlSeconds: {},
  };
  const poll = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) {
      const answer = app.client.call('vpn.status', {});
      await app.clock.advance(200);
      await answer;
    }
  };
  const lookups = (): Promise<number | undefined> => gauge('cache_lookups_total', { resource: 'vpn:status' });
  await app.clock.advance(1000);
  await poll(3);
  expect(await lookups()).toBe(3);
  await app.client.call('cache.clear', {});
  await poll(2);
  await app.client.call('cache.resetStatistics', {});
  await poll(4);
  await app.client
    .call('profiles.save', { id: null, draft, secrets: {}, acceptWeak: false })
    .then(({ id }) => app.client.call('profiles.activate', { id }));
  const [first] = caches;
  if (!first) throw new Error('No cache was filled');
  const left = vi.spyOn(first, 'keyStatistics');
  await poll(5);
  expect(await lookups()).toBe(14);
  expect(await gauge('cache_invalidations_total')).toBeGreaterThan(0);
  const text = await scrape();
  expect(sumOf(text, 'cachedeck_cache_entries', { cache: 'main' })).toBe(caches.at(-1)?.size);
  expect(sumOf(text, 'cachedeck_cache_bytes', { cache: 'main' })).toBe(caches.at(-1)?.bytes);
  expect(text).not.toContain('Lab');
  expect(left).not.toHaveBeenCalled();
  expect(text).not.toContain('lab.test');
});

test('times of loads and of one hit in 16 are in the histograms, in seconds', async () => {
  await app.clock.advance(1000);
  for (let n = 0; n < 32; n += 1) await app.client.call('vpn.status', {});
  const text = await scrape();
  const loads = { resource: 'vpn:status' };
  expect(sumOf(text, 'cachedeck_cache_load_duration_seconds_count', loads)).toBe(
    caches[0]?.keyStatistics().find(({ key }) => key === 'vpn:status')?.counters.loads,
  );
  expect(sumOf(text, 'cachedeck_cache_load_duration_seconds_bucket', { ...loads, le: '0.05' })).toBe(0);
  expect(sumOf(text, 'cachedeck_cache_load_duration_seconds_bucket', { ...loads, le: '0.1' })).toBe(1);
  expect(sumOf(text, 'cachedeck_cache_hit_duration_seconds_count')).toBe(2);
});
