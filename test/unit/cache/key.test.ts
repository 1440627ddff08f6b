import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { argsHash, cacheKey, namespaceOf } from '../../../electron/core/cache/key.ts';
import { cached } from '../../../electron/core/cache/cached.ts';
import { second, setup } from './setup.ts';

test('keys read <prefix>:<function>[:<hash>]', () => {
  expect(cacheKey('stats', 'total')).toBe('stats:total');
  expect(cacheKey('stats', 'total', 'abc')).toBe('stats:total:abc');
  expect(['stats:total', 'workstations_list', ':x'].map(namespaceOf)).toEqual([
    'stats',
    'workstations_list',
    '',
  ]);
});

test('different parts never give the same key', () => {
  expect(cacheKey('a:b', 'c')).not.toBe(cacheKey('a', 'b:c'));
  const part = fc.string({ unit: fc.constantFrom('a', ':', '%', '3', 'A', '*', '\\'), maxLength: 5 });
  fc.assert(
    fc.property(part, part, part, part, (a, b, c, d) => {
      expect(cacheKey(a, b) === cacheKey(c, d)).toBe(a === c && b === d);
    }),
  );
});

test('wildcards in parts are inert', () => {
  const { cache } = setup();
  const key = cacheKey('session', 'a*@x.io');
  cache.set(key, 1);
  cache.set(cacheKey('session', 'ab@x.io'), 2);
  expect(key).not.toMatch(/[*?\\]/);
  expect(cache.invalidate(key)).toBe(1);
  expect(cache.size).toBe(1);
});

test('the hash does not depend on the order of fields at any depth', () => {
  const a = argsHash([{ x: 1, y: { p: [1, { m: 1, n: 2 }], q: null } }]);
  expect(a).toMatch(/^[0-9a-f]{32}$/);
  expect(argsHash([{ y: { q: null, p: [1, { n: 2, m: 1 }] }, x: 1 }])).toBe(a);
});

test('the hash depends on array order, on types and on where values stand', () => {
  const calls: unknown[][] = [
    [[1, 2]],
    [[2, 1]],
    [1, 2],
    ['1', 2],
    [1],
    ['1'],
    [1n],
    [true],
    ['true'],
    [null],
    ['null'],
    [undefined],
    [],
    [NaN],
    [{}],
    [[]],
    [{ a: undefined }],
    [{ a: 1, b: 2 }],
    [{ 'a":number 1,"b': 2 }],
    [new Date(0)],
    [0],
    ['date 0'],
    [JSON.parse('{"__proto__": 1}')],
  ];
  const hashes = calls.map(argsHash);
  expect(hashes).not.toContain(null);
  expect(new Set(hashes).size).toBe(calls.length);
});

test('what has no canonical form has no hash', () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = { loop };
  const shared = { n: 1 };
  for (const odd of [
    new Map(),
    new Set(),
    () => 1,
    Symbol('s'),
    loop,
    new URL('http://x'),
    { [Symbol('s')]: 1 },
  ]) {
    expect(argsHash([odd])).toBeNull();
    expect(argsHash([[{ deep: odd }]])).toBeNull();
  }
  expect(argsHash([shared, shared])).not.toBeNull();
});

test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
  '%s is an ordinary key',
  async (key) => {
    const { cache } = setup();
    expect(cache.get(key)).toBeUndefined();
    expect(cache.peek(key)).toMatchObject({ stored: false, failure: null });
    expect(cache.delete(key)).toBe(false);
    cache.set(key, 'v');
    expect(cache.get(key)).toBe('v');
    expect(cache.match('*')).toEqual([key]);
    expect(cache.userStatistics(key).hitRate.n).toBe(0);
    expect(cache.keyStatistics().map((row) => row.key)).toEqual([key]);
  },
);

test('a wrapped function runs once for equal arguments', async () => {
  const { clock, cache } = setup();
  let calls = 0;
  const find = cached(
    cache,
    async function workstations(query: { site: string; limit: number }) {
      calls += 1;
      return `${query.site} ${query.limit} ${calls}`;
    },
    { ttl: 300 * second, prefix: 'workstations' },
  );
  expect(await find({ site: 'a', limit: 1 })).toBe('a 1 1');
  expect(await find({ limit: 1, site: 'a' })).toBe('a 1 1');
  expect(await find({ site: 'b', limit: 1 })).toBe('b 1 2');
  expect(cache.match('workstations:workstations:*')).toHaveLength(2);
  await clock.advance(300 * second);
  expect(await find({ site: 'a', limit: 1 })).toBe('a 1 3');
});

test('a wrapped function without arguments has a plain key', async () => {
  const { cache } = setup();
  const total = cached(cache, async () => 7, { ttl: second, prefix: 'stats', name: 'total' });
  expect(await total()).toBe(7);
  expect(cache.keys()).toEqual(['stats:total']);
  expect(() => cached(cache, async () => 7, { ttl: second, prefix: 'stats' })).toThrow(TypeError);
});

test('a call whose arguments cannot be hashed bypasses the cache', async () => {
  const { cache } = setup();
  let calls = 0;
  const sizeOf = cached(cache, async (map: Map<string, number>) => map.size + (calls += 1), {
    ttl: second,
    prefix: 'p',
    name: 'sizeOf',
  });
  expect([await sizeOf(new Map()), await sizeOf(new Map())]).toEqual([1, 2]);
  expect(cache.statistics()).toMatchObject({ entries: 0, counters: { bypasses: 2, loads: 2, misses: 0 } });
});

test('a wrapped function that fails rejects with its own error and runs again at the next call', async () => {
  const { cache } = setup();
  let failing = true;
  const flaky = cached(
    cache,
    async () => {
      if (failing) throw new Error('down');
      return 'up';
    },
    { ttl: second, prefix: 'p', name: 'flaky' },
  );
  await expect(flaky()).rejects.toThrow('down');
  failing = false;
  expect(await flaky()).toBe('up');
});
