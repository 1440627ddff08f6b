import { expect, test } from 'vitest';
import { seedCacheStats, seedCacheTotals } from '../../../electron/core/cache/seed-shapes.ts';
import { counting, policy, second, setup } from './setup.ts';

test('the first shape: 125 hits and 15 misses are 89.29, ages in seconds', async () => {
  const { clock, cache } = setup();
  for (let miss = 0; miss < 15; miss += 1) cache.get(`absent:${miss}`);
  cache.set('stats:total', 1, { ttl: 3 * second });
  for (let hit = 0; hit < 125; hit += 1) cache.get('stats:total');
  await clock.advance(1_500);
  expect(seedCacheStats(cache)).toEqual({
    size: 1,
    hits: 125,
    misses: 15,
    hit_rate: 89.29,
    entries: [{ key: 'stats:total', age: 1.5, ttl_remaining: 1.5 }],
  });
});

test('the second shape: 1250 hits and 340 misses are 78.6, evictions by size and by age together', async () => {
  const { clock, cache } = setup({ max: 42 });
  for (let n = 0; n < 44; n += 1)
    cache.set(`k${n}`, n, { ttl: n < 12 ? second : 60 * second, staleWindow: 60 * second });
  await clock.advance(second);
  for (let miss = 0; miss < 340; miss += 1) cache.get(`k${2 + (miss % 10)}`);
  for (let hit = 0; hit < 1_250; hit += 1) cache.get('k43');
  expect(cache.statistics().counters).toMatchObject({ evictions: 2, expirations: 10 });
  expect(seedCacheTotals(cache)).toEqual({
    hits: 1_250,
    misses: 340,
    size: 42,
    evictions: 12,
    hit_rate_percent: 78.6,
  });
});

test('stale and coalesced lookups are misses there, so that the arithmetic holds; an expired entry has 0 s left', async () => {
  const { clock, cache } = setup();
  const source = counting();
  await Promise.all([1, 2].map(() => cache.read('k', source.load, policy)));
  await cache.read('k', source.load, policy);
  await clock.advance(4 * second);
  source.failing = true;
  await cache.read('k', source.load, policy);
  const stats = seedCacheStats(cache);
  expect(stats).toMatchObject({ hits: 1, misses: 3, hit_rate: 25 });
  expect(stats.entries).toEqual([{ key: 'k', age: 4, ttl_remaining: 0 }]);
});

test('zero requests are 0 in both shapes', () => {
  const { cache } = setup();
  expect(seedCacheStats(cache)).toEqual({ size: 0, hits: 0, misses: 0, hit_rate: 0, entries: [] });
  expect(seedCacheTotals(cache)).toEqual({ hits: 0, misses: 0, size: 0, evictions: 0, hit_rate_percent: 0 });
});
