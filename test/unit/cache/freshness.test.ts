import { expect, test } from 'vitest';
import { counting, hour, policy, second, setup, Source, strict } from './setup.ts';

test('a value is fresh below its ttl and expired at exactly its ttl', async () => {
  const { clock, cache } = setup();
  cache.set('k', 'v', { ttl: 3 * second });
  await clock.advance(2_999);
  expect(cache.get('k')).toBe('v');
  await clock.advance(1);
  expect(cache.get('k')).toBeUndefined();
});

test('freshness counts from storing, data age from the start of the load', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  await clock.advance(1_500);
  source.answer('v');
  const { snapshot } = await reading;
  expect(snapshot).toMatchObject({ age: 0, dataAge: 1_500, fresh: true, loadedAt: clock.wall() - 1_500 });
  await clock.advance(2_999);
  expect(cache.peek('k')).toMatchObject({ age: 2_999, dataAge: 4_499, fresh: true });
  await clock.advance(1);
  expect(cache.peek('k').fresh).toBe(false);
});

test('the wall clock going back an hour makes nothing younger', async () => {
  const { clock, cache } = setup();
  cache.set('k', 'v', { ttl: 3 * second });
  await clock.advance(2 * second);
  clock.jumpWall(-hour);
  expect(cache.peek('k')).toMatchObject({ age: 2 * second, fresh: true });
  await clock.advance(second);
  expect(cache.get('k')).toBeUndefined();
});

test('the wall clock going forward an hour ages everything', () => {
  const { clock, cache } = setup();
  cache.set('k', 'v', { ttl: 3 * second });
  clock.jumpWall(hour);
  expect(cache.peek('k')).toMatchObject({ age: hour, fresh: false });
});

test('eight hours of suspend, while the monotonic clock stood still, count', async () => {
  const { clock, cache } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  clock.jumpWall(8 * hour);
  expect(cache.get('k')).toBeUndefined();
  expect((await cache.read('k', source.load, policy)).value).toBe(2);
});

test.each([NaN, -1, Infinity, -Infinity, '3', null, {}])('a ttl of %s throws', (ttl) => {
  const { cache } = setup();
  const bad = { ttl: ttl as number };
  const { load } = counting();
  expect(() => cache.set('k', 1, bad)).toThrow(RangeError);
  expect(() => cache.read('k', load, bad)).toThrow(RangeError);
  expect(() => cache.getOrLoad('k', load, bad)).toThrow(RangeError);
  expect(() => cache.read('k', load, { ttl: 1, staleWindow: ttl as number })).toThrow(RangeError);
  expect(() => cache.read('k', load, { ttl: 1, timeout: ttl as number })).toThrow(RangeError);
  expect(cache.statistics().counters.loads).toBe(0);
});

test('a bad ttl rejects where the call is asynchronous all through', async () => {
  const { cache } = setup();
  const { load } = counting();
  await expect(cache.refresh('k', load, { ttl: NaN })).rejects.toThrow(RangeError);
  await expect(cache.prefetch('k', load, { ttl: NaN })).rejects.toThrow(RangeError);
});

test('a ttl of 0 is never fresh', async () => {
  const { cache } = setup();
  const source = counting();
  await cache.read('k', source.load, { ttl: 0 });
  expect((await cache.read('k', source.load, { ttl: 0 })).served).toBe('miss');
  expect(source.calls).toBe(2);
});

test('values set without a ttl live 300 s', async () => {
  const { clock, cache } = setup();
  cache.set('k', 'v');
  await clock.advance(299_999);
  expect(cache.get('k')).toBe('v');
  await clock.advance(1);
  expect(cache.get('k')).toBeUndefined();
});

test('set restarts the ttl, get does not', async () => {
  const { clock, cache } = setup();
  cache.set('k', 'a', { ttl: 3 * second });
  await clock.advance(2 * second);
  cache.set('k', 'b', { ttl: 3 * second });
  await clock.advance(2 * second);
  expect(cache.get('k')).toBe('b');
  await clock.advance(second);
  expect(cache.get('k')).toBeUndefined();
});

test.each([null, false, 0, ''])('%j is a value', async (value) => {
  const { cache } = setup();
  const source = new Source();
  const first = cache.read('k', source.load, policy);
  source.answer(value);
  expect(await first).toMatchObject({ value, served: 'miss' });
  expect(await cache.read('k', source.load, policy)).toMatchObject({ value, served: 'hit' });
  expect(source.calls).toBe(1);
});

test('undefined cannot be set', () => {
  expect(() => setup().cache.set('k', undefined)).toThrow(TypeError);
});

test('a restored value keeps its true age, also when the clock is set back', async () => {
  const { clock, cache } = setup();
  const at = clock.wall() - hour;
  cache.restore('k', { value: 'v', loadedAt: at - second, storedAt: at, ttl: 2 * hour });
  expect(cache.peek('k')).toMatchObject({ age: hour, dataAge: hour + second, fresh: true });
  clock.jumpWall(-30 * second);
  expect(cache.peek('k')).toMatchObject({ age: hour, fresh: true });
  await clock.advance(hour);
  expect(cache.get('k')).toBeUndefined();
});

test('a restored value whose saved time lies in the future is expired', async () => {
  const { clock, cache } = setup();
  const at = clock.wall() + hour;
  cache.restore('k', { value: 'v', loadedAt: at, storedAt: at, ttl: 2 * hour, staleWindow: hour });
  expect(cache.peek('k')).toMatchObject({ stored: true, fresh: false });
  await clock.advance(second);
  expect(cache.get('k')).toBeUndefined();
});

test('a restored value without times is refused', () => {
  const { cache } = setup();
  expect(() => cache.restore('k', { value: 1, loadedAt: NaN, storedAt: 0, ttl: 1 })).toThrow(RangeError);
});

test('shared values cannot be changed by a caller', async () => {
  const { cache } = setup();
  const value = await cache.getOrLoad('k', () => ({ list: [{ n: 1 }] }), strict);
  expect(() => value.list.push({ n: 2 })).toThrow(TypeError);
  expect(() => Object.assign(value.list[0] ?? {}, { n: 2 })).toThrow(TypeError);
  expect(await cache.getOrLoad('k', () => ({ list: [] }), strict)).toEqual({ list: [{ n: 1 }] });
});

test('a peek changes no counter and no recency', async () => {
  const { cache, events } = setup({ max: 2 });
  cache.set('old', 1);
  cache.set('new', 2);
  const before = cache.statistics();
  const seen = events.length;
  cache.peek('old');
  cache.peek('unknown');
  expect(cache.statistics()).toEqual(before);
  expect(events).toHaveLength(seen);
  cache.set('third', 3);
  expect(cache.peek('old').stored).toBe(false);
});

test('a peek tells of a running load before there is any value', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  await clock.advance(700);
  expect(cache.peek('k')).toMatchObject({ stored: false, loadingFor: 700, value: undefined });
  source.answer(1);
  await reading;
  expect(cache.peek('k').loadingFor).toBeNull();
});
