import { expect, test } from 'vitest';
import type { Log } from '../../../electron/core/log.ts';
import { lruStore, type EntryStore, type StoreLimits } from '../../../electron/core/cache/store.ts';
import { counting, minute, policy, second, setup } from './setup.ts';

test('eviction goes in order of last use, and only it counts as eviction', async () => {
  const { cache, events } = setup({ max: 3 });
  for (const key of ['a', 'b', 'c']) cache.set(key, key);
  cache.get('a');
  cache.set('d', 'd');
  cache.set('e', 'e');
  expect(cache.keys()).toEqual(['a', 'd', 'e']);
  cache.set('a', 'again');
  cache.delete('a');
  expect(events.filter(({ kind }) => kind === 'evict').map(({ key }) => key)).toEqual(['b', 'c']);
  expect(cache.statistics().counters).toMatchObject({ evictions: 2, expirations: 0, invalidations: 1 });
});

test('the byte budget holds', () => {
  const { cache } = setup({ maxBytes: 10_000 });
  for (let n = 0; n < 10; n += 1) cache.set(`k${n}`, 'x'.repeat(1_000));
  expect(cache.size).toBe(4);
  expect(cache.bytes).toBeLessThanOrEqual(10_000);
  expect(cache.statistics().counters.evictions).toBe(6);
});

test('a value above the whole budget is handed out but not kept, and replaces nothing by something old', async () => {
  const { cache } = setup({ maxBytes: 1_000 });
  cache.set('k', 'small', { ttl: 0 });
  const large = 'x'.repeat(5_000);
  expect(await cache.getOrLoad('k', () => large, policy)).toBe(large);
  expect(cache.peek('k').stored).toBe(false);
  expect(cache.statistics()).toMatchObject({ entries: 0, counters: { evictions: 1 } });
});

test('the sweep removes what is past ttl and stale window, counting expirations, not misses', async () => {
  const { clock, cache, kinds } = setup();
  cache.set('a', 1, { ttl: second });
  cache.set('b', 2, { ttl: second, staleWindow: 10 * second });
  cache.set('c', 3, { ttl: minute });
  await clock.advance(5 * second);
  expect(cache.cleanup()).toBe(1);
  expect(cache.keys()).toEqual(['b', 'c']);
  await clock.advance(6 * second);
  expect(cache.cleanup()).toBe(1);
  expect(cache.cleanup()).toBe(0);
  expect(cache.statistics().counters).toMatchObject({ expirations: 2, misses: 0, evictions: 0 });
  expect(kinds().filter((kind) => kind === 'expire')).toHaveLength(2);
});

test('an expiry that a lookup noticed is not counted again by the sweep', async () => {
  const { clock, cache } = setup();
  cache.set('k', 1, { ttl: second });
  await clock.advance(second);
  cache.get('k');
  cache.get('k');
  expect(cache.cleanup()).toBe(1);
  expect(cache.statistics().counters).toMatchObject({ expirations: 1, misses: 2 });
});

test('the sweep runs every 60 s until stopped', async () => {
  const { clock, cache } = setup();
  cache.start();
  cache.start();
  expect(clock.pending).toBe(1);
  cache.set('a', 1, { ttl: second });
  await clock.advance(minute);
  expect(cache.size).toBe(0);
  cache.set('b', 1, { ttl: second });
  await clock.advance(minute);
  expect(cache.size).toBe(0);
  cache.stop();
  expect(clock.pending).toBe(0);
});

/** A store whose named operations throw while `broken` is set. */
function breakable(...operations: ('get' | 'set' | 'delete')[]) {
  const state = { broken: false };
  const store = (limits: StoreLimits): EntryStore => {
    const inner = lruStore(limits);
    const guard = (operation: 'get' | 'set' | 'delete'): void => {
      if (state.broken && operations.includes(operation)) throw new Error(`${operation} failed`);
    };
    return {
      get(key) {
        guard('get');
        return inner.get(key);
      },
      has: (key) => inner.has(key),
      set(key, entry) {
        guard('set');
        inner.set(key, entry);
      },
      delete(key) {
        guard('delete');
        inner.delete(key);
      },
      get size() {
        return inner.size;
      },
      get bytes() {
        return inner.bytes;
      },
    };
  };
  return { state, store };
}

test('a store that throws on reading: the loader runs and its result is returned', async () => {
  const { state, store } = breakable('get');
  const { cache } = setup({ store });
  const source = counting();
  await cache.read('k', source.load, policy);
  state.broken = true;
  expect(await cache.read('k', source.load, policy)).toMatchObject({ value: 2, served: 'miss' });
  expect(await cache.getOrLoad('k', source.load, policy)).toBe(3);
  expect(cache.get('k')).toBeUndefined();
  expect(cache.statistics().counters.cacheErrors).toBe(3);
});

test('a store that throws on writing: callers get the loaded value, nothing old comes back', async () => {
  const { state, store } = breakable('set');
  const warnings: string[] = [];
  const quiet = (): void => {};
  const log: Log = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (line) => warnings.push(line),
    debugging: false,
  };
  const { cache } = setup({ store, log });
  const source = counting();
  await cache.read('k', source.load, policy);
  state.broken = true;
  expect((await cache.refresh('k', source.load, policy)).value).toBe(2);
  state.broken = false;
  expect(await cache.read('k', source.load, policy)).toMatchObject({ value: 3, served: 'miss' });
  expect(cache.statistics().counters.cacheErrors).toBe(1);
  expect(warnings).toEqual(["The cache's store failed: set failed"]);
});

test('a store that throws on deleting: the value is gone all the same', () => {
  const { state, store } = breakable('delete');
  const { cache } = setup({ store });
  cache.set('k', 'v');
  state.broken = true;
  expect(cache.delete('k')).toBe(true);
  expect(cache.get('k')).toBeUndefined();
  expect(cache.keys()).toEqual([]);
  expect(cache.statistics().counters.cacheErrors).toBe(1);
});
