import { expect, test } from 'vitest';
import { maxEntries } from '../../../electron/core/cache/max-entries.ts';

test.each([
  ['100', 100],
  [' 12000 ', 12_000],
  ['100000', 100_000],
])('%j entries are taken', (text, max) => {
  expect(maxEntries({ CACHEDECK_CACHE_ENTRIES: text })).toEqual({ max, warning: null });
});

test.each([undefined, '', ' '])('%j counts as not set', (text) => {
  expect(maxEntries({ CACHEDECK_CACHE_ENTRIES: text })).toEqual({ max: 5000, warning: null });
});

test.each(['99', '100001', '-5000', '5e3', '5000.5', 'many', '1'.repeat(30)])(
  '%j is told and not taken',
  (text) => {
    const { max, warning } = maxEntries({ CACHEDECK_CACHE_ENTRIES: text });
    expect(max).toBe(5000);
    expect(warning).toBe('CACHEDECK_CACHE_ENTRIES is not a whole number from 100 to 100000; 5000 stays.');
  },
);
