import {
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  emailAddress,
  integer,
  oneof,
  record,
  string,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newCounters } from '../../../electron/core/cache/counters.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { FollowedCache } from '../../../electron/core/metrics/followed-cache.ts';
import type { CounterName } from '../../../electron/core/metrics/followed-cache.ts';
import { createMetrics } from '../../../electron/core/metrics/metrics.ts';
import type { ProfileMeter } from '../../../electron/core/metrics/metrics.ts';
import { labelOfKey, resourceLabels } from '../../../electron/core/metrics/resource-labels.ts';
import { sessionKey } from '../../../electron/core/sessions/session-values.ts';
import { samplesOf, sumOf } from '../../support/exposition.ts';
import type { Sample } from '../../support/exposition.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const keys = ['stats:total', 'vpn:status', 'workstations_list', 'odd', sessionKey('ref', 'zones')] as const;

/** Metrics of a core without a profile, with a cache that a test gives it. */
function setup() {
  const clock = new FakeClock();
  const metrics = createMetrics({
    version: '1.2.3',
    host: 'browser',
    usage: () => ({ cpuMs: 0, memoryBytes: 0 }),
    pages: () => 0,
    connected: () => null,
  });
  return { clock, metrics, connect: () => connect(clock, metrics.meter()) };
}

function connect(clock: FakeClock, meter: ProfileMeter, max = 5000) {
  const cache = new TtlCache({ clock, random: () => 0.5, max, onTime: (time) => meter.time(time) });
  return { cache, meter, beforeReset: meter.follow('main', cache) };
}

/** What the counters of a cache should read as, `name{labels}` by `name{labels}`. */
const metricOf: Readonly<Record<CounterName, { readonly name: string; readonly outcome?: string }>> = {
  hits: { name: 'cachedeck_cache_lookups_total', outcome: 'hit' },
  staleHits: { name: 'cachedeck_cache_lookups_total', outcome: 'stale' },
  misses: { name: 'cachedeck_cache_lookups_total', outcome: 'miss' },
  coalesced: { name: 'cachedeck_cache_lookups_total', outcome: 'coalesced' },
  bypasses: { name: 'cachedeck_cache_lookups_total', outcome: 'bypass' },
  prefetches: { name: 'cachedeck_cache_prefetches_total' },
  loads: { name: 'cachedeck_cache_loads_total' },
  loadErrors: { name: 'cachedeck_cache_load_errors_total' },
  evictions: { name: 'cachedeck_cache_evictions_total' },
  expirations: { name: 'cachedeck_cache_expirations_total' },
  invalidations: { name: 'cachedeck_cache_invalidations_total' },
  cacheErrors: { name: 'cachedeck_cache_errors_total' },
};
const counterNames = Object.keys(metricOf) as CounterName[];

function counted(text: string, name: CounterName, resource?: string): number | undefined {
  const { name: metric, outcome } = metricOf[name];
  return sumOf(text, metric, { ...(outcome ? { outcome } : {}), ...(resource ? { resource } : {}) });
}

const isCounter = ({ name }: Sample): boolean => /_total$|_bucket$|_count$|_sum$/.test(name);
const identity = ({ name, labels }: Sample): string => name + JSON.stringify(labels);

test('each outcome of each resource reads as the cache counted it', async () => {
  const { clock, metrics, connect: open } = setup();
  const { cache } = open();
  const policy = { ttl: 1000, staleWindow: 10_000, backOff: false };
  const fails = (): Promise<never> => Promise.reject(new Error('down'));
  await cache.read('vpn:status', () => 1, policy);
  await cache.read('vpn:status', () => 1, policy);
  await Promise.all([1, 2, 3].map((n) => cache.read('stats:total', () => n, policy)));
  await cache.refresh('vpn:status', () => 2, policy);
  await clock.advance(1000);
  await cache.read('vpn:status', fails, policy);
  await cache.prefetch('engines:list', () => 3, policy);
  cache.set('odd', 1);
  cache.delete('odd');

  const text = await metrics.text();
  const { counters } = cache.statistics();
  for (const name of counterNames) expect([name, counted(text, name)]).toEqual([name, counters[name]]);
  for (const { key, counters: own } of cache.keyStatistics()) {
    for (const name of counterNames.filter((one) => one !== 'cacheErrors')) {
      expect([key, name, counted(text, name, labelOfKey(key))]).toEqual([key, name, own[name]]);
    }
  }
  expect(counted(text, 'staleHits', 'vpn:status')).toBe(1);
  expect(counted(text, 'coalesced', 'stats:total')).toBe(2);
  expect(counted(text, 'invalidations', 'other')).toBe(1);
  expect(counted(text, 'prefetches', 'engines:list')).toBe(1);
});

test('a scrape counts nothing and is the same when nothing happened', async () => {
  const { metrics, connect: open } = setup();
  const { cache } = open();
  cache.get('vpn:status');
  const first = await metrics.text();
  const before = cache.statistics();
  expect(await metrics.text()).toBe(first);
  expect(await Promise.all([metrics.text(), metrics.text()])).toEqual([first, first]);
  expect(cache.statistics()).toEqual(before);
});

test('what a profile counted stays when it ends, also what came after the last scrape', async () => {
  const { metrics, connect: open } = setup();
  const first = open();
  first.cache.get('vpn:status');
  await metrics.text();
  first.cache.get('vpn:status');
  first.meter.end();
  first.cache.get('vpn:status');
  const second = open();
  second.cache.get('vpn:status');
  expect(counted(await metrics.text(), 'misses', 'vpn:status')).toBe(3);
});

test('a key whose counters were dropped to make room takes nothing from the total', async () => {
  const { clock, metrics } = setup();
  const { cache } = connect(clock, metrics.meter(), 10);
  for (let round = 0; round < 3; round += 1) {
    cache.get('vpn:status');
    for (let n = 0; n < 3000; n += 1) cache.get(`odd:${round}:${n}`);
    if (round === 1) await metrics.text();
  }
  const text = await metrics.text();
  expect(cache.keyStatistics().find(({ key }) => key === 'vpn:status')?.counters.misses ?? 0).toBeLessThan(3);
  expect(counted(text, 'misses')).toBe(9003);
});

test('counters zeroed without a word never make a metric fall', () => {
  const cache = new TtlCache({ clock: new FakeClock(), random: () => 0.5 });
  let misses = 0;
  const followed = new FollowedCache(cache, (_, name, n) => {
    expect(n).toBeGreaterThan(0);
    if (name === 'misses') misses += n;
  });
  for (const _ of [1, 2, 3]) cache.get('vpn:status');
  followed.take();
  cache.resetStatistics();
  cache.get('vpn:status');
  followed.take();
  expect(misses).toBe(4);
});

describe('over random histories', () => {
  type Step =
    | { readonly do: 'read' | 'fail' | 'refresh' | 'prefetch'; readonly key: string }
    | { readonly do: 'clear' | 'reset' | 'switch' | 'scrape' | 'off' | 'on' }
    | { readonly do: 'wait'; readonly ms: number };

  const step: Arbitrary<Step> = oneof(
    {
      weight: 6,
      arbitrary: record({
        do: constantFrom('read', 'fail', 'refresh', 'prefetch'),
        key: constantFrom(...keys),
      }),
    },
    {
      weight: 3,
      arbitrary: record({ do: constantFrom('clear', 'reset', 'switch', 'scrape', 'off', 'on') }),
    },
    { weight: 2, arbitrary: record({ do: constant('wait'), ms: integer({ min: 1, max: 70_000 }) }) },
  );

  test('no counter falls, and the sums are exactly what all caches counted', async () => {
    await assert(
      asyncProperty(array(step, { maxLength: 60 }), async (steps) => {
        const { clock, metrics, connect: open } = setup();
        let room = open();
        room.cache.start();
        /** What caches and resets before have counted. */
        const past = newCounters();
        const keep = (): void => {
          const { counters } = room.cache.statistics();
          for (const name of counterNames) past[name] += counters[name];
        };
        const policy = { ttl: 3000, staleWindow: 60_000 };
        const value = (): Promise<number> => new Promise((resolve) => void clock.after(50, () => resolve(1)));
        const failure = (): Promise<never> => Promise.reject(new Error('down'));
        let seen = new Map<string, number>();
        const scrape = async (): Promise<string> => {
          const text = await metrics.text();
          const now = new Map(
            samplesOf(text)
              .filter(isCounter)
              .map((one) => [identity(one), one.value]),
          );
          const fell = [...seen].filter(([id, before]) => (now.get(id) ?? -1) < before);
          expect(fell).toEqual([]);
          seen = now;
          return text;
        };
        for (const one of steps) {
          switch (one.do) {
            case 'read':
              void room.cache.read(one.key, value, policy);
              break;
            case 'fail':
              void room.cache.read(one.key, failure, policy);
              break;
            case 'refresh':
              void room.cache.refresh(one.key, value, policy);
              break;
            case 'prefetch':
              void room.cache.prefetch(one.key, value, policy);
              break;
            case 'clear':
              room.cache.clear();
              break;
            case 'off':
            case 'on':
              room.cache.enabled = one.do === 'on';
              break;
            case 'reset':
              keep();
              room.beforeReset();
              room.cache.resetStatistics();
              break;
            case 'switch':
              room.cache.stop();
              await clock.advance(0);
              room.meter.end();
              keep();
              room = open();
              room.cache.start();
              break;
            case 'scrape':
              await scrape();
              break;
            case 'wait':
              await clock.advance(one.ms);
          }
        }
        await clock.advance(100);
        const text = await scrape();
        keep();
        for (const name of counterNames) expect([name, counted(text, name)]).toEqual([name, past[name]]);
        room.cache.stop();
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('labels come from the closed list, whatever the keys are', async () => {
    const { metrics, connect: open } = setup();
    const { cache, meter } = open();
    const allowed = new Set<string>(resourceLabels);
    const text = async (): Promise<Sample[]> => samplesOf(await metrics.text());
    const odd = oneof(
      string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      emailAddress(),
      string().map((rest) => `session:${rest}`),
      constantFrom('__proto__', 'constructor', 'a"} 1\nfake 2', 'session:x:zones:more'),
    );
    await assert(
      asyncProperty(odd, boolean(), async (key, by) => {
        cache.get(key);
        meter.time({ key, user: key, by: by ? 'hit' : 'load', ms: 1 });
        expect(allowed).toContain(labelOfKey(key));
      }),
      { numRuns: 500 },
    );
    const samples = await text();
    const resources = samples.flatMap(({ labels }) => labels['resource'] ?? []);
    expect(resources.filter((one) => !allowed.has(one))).toEqual([]);
    expect(samples.length).toBeLessThan(800);
  });

  test('a hostile key, a user and an address stay out of the text', async () => {
    const { metrics, connect: open } = setup();
    const { cache, meter } = open();
    const hostile = ['bob@corp.example', 'secret-token-9', 'a"} 1\nfake_metric 2', 'https://10.0.0.1:9/x'];
    for (const key of hostile) {
      cache.get(key, 'bob@corp.example');
      cache.set(key, 'secret value');
      meter.time({ key, user: 'bob@corp.example', by: 'load', ms: 5 });
    }
    const text = await metrics.text();
    for (const word of ['bob', 'corp', 'secret', 'fake_metric', '10.0.0.1']) expect(text).not.toContain(word);
    expect(counted(text, 'misses', 'other')).toBe(4);
  });
});
