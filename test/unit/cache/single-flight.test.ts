import { expect, test } from 'vitest';
import { counting, policy, second, setup, Source, strict } from './setup.ts';

test.each([10, 100])('%i concurrent callers make one load', async (n) => {
  const { cache } = setup();
  const source = new Source();
  const readings = Array.from({ length: n }, () => cache.read('k', source.load, policy));
  source.answer('v');
  const lookups = await Promise.all(readings);
  expect(source.calls).toBe(1);
  expect(lookups.every(({ value }) => value === 'v')).toBe(true);
  expect(
    lookups
      .map(({ served }) => served)
      .toSorted()
      .at(-1),
  ).toBe('miss');
  expect(cache.statistics().counters).toMatchObject({ misses: 1, coalesced: n - 1, loads: 1 });
});

test('a concurrent failure is one load, all reject alike, and the next call loads again', async () => {
  const { cache } = setup();
  const source = new Source();
  const noWait = { ...strict, backOff: false };
  const calls = Array.from({ length: 10 }, () => cache.getOrLoad('k', source.load, noWait));
  source.fail('down');
  const ends = await Promise.allSettled(calls);
  const reasons = new Set(ends.map((end) => (end.status === 'rejected' ? end.reason : 'fulfilled')));
  expect(reasons.size).toBe(1);
  expect([...reasons][0]).toMatchObject({ message: 'down' });
  expect(source.calls).toBe(1);
  const next = cache.getOrLoad('k', source.load, noWait);
  source.answer('v');
  expect(await next).toBe('v');
});

test('a loader that returns undefined is an error and stores nothing', async () => {
  const { cache } = setup();
  const lookup = await cache.read('k', () => undefined, strict);
  expect(lookup).toMatchObject({ served: 'none', error: { code: 'bad-reply' } });
  expect(cache.peek('k').stored).toBe(false);
});

test('a loader that throws at once is an error like any other', async () => {
  const { cache } = setup();
  const broken = (): never => {
    throw new Error('broken');
  };
  const [first, second] = await Promise.all([
    cache.read('k', broken, strict),
    cache.read('k', broken, strict),
  ]);
  expect(first).toMatchObject({ served: 'none', error: { message: 'broken' } });
  expect(second).toMatchObject({ served: 'none' });
  await expect(cache.getOrLoad('other', broken, strict)).rejects.toThrow('broken');
});

test('more concurrent distinct loads than the cache holds: every caller gets its own value', async () => {
  const { cache } = setup({ max: 3 });
  const keys = Array.from({ length: 20 }, (_, n) => `k:${n}`);
  const values = await Promise.all(
    keys.map((key) => cache.getOrLoad(key, async () => `value of ${key}`, policy)),
  );
  expect(values).toEqual(keys.map((key) => `value of ${key}`));
  expect(cache.size).toBe(3);
});

test('a hung load ends at its time limit and its signal fires', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, strict);
  await clock.advance(4_499);
  expect(source.signals[0]?.aborted).toBe(false);
  await clock.advance(1);
  expect(source.signals[0]?.aborted).toBe(true);
  expect(await reading).toMatchObject({ served: 'none', error: { code: 'timeout' } });
});

test('a hung load leaves the reader with the last good value', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  cache.set('k', 'old', policy);
  await clock.advance(5 * second);
  const reading = cache.read('k', source.load, policy);
  await clock.advance(4_500);
  expect(await reading).toMatchObject({ value: 'old', served: 'last-good', error: { code: 'timeout' } });
});

test('a result after the time limit is stored when nothing newer happened', async () => {
  const { clock, cache, kinds } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, strict);
  await clock.advance(6 * second);
  expect((await reading).served).toBe('none');
  source.answer('late');
  await clock.advance(0);
  expect(cache.peek('k')).toMatchObject({ value: 'late', dataAge: 6 * second, age: 0, failure: null });
  expect(kinds().at(-1)).toBe('recovered');
});

test.each(['a newer load', 'a set', 'a delete'])(
  'a result after the time limit is dropped after %s',
  async (what) => {
    const { clock, cache } = setup();
    const source = new Source();
    const first = cache.read('k', source.load, { ...strict, backOff: false });
    await clock.advance(5 * second);
    await first;
    const newer = what === 'a newer load' ? cache.read('k', source.load, strict) : null;
    if (what === 'a set') cache.set('k', 'new');
    if (what === 'a delete') cache.delete('k');
    source.answer('late', 1);
    await clock.advance(0);
    expect(cache.peek('k').value).not.toBe('late');
    source.answer('new', 2);
    await newer;
    expect(cache.peek('k').value).toBe(what === 'a delete' ? undefined : 'new');
  },
);

test('a lookup while the switch is off loads for itself, stores nothing and counts as a bypass', async () => {
  const { cache } = setup();
  const source = counting();
  cache.enabled = false;
  expect(await cache.read('k', source.load, policy)).toMatchObject({ value: 1, served: 'bypass' });
  expect(await cache.getOrLoad('k', source.load, policy)).toBe(2);
  expect(await cache.refresh('k', source.load, policy)).toMatchObject({ value: 3, served: 'bypass' });
  expect(cache.get('k')).toBeUndefined();
  expect((await cache.prefetch('k', source.load, policy)).stored).toBe(false);
  expect(source.calls).toBe(3);
  expect(cache.statistics()).toMatchObject({ entries: 0, counters: { bypasses: 4, loads: 3, misses: 0 } });
  source.failing = true;
  expect(await cache.read('k', source.load, policy)).toMatchObject({
    served: 'none',
    error: { message: 'down' },
  });
  await expect(cache.getOrLoad('k', source.load, policy)).rejects.toThrow('down');
});
