import { expect, test } from 'vitest';
import { counting, hour, minute, policy, second, setup, Source } from './setup.ts';

test('one key asked again and again shows 0, 50, 66.7, 75, 80 … 90 %', async () => {
  const { cache } = setup();
  const source = counting();
  const series: string[] = [];
  for (let ask = 0; ask < 10; ask += 1) {
    await cache.read('k', source.load, policy);
    series.push(cache.statistics().hitRate.percent.toFixed(1));
  }
  expect(series).toEqual(['0.0', '50.0', '66.7', '75.0', '80.0', '83.3', '85.7', '87.5', '88.9', '90.0']);
});

test('without requests every figure is 0 of 0', () => {
  const statistics = setup().cache.statistics();
  const none = { percent: 0, n: 0 };
  expect(statistics).toMatchObject({ hitRate: none, hitRate1m: none, hitRate5m: none, hitRate15m: none });
  expect(statistics).toMatchObject({
    loadReductionPercent: 0,
    callsSaved: 0,
    savedMs: 0,
    entries: 0,
    bytes: 0,
  });
  expect(statistics).toMatchObject({ hitMs: { n: 0, p50: 0, p95: 0 }, loadMs: { n: 0, p50: 0, p95: 0 } });
});

test('the windows of 1, 5 and 15 min forget on their own', async () => {
  const { clock, cache } = setup();
  const source = counting();
  const rates = (): number[][] => {
    const { hitRate1m, hitRate5m, hitRate15m, hitRate } = cache.statistics();
    return [hitRate1m, hitRate5m, hitRate15m, hitRate].map(({ percent, n }) => [percent, n]);
  };
  await cache.read('k', source.load, policy);
  await cache.read('k', source.load, policy);
  expect(rates()).toEqual(Array.from({ length: 4 }, () => [50, 2]));
  await clock.advance(minute);
  expect(rates()).toEqual([
    [0, 0],
    [50, 2],
    [50, 2],
    [50, 2],
  ]);
  await cache.read('k', source.load, policy);
  expect(rates()[0]).toEqual([0, 1]);
  await clock.advance(4 * minute);
  expect(rates().slice(0, 2)).toEqual([
    [0, 0],
    [0, 1],
  ]);
  await clock.advance(11 * minute);
  expect(rates()).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
    [expect.closeTo(33.33, 1), 3],
  ]);
});

test('hours of suspend empty the windows, a clock set back does not refill them', async () => {
  const { clock, cache } = setup();
  const source = counting();
  await cache.read('k', source.load, policy);
  clock.jumpWall(8 * hour);
  expect(cache.trailing(15 * minute)).toMatchObject({ misses: 0, loads: 0 });
  await cache.read('k', source.load, policy);
  clock.jumpWall(-8 * hour);
  await clock.advance(second);
  expect(cache.trailing(15 * minute)).toMatchObject({ misses: 2, loads: 2 });
  await clock.advance(15 * minute);
  expect(cache.trailing(15 * minute)).toMatchObject({ misses: 0, loads: 0 });
});

test('calls saved, seconds saved and load reduction follow their formulas', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const first = cache.read('k', source.load, policy);
  await clock.advance(200);
  source.answer('v');
  await first;
  for (let ask = 0; ask < 9; ask += 1) await cache.read('k', source.load, policy);
  const { callsSaved, savedMs, loadReductionPercent, loadMs } = cache.statistics();
  expect(callsSaved).toBe(9);
  expect(loadReductionPercent).toBe(90);
  expect(loadMs).toEqual({ n: 1, p50: 200, p95: 200 });
  expect(savedMs).toBe(9 * 200);
  expect(cache.keyStatistics()[0]).toMatchObject({ callsSaved: 9, savedMs: 1_800, load: { n: 1, p50: 200 } });
});

test('refresh ahead that loads more than anyone looks saves no call', async () => {
  const { cache } = setup();
  const source = counting();
  for (let ahead = 0; ahead < 3; ahead += 1) await cache.prefetch('k', source.load, policy);
  await cache.read('k', source.load, policy);
  expect(cache.statistics()).toMatchObject({ callsSaved: 0, loadReductionPercent: -200 });
});

test('everything is counted per key, per namespace and per user', async () => {
  const { cache } = setup();
  const source = counting();
  await cache.read('stats:total', source.load, { ...policy, user: 'ann' });
  await cache.read('stats:total', source.load, { ...policy, user: 'bob' });
  await cache.read('stats:other', source.load, policy);
  await cache.read('vpn:status', source.load, { ...policy, user: 'ann' });
  const keys = cache.keyStatistics().map(({ key, hitRate }) => [key, hitRate.n]);
  expect(keys).toEqual([
    ['stats:total', 2],
    ['stats:other', 1],
    ['vpn:status', 1],
  ]);
  const spaces = cache
    .namespaceStatistics()
    .map(({ namespace, counters }) => [namespace, counters.hits, counters.misses]);
  expect(spaces).toEqual([
    ['stats', 1, 2],
    ['vpn', 0, 1],
  ]);
  expect(cache.userStatistics('ann').counters).toMatchObject({ hits: 0, misses: 2, loads: 2 });
  expect(cache.userStatistics('bob')).toMatchObject({
    counters: { hits: 1, loads: 0 },
    hitRate: { percent: 100 },
  });
  expect(cache.userStatistics('nobody').hitRate).toEqual({ percent: 0, n: 0 });
});

test('one hit in 16 is timed, every load is', async () => {
  const { cache } = setup();
  const source = counting();
  for (let ask = 0; ask < 65; ask += 1) await cache.read('k', source.load, policy);
  expect(cache.statistics()).toMatchObject({ hitMs: { n: 4 }, loadMs: { n: 1 } });
  const { hits, loads } = cache.responseTimes();
  expect([hits, loads].map((bars) => bars.reduce((sum, { n }) => sum + n, 0))).toEqual([4, 1]);
});

test('clear keeps the counters, reset keeps the entries', async () => {
  const { cache } = setup();
  const source = counting();
  await cache.read('k', source.load, { ...policy, user: 'ann' });
  await cache.read('k', source.load, { ...policy, user: 'ann' });
  cache.clear();
  expect(cache.statistics()).toMatchObject({
    entries: 0,
    counters: { hits: 1, misses: 1, invalidations: 1 },
  });
  cache.set('k', 'v');
  cache.resetStatistics();
  const { counters, hitRate, hitRate15m, loadMs, entries } = cache.statistics();
  expect(Object.values(counters).every((n) => n === 0)).toBe(true);
  expect([hitRate.n, hitRate15m.n, loadMs.n, entries]).toEqual([0, 0, 0, 1]);
  expect(cache.userStatistics('ann').hitRate.n).toBe(0);
  expect(cache.namespaceStatistics()[0]?.counters.hits).toBe(0);
  expect(cache.get('k')).toBe('v');
  expect(cache.keyStatistics()[0]?.counters).toMatchObject({ hits: 1, misses: 0 });
  expect(cache.namespaceStatistics()[0]?.counters.hits).toBe(1);
});

test('reading statistics changes neither recency nor counters', async () => {
  const { cache } = setup({ max: 2 });
  cache.set('old', 1);
  cache.set('new', 2);
  const before = cache.statistics();
  cache.keyStatistics();
  cache.namespaceStatistics();
  expect(cache.statistics()).toEqual(before);
  cache.set('third', 3);
  expect(cache.keys()).toEqual(['new', 'third']);
});

test('key statistics carry the data age and the time left, negative once expired', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  const reading = cache.read('k', source.load, policy);
  await clock.advance(second);
  source.answer('value');
  await reading;
  await clock.advance(second);
  expect(cache.keyStatistics()[0]).toMatchObject({ age: 2_000, ttl: 3_000, ttlRemaining: 2_000 });
  await clock.advance(5 * second);
  expect(cache.keyStatistics()[0]).toMatchObject({ age: 7_000, ttlRemaining: -3_000 });
  cache.delete('k');
  expect(cache.keyStatistics()[0]).toMatchObject({ age: null, ttl: null, ttlRemaining: null, bytes: 0 });
});

test('load times follow a source that becomes slower', async () => {
  const { clock, cache } = setup();
  const source = new Source();
  for (const ms of [...Array<number>(40).fill(100), ...Array<number>(32).fill(900)]) {
    const force = cache.refresh('k', source.load, policy);
    await clock.advance(ms);
    source.answer('v');
    await force;
  }
  expect(cache.keyStatistics()[0]?.load).toEqual({ n: 32, p50: 900, p95: 900 });
  expect(cache.statistics().loadMs.n).toBe(72);
});

test('no value stands in statistics, events or log lines', async () => {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const log = { debug: write, info: write, warn: write, error: write, debugging: true };
  const { cache, events } = setup({ log });
  await cache.read('k', () => 'top secret', policy);
  await cache.read('k', () => 'top secret', policy);
  const shown = JSON.stringify([
    cache.statistics(),
    cache.keyStatistics(),
    cache.namespaceStatistics(),
    events,
    lines,
  ]);
  expect(lines).toHaveLength(3);
  expect(shown).not.toContain('secret');
});

test('namespaces and idle keys are bounded', async () => {
  const { cache } = setup({ max: 10 });
  for (let n = 0; n < 3_000; n += 1) cache.get(`space${n}:key`);
  expect(cache.namespaceStatistics().length).toBeLessThanOrEqual(1_001);
  expect(cache.keyStatistics().length).toBeLessThanOrEqual(1_020);
  expect(cache.statistics().counters.misses).toBe(3_000);
});
