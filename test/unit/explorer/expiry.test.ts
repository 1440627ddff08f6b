import { expect, test } from 'vitest';
import { expiryOf } from '../../../electron/core/explorer/expiry.ts';

const day = 24 * 3_600_000;

test('bars follow each other without a hole; the last one is open', () => {
  const { bars } = expiryOf([]);
  expect(bars[0]?.from).toBe(0);
  for (const [at, { to }] of bars.entries()) expect(to).toBe(bars[at + 1]?.from ?? null);
  expect(bars.at(-1)).toEqual({ from: day, to: null, entries: 0 });
  expect(bars.length).toBeLessThanOrEqual(60);
});

test('a value counts in the bar that begins at its time left, once expired nowhere else', () => {
  const { bars, expired, noExpiry } = expiryOf([
    -5,
    0,
    0.5,
    999,
    1000,
    2999,
    3000,
    300_000,
    day - 1,
    day,
    9 * day,
  ]);
  const counted = bars.filter(({ entries }) => entries > 0).map(({ from, entries }) => [from, entries]);
  expect(counted).toEqual([
    [0, 2],
    [1000, 1],
    [2000, 1],
    [3000, 1],
    [300_000, 1],
    [6 * 3_600_000, 1],
    [day, 2],
  ]);
  expect({ expired, noExpiry }).toEqual({ expired: 2, noExpiry: 0 });
});

test('what never expires stands apart from what lasts long', () => {
  const { bars, noExpiry } = expiryOf([Infinity, 2 * day]);
  expect(noExpiry).toBe(1);
  expect(bars.at(-1)?.entries).toBe(1);
});
