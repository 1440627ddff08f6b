import { expect, test } from 'vitest';
import { counting, minute, policy, setup, Source } from './setup.ts';

test('switching off drops what is held and counts that once', async () => {
  const { cache } = setup();
  cache.set('k', 1);
  cache.enabled = false;
  cache.enabled = false;
  expect(cache.size).toBe(0);
  expect(cache.statistics().counters.invalidations).toBe(1);
  cache.enabled = true;
  expect(cache.peek('k').stored).toBe(false);
});

test('a load that runs at the switch gives its waiters the value and stores nothing', async () => {
  const { cache, clock } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  cache.enabled = false;
  source.answer('value');
  expect(await reading).toMatchObject({ value: 'value' });
  cache.enabled = true;
  await clock.advance(0);
  expect(cache.peek('k')).toMatchObject({ stored: false, loadingFor: null });
});

test('a forced load that waited behind it stores nothing either', async () => {
  const { cache } = setup();
  const source = new Source();
  void cache.read('k', source.load, policy);
  const forced = cache.refresh('k', source.load, policy);
  cache.enabled = false;
  await Promise.resolve();
  source.answer('forced', 2);
  expect(await forced).toMatchObject({ value: 'forced', snapshot: { stored: false } });
  expect(cache.entries()).toEqual([]);
});

test('nor does it keep the key once the cache is on again, when another lookup overtook it', async () => {
  const { cache } = setup();
  const source = new Source();
  void cache.read('k', source.load, policy);
  const forced = cache.refresh('k', source.load, policy);
  cache.enabled = false;
  const beside = cache.read('k', source.load, policy);
  source.answer('forced', 2);
  source.answer('beside', 3);
  await Promise.all([forced, beside]);
  cache.enabled = true;
  const reading = cache.read('k', source.load, policy);
  source.answer('stored', 4);
  expect(await reading).toMatchObject({ value: 'stored', served: 'miss' });
});

test('while off a failure is known, without a back-off, and so is the next success', async () => {
  const { cache, kinds } = setup();
  const source = counting();
  cache.enabled = false;
  source.failing = true;
  await cache.read('k', source.load, policy);
  await cache.read('k', source.load, policy);
  expect(cache.peek('k').failure).toMatchObject({ count: 2, nextTryAt: null });
  expect(source.calls).toBe(2);
  source.failing = false;
  expect(await cache.read('k', source.load, policy)).toMatchObject({ value: 3, served: 'bypass' });
  expect(cache.peek('k').failure).toBeNull();
  expect(kinds()).toEqual(['bypass', 'refresh-failed', 'bypass', 'refresh-failed', 'bypass', 'recovered']);
});

test('while off, of loads side by side the one that began last says how the source is', async () => {
  const { cache } = setup();
  const source = new Source();
  cache.enabled = false;
  const reads = [1, 2].map(() => cache.read('k', source.load, policy));
  source.answer('new', 2);
  source.fail('old', 1);
  await Promise.all(reads);
  expect(cache.peek('k').failure).toBeNull();
});

test('a load begun while off leaves no trace once it is on again', async () => {
  const { cache } = setup();
  const source = new Source();
  cache.enabled = false;
  const beside = cache.read('k', source.load, policy);
  cache.enabled = true;
  const reading = cache.read('k', source.load, policy);
  source.answer('beside', 1);
  expect(await beside).toMatchObject({ value: 'beside', served: 'bypass' });
  expect(cache.peek('k').stored).toBe(false);
  source.answer('stored', 2);
  expect(await reading).toMatchObject({ value: 'stored', served: 'miss' });
  expect(cache.peek('k').value).toBe('stored');
});

test('a failure known from before does not hold lookups back once it is on again', async () => {
  const { cache, clock } = setup();
  const source = counting();
  cache.enabled = false;
  source.failing = true;
  await cache.read('k', source.load, policy);
  cache.enabled = true;
  source.failing = false;
  await clock.advance(1);
  expect(await cache.read('k', source.load, { ttl: minute })).toMatchObject({ value: 2, served: 'miss' });
});
