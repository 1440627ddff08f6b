import { expect, test } from 'vitest';
import { counting, policy, second, setup, Source } from './setup.ts';

test('a forced refresh loads although the value is fresh and counts as a bypass', async () => {
  const { cache, kinds } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  expect(await cache.refresh('k', source.load, policy)).toMatchObject({ value: 2, served: 'bypass' });
  expect(cache.get('k')).toBe(2);
  expect(cache.statistics().counters).toMatchObject({ hits: 1, misses: 1, bypasses: 1, loads: 2 });
  expect(kinds()).toEqual(['miss', 'set', 'bypass', 'set', 'hit']);
});

test('three forces during a load start one further load after it, which all share', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  const forces = [1, 2, 3].map(() => cache.refresh('k', source.load, policy));
  await clock.advance(second);
  expect(source.calls).toBe(1);
  source.answer('first', 1);
  await clock.advance(0);
  expect((await reading).value).toBe('first');
  expect(source.calls).toBe(2);
  source.answer('second', 2);
  const lookups = await Promise.all(forces);
  expect(lookups.map(({ value }) => value)).toEqual(['second', 'second', 'second']);
  expect(source.calls).toBe(2);
  expect(cache.get('k')).toBe('second');
});

test('a force during a forced load starts one more after it', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const first = cache.refresh('k', source.load, policy);
  const further = cache.refresh('k', source.load, policy);
  source.answer('a', 1);
  await clock.advance(0);
  source.answer('b', 2);
  expect((await first).value).toBe('a');
  expect((await further).value).toBe('b');
});

test('a force follows a running load that fails or times out', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  const force = cache.refresh('k', source.load, policy);
  await clock.advance(4_500);
  expect(source.calls).toBe(2);
  source.answer('v', 2);
  expect((await force).value).toBe('v');
  expect(await reading).toMatchObject({ error: { code: 'timeout' } });
});

test('a failed force keeps the fresh value and the caller sees the error', async () => {
  const { cache } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  source.failing = true;
  const forced = await cache.refresh('k', source.load, policy);
  expect(forced).toMatchObject({ value: 1, served: 'last-good', error: { message: 'down' } });
  expect(cache.peek('k')).toMatchObject({ fresh: true, failure: { count: 1 } });
  expect(await cache.read('k', source.load, policy)).toMatchObject({ value: 1, served: 'hit' });
  expect(cache.statistics().counters).toMatchObject({ staleHits: 0, bypasses: 1, loadErrors: 1 });
});

test('a failed force with nothing stored gives the error alone', async () => {
  const { cache } = setup();
  const source = counting();
  source.failing = true;
  expect(await cache.refresh('k', source.load, policy)).toMatchObject({ value: undefined, served: 'none' });
});

test('a force ends the back-off and the next failure waits the shortest time', async () => {
  const { clock, cache } = setup();
  const source = counting();
  source.failing = true;
  await cache.read('k', source.load, policy);
  await clock.advance(5 * second);
  await cache.read('k', source.load, policy);
  await cache.refresh('k', source.load, policy);
  expect(source.calls).toBe(3);
  expect(cache.peek('k').failure).toMatchObject({ count: 3, nextTryAt: clock.wall() + 5 * second });
});

test('readers hit the fresh value while a force runs, and join the force once it expired', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  cache.set('k', 'old', policy);
  const force = cache.refresh('k', source.load, policy);
  expect(await cache.read('k', source.load, policy)).toMatchObject({ value: 'old', served: 'hit' });
  await clock.advance(3 * second);
  const reading = cache.read('k', source.load, policy);
  source.answer('new');
  expect(await reading).toMatchObject({ value: 'new', served: 'coalesced' });
  await force;
  expect(source.calls).toBe(1);
});
