import { expect, test } from 'vitest';
import { msToNextTick, tickAt } from '../../../electron/core/status/ticks.ts';

test('the next tick is a multiple of the interval on the wall clock, never now', () => {
  expect(msToNextTick(1_000_003_200, 5000)).toBe(1800);
  expect(msToNextTick(1_000_005_000, 5000)).toBe(5000);
  expect(msToNextTick(1_000_009_999, 5000)).toBe(1);
});

test('a clock before 1970 still ticks', () => {
  expect(msToNextTick(-1200, 5000)).toBe(1200);
});

test('tickAt is the tick at or before', () => {
  expect(tickAt(1_000_003_200, 5000)).toBe(1_000_000_000);
  expect(tickAt(1_000_005_000, 5000)).toBe(1_000_005_000);
});
