import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentiles, tidy, TimeCollector } from '../../../electron/core/history/time-counts.ts';

function collected(times: readonly number[]): string {
  const collector = new TimeCollector();
  for (const ms of times) collector.record(ms);
  return collector.take();
}

/** Nearest rank, of the times themselves. */
function exact(times: readonly number[], q: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? NaN;
}

test('nothing was recorded: no percentile, and it is not 0', () => {
  expect(collected([])).toBe('');
  expect(percentiles('')).toEqual({ p50: null, p95: null });
});

test('what was taken is not told again', () => {
  const collector = new TimeCollector();
  collector.record(100);
  expect(collector.take()).not.toBe('');
  expect(collector.take()).toBe('');
});

test('texts side by side count both, and tidied up each bucket is there once', () => {
  const one = collected([100, 100, 100]);
  const two = collected([100, 2000]);
  expect(tidy(one)).toBe(one);
  expect(tidy(one + two)).toBe(collected([100, 100, 100, 100, 2000]));
  expect(percentiles(one + two)).toEqual(percentiles(tidy(one + two)));
});

test('percentiles are within 4.4 % of the true ones, however the times were split', () => {
  const times = fc.array(fc.double({ min: 0.0001, max: 900_000, noNaN: true }), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(times, fc.nat(60), (all, cut) => {
      const { p50, p95 } = percentiles(tidy(collected(all.slice(0, cut)) + collected(all.slice(cut))));
      for (const [told, q] of [
        [p50, 0.5],
        [p95, 0.95],
      ] as const) {
        expect((told ?? NaN) / exact(all, q)).toBeGreaterThan(1 / 1.0443);
        expect((told ?? NaN) / exact(all, q)).toBeLessThan(1.0443);
      }
    }),
  );
});
