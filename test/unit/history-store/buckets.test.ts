import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { divide } from '../../../electron/core/history/store/buckets.ts';
import { day, hour, minute, second, start } from './history-bed.ts';

test.each([
  [15 * minute, 5 * second, 5 * second],
  [hour, 5 * second, 15 * second],
  [day, 5 * second, 6 * minute],
  [day, 15 * minute, 15 * minute],
  [7 * day, 15 * minute, 45 * minute],
  [30 * day, 15 * minute, 3 * hour],
  [90 * day, 15 * minute, 12 * hour],
  [400 * day, 15 * minute, 2 * day],
])('a range of %i ms of rows of %i ms in 240 points: %i ms each', (range, resolution, width) => {
  expect(divide(start, start + range, 240, resolution).width).toBe(width);
});

test('never more buckets than points, never half a row, aligned, the same width wherever the range begins', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: day }),
      fc.integer({ min: 0, max: 100 * day }),
      fc.integer({ min: 1, max: 240 }),
      fc.constantFrom(5 * second, minute, 15 * minute),
      (shift, range, points, resolution) => {
        const from = start + shift;
        const buckets = divide(from, from + range, points, resolution);
        expect(Math.ceil((from + range - buckets.start) / buckets.width)).toBeLessThanOrEqual(points);
        expect(buckets.width % resolution).toBe(0);
        expect(buckets.start % buckets.width).toBe(0);
        expect(buckets.start).toBeLessThan(from + buckets.width);
        expect(divide(start, start + range, points, resolution).width).toBe(buckets.width);
      },
    ),
  );
});
