import { expect, test } from 'vitest';
import { newCounters } from '../../../electron/core/cache/counters.ts';
import { HitRateRing } from '../../../electron/core/history/hit-rate-ring.ts';

const zero = newCounters();

test('samples are differences; rate and cumulative follow the definition', () => {
  const ring = new HitRateRing();
  ring.add(0, zero, 0);
  ring.add(5000, { ...zero, hits: 1, misses: 3, prefetches: 2 }, 5);
  ring.add(10_000, { ...zero, hits: 4, misses: 3, prefetches: 5 }, 8);
  const columns = ring.columns();
  expect(columns.at).toEqual([5000, 10_000]);
  expect(columns.hits).toEqual([1, 3]);
  expect(columns.misses).toEqual([3, 0]);
  expect(columns.prefetches).toEqual([2, 3]);
  expect(columns.rate[0]).toBeCloseTo(25);
  expect(columns.rate[1]).toBeCloseTo((100 * 4) / 7);
  expect(columns.cumulative[1]).toBeCloseTo((100 * 4) / 7);
  expect(columns.rateN).toEqual([4, 7]);
  expect(columns.callsPerMinute).toEqual([5, 8]);
});

test('no lookups is no rate, not 0 %', () => {
  const ring = new HitRateRing();
  ring.add(0, zero, 0);
  ring.add(5000, zero, 0);
  expect(ring.columns().rate).toEqual([null]);
  expect(ring.columns().cumulative).toEqual([null]);
});

test('a stale hit and a joined load are lookups but no hits', () => {
  const ring = new HitRateRing();
  ring.add(0, zero, 0);
  ring.add(5000, { ...zero, hits: 1, staleHits: 1, coalesced: 2 }, 0);
  expect(ring.columns().rate).toEqual([25]);
});

test('counters that were reset start anew', () => {
  const ring = new HitRateRing();
  ring.add(0, { ...zero, hits: 100 }, 0);
  ring.add(5000, { ...zero, hits: 2 }, 0);
  expect(ring.columns().hits).toEqual([2]);
});

test('the rate does not reach back over a gap, and 15 minutes are kept', () => {
  const ring = new HitRateRing();
  ring.add(0, zero, 0);
  ring.add(5000, { ...zero, hits: 10 }, 0);
  ring.add(100_000, { ...zero, hits: 10, misses: 10 }, 0);
  expect(ring.columns().rate).toEqual([100, 0]);
  for (let index = 1; index <= 300; index += 1) ring.add(100_000 + index * 5000, { ...zero, hits: 10 }, 0);
  expect(ring.columns().at).toHaveLength(180);
});

test('after hours of sleep, or a clock set back, only samples of the last 15 minutes are left', () => {
  const ring = new HitRateRing();
  ring.add(0, zero, 0);
  for (let at = 5000; at <= 60_000; at += 5000) ring.add(at, zero, 0);
  ring.add(8 * 3_600_000, { ...zero, hits: 3 }, 0);
  expect(ring.columns()).toMatchObject({ at: [8 * 3_600_000], hits: [3] });
  ring.add(7 * 3_600_000, { ...zero, hits: 5 }, 0);
  expect(ring.columns()).toMatchObject({ at: [7 * 3_600_000], hits: [2] });
});

test('samples of an earlier run stand before the new ones and fall off like them', () => {
  const ring = new HitRateRing();
  const old = {
    hits: 2,
    staleHits: 0,
    misses: 2,
    coalesced: 0,
    prefetches: 0,
    cumulative: null,
    callsPerMinute: 0,
  };
  ring.restore([
    { ...old, at: 5000 },
    { ...old, at: 10_000 },
  ]);
  ring.add(15_000, zero, 0);
  ring.add(20_000, { ...zero, hits: 4 }, 0);
  expect(ring.columns()).toMatchObject({
    at: [5000, 10_000, 20_000],
    rate: [50, 50, (100 * 8) / 12],
    cumulative: [null, null, 100],
  });
  ring.add(905_000, { ...zero, hits: 5 }, 0);
  expect(ring.columns().at).toEqual([10_000, 20_000, 905_000]);
});
