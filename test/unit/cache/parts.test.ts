import { expect, test } from 'vitest';
import { deepFreeze } from '../../../electron/core/cache/freeze.ts';
import { Histogram } from '../../../electron/core/cache/histogram.ts';
import { approximateBytes } from '../../../electron/core/cache/size.ts';

test('quantiles lie within a bucket of the truth and within what was measured', () => {
  const times = new Histogram();
  for (let ms = 1; ms <= 1_000; ms += 1) times.record(ms);
  const { n, p50, p95 } = times.spread();
  expect(n).toBe(1_000);
  expect(Math.abs(p50 / 500 - 1)).toBeLessThan(0.09);
  expect(Math.abs(p95 / 950 - 1)).toBeLessThan(0.09);
  expect(times.quantile(1)).toBeLessThanOrEqual(1_000);
  expect(times.bars().reduce((sum, bar) => sum + bar.n, 0)).toBe(1_000);
});

test('times of nothing and of hours find a bucket', () => {
  const times = new Histogram();
  for (const ms of [0, 0.000_001, 10_000_000]) times.record(ms);
  expect(times.spread()).toMatchObject({ n: 3 });
  expect(times.bars()).toHaveLength(2);
  expect(times.quantile(0)).toBeGreaterThanOrEqual(0);
  times.reset();
  expect(times.spread()).toEqual({ n: 0, p50: 0, p95: 0 });
});

test('bytes grow with what a value holds and a cycle ends', () => {
  const loop: Record<string, unknown> = { name: 'loop' };
  loop['self'] = loop;
  expect(approximateBytes(null)).toBeGreaterThanOrEqual(1);
  expect(approximateBytes('x'.repeat(1_000))).toBeGreaterThanOrEqual(2_000);
  expect(approximateBytes(new Uint8Array(5_000))).toBeGreaterThanOrEqual(5_000);
  expect(approximateBytes(new Map([['a', 'x'.repeat(500)]]))).toBeGreaterThan(1_000);
  expect(approximateBytes(new Set(['x'.repeat(500)]))).toBeGreaterThan(1_000);
  expect(approximateBytes([['x'.repeat(500)]])).toBeGreaterThan(1_000);
  expect(approximateBytes(loop)).toBeLessThan(200);
});

test('plain data freezes all the way down, other objects stay as they are', () => {
  const bytes = new Uint8Array(2);
  const map = new Map();
  const loop: { self?: unknown; list: number[]; bytes: Uint8Array; map: Map<string, number> } = {
    list: [1],
    bytes,
    map,
  };
  loop.self = loop;
  deepFreeze(loop);
  expect([Object.isFrozen(loop), Object.isFrozen(loop.list), Object.isFrozen(map)]).toEqual([
    true,
    true,
    false,
  ]);
  bytes[0] = 1;
  expect(bytes[0]).toBe(1);
});
