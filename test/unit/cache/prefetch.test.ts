import { expect, test } from 'vitest';
import { settle } from '../../support/fake-clock.ts';
import { counting, policy, second, setup, Source } from './setup.ts';

test('a prefetch loads ahead and counts as a prefetch, the poll after it as a hit', async () => {
  const { cache, kinds } = setup();
  const source = counting();
  expect(await cache.prefetch('k', source.load, policy)).toMatchObject({ value: 1, fresh: true });
  await cache.read('k', source.load, policy);
  expect(cache.statistics()).toMatchObject({
    hitRate: { percent: 100, n: 1 },
    counters: { hits: 1, misses: 0, coalesced: 0, prefetches: 1, loads: 1 },
  });
  expect(kinds()).toEqual(['prefetch', 'set', 'hit']);
});

test('a prefetch renews a value that is still fresh', async () => {
  const { clock, cache } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  await clock.advance(second);
  expect(await cache.prefetch('k', source.load, policy)).toMatchObject({ value: 2, age: 0 });
});

test('a prefetch joins a running load and is not counted', async () => {
  const { cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  const prefetches = [1, 2].map(() => cache.prefetch('k', source.load, policy));
  source.answer('v');
  expect((await Promise.all(prefetches)).map(({ value }) => value)).toEqual(['v', 'v']);
  await reading;
  expect(source.calls).toBe(1);
  expect(cache.statistics().counters).toMatchObject({ prefetches: 0, misses: 1, loads: 1 });
});

test('a poll at the tick joins the prefetch that still runs', async () => {
  const { cache } = setup();
  const source = new Source();
  const prefetch = cache.prefetch('k', source.load, policy);
  const reading = cache.read('k', source.load, policy);
  source.answer('v');
  expect(await reading).toMatchObject({ value: 'v', served: 'coalesced' });
  await prefetch;
  expect(cache.statistics().counters).toMatchObject({ prefetches: 1, coalesced: 1, loads: 1 });
});

test('a prefetch that fails rejects nowhere, backs off, and the next one waits for the time', async () => {
  const { clock, cache } = setup();
  const source = counting();
  source.failing = true;
  const snapshot = await cache.prefetch('k', source.load, policy);
  expect(snapshot).toMatchObject({
    stored: false,
    failure: { count: 1, nextTryAt: clock.wall() + 5 * second },
  });
  await clock.advance(4_999);
  await cache.prefetch('k', source.load, policy);
  expect(source.calls).toBe(1);
  await clock.advance(1);
  await cache.prefetch('k', source.load, policy);
  expect(source.calls).toBe(2);
  expect(cache.statistics().counters).toMatchObject({ prefetches: 2, loads: 2, loadErrors: 2 });
});

test('a force during a prefetch starts one further load', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const prefetch = cache.prefetch('k', source.load, policy);
  const force = cache.refresh('k', source.load, policy);
  source.answer('a', 1);
  await prefetch;
  await clock.advance(0);
  source.answer('b', 2);
  expect((await force).value).toBe('b');
});

test("main's watchers change no counter but the prefetches they cause", async () => {
  const { clock, cache } = setup();
  const source = counting();
  for (let tick = 0; tick < 10; tick += 1) {
    await cache.prefetch('k', source.load, policy);
    cache.peek('k');
    await clock.advance(5 * second);
  }
  const { counters, hitRate } = cache.statistics();
  expect(counters).toMatchObject({
    hits: 0,
    misses: 0,
    coalesced: 0,
    staleHits: 0,
    prefetches: 10,
    loads: 10,
  });
  expect(hitRate).toEqual({ percent: 0, n: 0 });
});

test('no load that fails in the background leaves an unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    const { clock, cache } = setup();
    const source = new Source();
    void cache.prefetch('a', source.load, policy);
    void cache.read('b', source.load, policy);
    void cache.refresh('c', source.load, policy);
    void cache.read('d', source.load, policy);
    void cache.prefetch('e', source.load, policy);
    cache.delete('d');
    cache.delete('e');
    for (let nth = 1; nth <= source.calls; nth += 1) source.fail('down', nth);
    await clock.advance(0);
    void cache.prefetch('late', source.load, policy);
    await clock.advance(5 * second);
    source.fail('after the time limit');
    await settle();
    await new Promise((resolve) => setImmediate(resolve)); // Node reports after the microtasks
    expect(source.calls).toBe(6);
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});
