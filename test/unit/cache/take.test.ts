import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counting, hour, minute, policy, second, setup, Source, strict } from './setup.ts';

const nothing = { restored: 0, newer: 0, expired: 0 };

describe('taking out', () => {
  test('removes like delete, invalidate and clear and says exactly what', () => {
    const { cache, kinds } = setup();
    for (const key of ['a:1', 'a:2', 'b:1', 'b:2']) cache.set(key, key, policy);
    expect(cache.take({ keys: ['a:1', 'a:1', 'none'] }).keys).toEqual(['a:1']);
    expect(cache.take({ pattern: 'b:*' }).keys).toEqual(['b:1', 'b:2']);
    expect(cache.take('all').keys).toEqual(['a:2']);
    expect(cache.size).toBe(0);
    expect(cache.statistics().counters.invalidations).toBe(4);
    expect(kinds().filter((kind) => kind !== 'set')).toEqual([
      'delete',
      'invalidate',
      'invalidate',
      'invalidate',
    ]);
    expect(() => cache.take({ pattern: ' ' })).toThrow(RangeError);
  });

  test('a key that only loads is removed, but there is nothing to put back', async () => {
    const { cache, clock } = setup();
    const source = new Source();
    const waiting = cache.read('k', source.load, policy);
    const taken = cache.take('all');
    expect(taken).toMatchObject({ keys: ['k'], bytes: 0, values: [] });
    source.answer('old');
    expect((await waiting).value).toBe('old');
    await clock.advance(0);
    expect(cache.size).toBe(0);
    expect(cache.putBack(taken)).toEqual(nothing);
  });
});

describe('putting back', () => {
  test('a value comes back with the ages it has by now, its hits, and says how it came', async () => {
    const { cache, clock } = setup();
    const source = new Source();
    const read = cache.read('k', source.load, { ...policy, ttl: minute });
    await clock.advance(1500);
    source.answer('value');
    await read;
    cache.get('k');
    await clock.advance(10 * second);
    const taken = cache.take({ keys: ['k'] });
    const before = cache.statistics().counters;
    await clock.advance(20 * second);
    expect(cache.putBack(taken)).toEqual({ ...nothing, restored: 1 });
    expect(cache.entries()).toMatchObject([
      {
        key: 'k',
        state: 'fresh',
        age: 30_000,
        dataAge: 31_500,
        ttlRemaining: 30_000,
        hits: 1,
        origin: 'undo',
      },
    ]);
    expect(cache.statistics().counters).toEqual(before);
    expect(cache.get('k')).toBe('value');
  });

  test('an expired value is put back as the last good one, past its window it is not', async () => {
    const { cache, clock } = setup();
    cache.set('window', 1, { ttl: 3 * second, staleWindow: 10 * second });
    cache.set('none', 2, { ttl: 3 * second });
    const taken = cache.take('all');
    await clock.advance(3 * second);
    expect(cache.putBack(taken)).toEqual({ restored: 1, newer: 0, expired: 1 });
    expect(cache.peek('window')).toMatchObject({ stored: true, fresh: false, age: 3000 });
    const again = cache.take('all');
    await clock.advance(10 * second);
    expect(cache.putBack(again)).toEqual({ ...nothing, expired: 1 });
    expect(cache.size).toBe(0);
  });

  test('an expiry is counted once, however often the value is put back', async () => {
    const { cache, clock } = setup();
    cache.set('k', 1, policy);
    await clock.advance(minute);
    cache.get('k');
    cache.putBack(cache.take('all'));
    cache.get('k');
    expect(cache.statistics().counters.expirations).toBe(1);
  });

  test('neither sleep nor a clock set back makes it younger', async () => {
    const { cache, clock } = setup();
    cache.set('slept', 1, { ttl: 9 * hour });
    const slept = cache.take('all');
    clock.jumpWall(8 * hour);
    cache.putBack(slept);
    expect(cache.peek('slept').age).toBe(8 * hour);
    const back = cache.take('all');
    await clock.advance(minute);
    clock.jumpWall(-9 * hour);
    cache.putBack(back);
    // As any value's: once the clock is set back past its birth, only the monotonic clock tells.
    expect(cache.peek('slept').age).toBe(minute);
  });

  test('what was loaded again meanwhile stays', async () => {
    const { cache, clock } = setup();
    const source = counting();
    await cache.read('k', source.load, policy);
    const taken = cache.take({ keys: ['k'] });
    await cache.read('k', source.load, policy);
    await clock.advance(second);
    expect(cache.putBack(taken)).toEqual({ ...nothing, newer: 1 });
    expect(cache.peek('k')).toMatchObject({ value: 2, age: 1000 });
  });

  test('also when it is gone again: of two removals only the later brings its value back', async () => {
    const { cache } = setup();
    const source = counting();
    await cache.read('k', source.load, policy);
    const first = cache.take({ keys: ['k'] });
    await cache.read('k', source.load, policy);
    const later = cache.take({ keys: ['k'] });
    expect(cache.putBack(first)).toEqual({ ...nothing, newer: 1 });
    expect(cache.putBack(later)).toEqual({ ...nothing, restored: 1 });
    expect(cache.peek('k').value).toBe(2);
    expect(cache.putBack(later)).toEqual({ ...nothing, newer: 1 });
  });

  test('clearing after a delete leaves the delete to be undone', () => {
    const { cache } = setup();
    cache.set('a', 1, policy);
    cache.set('b', 2, policy);
    const deleted = cache.take({ keys: ['a'] });
    const cleared = cache.take('all');
    expect(cleared.keys).toEqual(['b']);
    expect(cache.putBack(deleted)).toEqual({ ...nothing, restored: 1 });
    expect(cache.putBack(cleared)).toEqual({ ...nothing, restored: 1 });
    expect(cache.keys().toSorted()).toEqual(['a', 'b']);
  });

  test('what the product itself forgot meanwhile does not come back', () => {
    const { cache } = setup();
    cache.set('account:list', 'theirs', policy);
    const taken = cache.take('all');
    expect(cache.invalidate('account:*', { cancel: true })).toBe(0);
    expect(cache.putBack(taken)).toEqual({ ...nothing, newer: 1 });
    expect(cache.size).toBe(0);
  });

  test('taken while refreshing: the old load stores nothing, the value comes back, the next load wins', async () => {
    const { cache, clock } = setup();
    const source = new Source();
    cache.set('k', 'held', { ttl: minute });
    const refreshing = cache.refresh('k', source.load, strict);
    const taken = cache.take({ keys: ['k'] });
    const again = cache.prefetch('k', source.load, strict);
    expect(cache.putBack(taken)).toEqual({ ...nothing, restored: 1 });
    expect(cache.entries()).toMatchObject([{ state: 'fresh', origin: 'undo' }]);
    source.answer('detached', 1);
    expect((await refreshing).value).toBe('detached');
    expect(cache.peek('k').value).toBe('held');
    source.answer('newest', 2);
    await again;
    await clock.advance(0);
    expect(cache.peek('k')).toMatchObject({ value: 'newest', age: 0 });
    expect(cache.entries()).toMatchObject([{ origin: 'prefetch' }]);
  });

  test('a reload that fails leaves the value that was put back', async () => {
    const { cache, kinds } = setup();
    const source = new Source();
    cache.set('k', 'held', policy);
    const taken = cache.take('all');
    const again = cache.prefetch('k', source.load, policy);
    cache.putBack(taken);
    source.fail('down');
    expect(await again).toMatchObject({ value: 'held', failure: { count: 1 } });
    expect(kinds()).not.toContain('recovered');
  });

  test('putting back does not tell that a failing source answers again', async () => {
    const { cache, kinds } = setup();
    const source = counting();
    cache.set('k', 'held', policy);
    source.failing = true;
    await cache.refresh('k', source.load, policy);
    cache.putBack(cache.take('all'));
    expect(cache.peek('k').failure).toMatchObject({ count: 1 });
    expect(kinds()).not.toContain('recovered');
  });

  test('a full cache takes back what it has room for, and pushes out nothing newer', () => {
    const { cache } = setup({ max: 3 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key, policy);
    const taken = cache.take('all');
    for (const key of ['d', 'e']) cache.set(key, key, policy);
    expect(cache.putBack(taken)).toEqual({ restored: 1, newer: 0, expired: 2 });
    expect(cache.keys().toSorted()).toEqual(['a', 'd', 'e']);
    expect(cache.statistics().counters.evictions).toBe(0);
  });

  test('nor does it go over its bytes', () => {
    const { cache } = setup({ maxBytes: 1000 });
    cache.set('a', 'a'.repeat(300), policy);
    const taken = cache.take('all');
    cache.set('b', 'b'.repeat(300), policy);
    expect(cache.putBack(taken)).toEqual({ ...nothing, expired: 1 });
    expect(cache.keys()).toEqual(['b']);
  });

  test('a key whose record was dropped for want of room does not come back', () => {
    const { cache } = setup({ max: 1 });
    cache.set('k', 1, policy);
    const taken = cache.take('all');
    for (let n = 0; n < 3000; n += 1) cache.get(`other:${n}`);
    expect(cache.putBack(taken)).toEqual({ ...nothing, expired: 1 });
  });

  test('whatever happens in between, no value is younger than if it had stayed', async () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 40_000 }),
      jump: fc.integer({ min: -50_000, max: 50_000 }),
      act: fc.constantFrom('take', 'put back', 'load', 'hit', 'wait'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { cache, clock } = setup();
        const source = counting();
        const loads: { readonly value: number; readonly wall: number; readonly mono: number }[] = [];
        const load = async (): Promise<number> => {
          const value = await source.load();
          loads.push({ value, wall: clock.wall(), mono: clock.mono() });
          return value;
        };
        const taken: ReturnType<typeof cache.take>[] = [];
        await cache.prefetch('k', load, { ttl: minute, staleWindow: hour });
        for (const { wait, jump, act } of steps) {
          await clock.advance(wait);
          clock.jumpWall(jump);
          if (act === 'take') taken.push(cache.take('all'));
          if (act === 'put back') for (const one of taken.splice(0)) cache.putBack(one);
          if (act === 'load') await cache.prefetch('k', load, { ttl: minute, staleWindow: hour });
          if (act === 'hit') cache.get('k');
          const { value, age, dataAge } = cache.peek<number>('k');
          const born = loads.find((one) => one.value === value);
          if (value === undefined || !born) continue;
          const least = Math.max(0, clock.wall() - born.wall, clock.mono() - born.mono);
          expect(age).toBe(least);
          expect(dataAge).toBe(least);
        }
      }),
      { numRuns: 200 },
    );
  });
});
