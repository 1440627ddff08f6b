import { expect, test } from 'vitest';
import { counting, minute, policy, second, setup, Source } from './setup.ts';

test('an entry tells how it came, how old it is, and who used it', async () => {
  const { cache, clock } = setup();
  const source = new Source();
  const missing = cache.read('stats:total', source.load, policy);
  await clock.advance(500);
  source.answer('value');
  await missing;
  await clock.advance(second);
  cache.get('stats:total');
  const hitAt = clock.wall();
  await clock.advance(second);
  expect(cache.entries()).toEqual([
    {
      key: 'stats:total',
      namespace: 'stats',
      state: 'fresh',
      dataAge: 2500,
      age: 2000,
      ttl: 3000,
      ttlRemaining: 1000,
      bytes: cache.bytes,
      hits: 1,
      lastHitAt: hitAt,
      origin: 'miss',
    },
  ]);
  await clock.advance(second);
  expect(cache.entries()).toMatchObject([{ state: 'expired', ttlRemaining: 0 }]);
});

test('every way a value can come has its name', async () => {
  const { cache, clock } = setup();
  const { load } = counting();
  await cache.read('miss', load, policy);
  await cache.prefetch('prefetch', load, policy);
  await cache.refresh('force', load, policy);
  cache.set('set', 1);
  cache.restore('restored', { value: 1, loadedAt: clock.wall(), storedAt: clock.wall(), ttl: minute });
  cache.set('undo', 1);
  cache.putBack(cache.take({ keys: ['undo'] }));
  for (const { key, origin } of cache.entries()) expect(origin).toBe(key);
  expect(cache.entries()).toHaveLength(6);
});

test('a forced load behind another is forced, what a poll joins is still a prefetch', async () => {
  const { cache } = setup();
  const source = new Source();
  const ahead = cache.prefetch('k', source.load, policy);
  const poll = cache.read('k', source.load, policy);
  const forced = cache.refresh('k', source.load, policy);
  source.answer(1);
  await Promise.all([ahead, poll]);
  expect(cache.entries()).toMatchObject([{ origin: 'prefetch' }]);
  source.answer(2);
  await forced;
  expect(cache.entries()).toMatchObject([{ origin: 'force' }]);
});

test('a key that only loads is listed without a value, one that holds nothing is not', async () => {
  const { cache } = setup();
  cache.get('gone');
  void cache.read('k', new Source().load, policy);
  expect(cache.entries()).toEqual([
    {
      key: 'k',
      namespace: 'k',
      state: 'loading',
      dataAge: null,
      age: null,
      ttl: null,
      ttlRemaining: null,
      bytes: 0,
      hits: 0,
      lastHitAt: null,
      origin: null,
    },
  ]);
});

test('resetting the statistics forgets hits and the last one', () => {
  const { cache } = setup();
  cache.set('k', 1);
  cache.get('k');
  cache.resetStatistics();
  expect(cache.entries()).toMatchObject([{ hits: 0, lastHitAt: null, state: 'fresh' }]);
});

test('looking changes neither counters nor the order of eviction', () => {
  const { cache } = setup({ max: 2 });
  cache.set('a', 1);
  cache.set('b', 2);
  const before = cache.statistics();
  cache.entries();
  cache.namespaceStatistics();
  cache.match('*');
  expect(cache.statistics()).toEqual(before);
  cache.set('c', 3);
  expect(cache.keys()).toEqual(['b', 'c']);
});

test('namespaces add up what they hold', () => {
  const { cache } = setup();
  for (const key of ['a:1', 'a:2', 'b:1']) cache.set(key, key.repeat(10));
  cache.get('c:1');
  const sums = cache.namespaceStatistics().map(({ namespace, entries }) => ({ namespace, entries }));
  expect(sums).toEqual([
    { namespace: 'a', entries: 2 },
    { namespace: 'b', entries: 1 },
    { namespace: 'c', entries: 0 },
  ]);
  expect(cache.namespaceStatistics().reduce((sum, { bytes }) => sum + bytes, 0)).toBe(cache.bytes);
});
