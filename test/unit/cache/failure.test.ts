import { expect, test } from 'vitest';
import { counting, hour, policy, second, setup, strict } from './setup.ts';

test('a failed load serves the last good value with its error and age, as a stale hit', async () => {
  const { clock, cache, kinds } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  await clock.advance(5 * second);
  source.failing = true;
  const lookup = await cache.read('k', source.load, policy);
  expect(lookup).toMatchObject({ value: 1, served: 'last-good', error: { message: 'down' } });
  expect(lookup.snapshot).toMatchObject({ dataAge: 5 * second, fresh: false, failure: { count: 1 } });
  expect(cache.statistics().counters).toMatchObject({ staleHits: 1, misses: 1, loads: 2, loadErrors: 1 });
  expect(kinds()).toEqual(['miss', 'set', 'expire', 'miss', 'refresh-failed', 'stale']);
});

test('a refresh failure keeps the value, backs off, then tries exactly once', async () => {
  const { clock, cache } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  await clock.advance(5 * second);
  source.failing = true;
  await cache.read('k', source.load, policy);
  expect(source.calls).toBe(2);
  const { failure } = cache.peek('k');
  expect(failure).toMatchObject({ count: 1, since: clock.wall(), nextTryAt: clock.wall() + 5 * second });
  await clock.advance(4_999);
  expect(await cache.read('k', source.load, policy)).toMatchObject({ value: 1, served: 'last-good' });
  await cache.prefetch('k', source.load, policy);
  expect(source.calls).toBe(2);
  await clock.advance(1);
  const tries = [1, 2, 3].map(() => cache.read('k', source.load, policy));
  await Promise.all(tries);
  expect(source.calls).toBe(3);
  expect(cache.peek('k').failure).toMatchObject({ count: 2, nextTryAt: clock.wall() + 10 * second });
});

test('waits grow 5, 10, 20, 40, 60, 60 s', async () => {
  const { clock, cache } = setup();
  const source = counting();
  source.failing = true;
  const waits: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await cache.read('k', source.load, policy);
    const wait = (cache.peek('k').failure?.nextTryAt ?? 0) - clock.wall();
    waits.push(wait / second);
    await clock.advance(wait);
  }
  expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
  expect(source.calls).toBe(6);
});

test.each([
  [0, 4_500],
  [0.5, 5_000],
  [0.999_999, 5_500],
])('jitter at %d makes the first wait %d ms', async (random, wait) => {
  const { clock, cache } = setup({ random: () => random });
  const source = counting();
  source.failing = true;
  await cache.read('k', source.load, policy);
  expect((cache.peek('k').failure?.nextTryAt ?? 0) - clock.wall()).toBe(wait);
});

test('without a last good value a reader gets the error during the back-off, without a load', async () => {
  const { cache, kinds } = setup();
  const source = counting();
  source.failing = true;
  await cache.read('k', source.load, policy);
  expect(await cache.read('k', source.load, policy)).toMatchObject({
    served: 'none',
    error: { message: 'down' },
  });
  await expect(cache.getOrLoad('k', source.load, policy)).rejects.toThrow('down');
  expect(source.calls).toBe(1);
  expect(cache.statistics().counters).toMatchObject({ misses: 3, loads: 1, staleHits: 0 });
  expect(kinds()).toEqual(['miss', 'refresh-failed', 'miss', 'miss']);
});

test('once the stale window is over the error surfaces', async () => {
  const { clock, cache } = setup();
  const source = counting();
  const window = { ...policy, staleWindow: 10 * second };
  await cache.read('k', source.load, window);
  source.failing = true;
  await clock.advance(12_999);
  expect((await cache.read('k', source.load, window)).served).toBe('last-good');
  await clock.advance(1);
  expect(await cache.read('k', source.load, window)).toMatchObject({ served: 'none', value: undefined });
});

test('a reader who accepts no last good value gets none', async () => {
  const { clock, cache } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  await clock.advance(5 * second);
  source.failing = true;
  expect((await cache.read('k', source.load, strict)).served).toBe('none');
  expect((await cache.read('k', source.load, policy)).served).toBe('last-good');
});

test('last good values during an outage do not raise the hit rate', async () => {
  const { clock, cache } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  await cache.read('k', source.load, policy);
  expect(cache.statistics().hitRate).toEqual({ percent: 50, n: 2 });
  source.failing = true;
  for (let tick = 0; tick < 8; tick += 1) {
    await clock.advance(5 * second);
    expect((await cache.read('k', source.load, policy)).served).toBe('last-good');
  }
  expect(cache.statistics().hitRate).toEqual({ percent: 10, n: 10 });
});

test('a failure run lasts until a success, which is told once', async () => {
  const { clock, cache, kinds } = setup();
  const source = counting();
  source.failing = true;
  await cache.read('k', source.load, policy);
  const since = clock.wall();
  await clock.advance(5 * second);
  await cache.read('k', source.load, policy);
  expect(cache.peek('k').failure).toMatchObject({ count: 2, since });
  source.failing = false;
  await clock.advance(10 * second);
  await cache.read('k', source.load, policy);
  expect(cache.peek('k').failure).toBeNull();
  await clock.advance(5 * second);
  await cache.read('k', source.load, policy);
  expect(kinds().filter((kind) => kind === 'recovered')).toHaveLength(1);
});

test('a value set by hand ends the failure run', async () => {
  const { cache } = setup();
  const source = counting();
  source.failing = true;
  await cache.read('k', source.load, policy);
  cache.set('k', 'v');
  expect(cache.peek('k').failure).toBeNull();
});

test('the back-off can be reset for one key or for all, and begins at its shortest again', async () => {
  const { clock, cache } = setup();
  const source = counting();
  source.failing = true;
  for (const key of ['a', 'b']) await cache.read(key, source.load, policy);
  await clock.advance(5 * second);
  for (const key of ['a', 'b']) await cache.read(key, source.load, policy);
  cache.resetBackOff('a');
  expect(cache.peek('a').failure?.nextTryAt).toBeNull();
  expect(cache.peek('b').failure?.nextTryAt).toBe(clock.wall() + 10 * second);
  cache.resetBackOff();
  for (const key of ['a', 'b']) await cache.read(key, source.load, policy);
  expect(source.calls).toBe(6);
  expect(cache.peek('a').failure).toMatchObject({ count: 3, nextTryAt: clock.wall() + 5 * second });
});

test('hours of suspend end a back-off; a wall clock set back does not prolong it', async () => {
  const { clock, cache } = setup();
  const source = counting();
  source.failing = true;
  await cache.read('k', source.load, policy);
  clock.jumpWall(-hour);
  expect(cache.peek('k').failure?.nextTryAt).toBe(clock.wall() + 5 * second);
  await clock.advance(5 * second);
  await cache.read('k', source.load, policy);
  expect(source.calls).toBe(2);
  clock.jumpWall(8 * hour);
  await cache.read('k', source.load, policy);
  expect(source.calls).toBe(3);
});

test('a key that does not back off loads again at once and still tells of its failures', async () => {
  const { cache } = setup();
  const source = counting();
  source.failing = true;
  const eager = { ...policy, backOff: false };
  await cache.read('k', source.load, eager);
  await cache.read('k', source.load, eager);
  expect(source.calls).toBe(2);
  expect(cache.peek('k').failure).toMatchObject({ count: 2, nextTryAt: null });
});

test.each(['delete', 'clear', 'glob'])('%s lets a key that only backs off load at once', async (how) => {
  const { cache } = setup();
  const source = counting();
  source.failing = true;
  await cache.read('k:1', source.load, policy);
  const removed =
    how === 'delete' ? Number(cache.delete('k:1')) : cache.invalidate(how === 'clear' ? null : 'k:*');
  expect(removed).toBe(0);
  await cache.read('k:1', source.load, policy);
  expect(source.calls).toBe(2);
  expect(cache.peek('k:1').failure).toMatchObject({ count: 2 });
});
