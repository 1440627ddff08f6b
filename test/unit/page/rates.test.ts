import { describe, expect, it } from 'vitest';
import { extentOf, lookupsOf, perMinute, ratesOf, sumOf } from '../../../renderer/charts/rates.ts';

const counts = {
  hits: [3, 0, null, 9],
  staleHits: [0, 0, null, 1],
  misses: [1, 0, null, 0],
  coalesced: [0, 0, null, 0],
};

describe('hit rates', () => {
  it('are of each point and of all up to it; without lookups there is none', () => {
    const { windowed, cumulative, lookups, percent, n } = ratesOf(counts);
    expect(windowed).toEqual([75, null, null, 90]);
    expect(cumulative).toEqual([75, 75, 75, (100 * 12) / 14]);
    expect(lookups).toEqual([4, 0, null, 10]);
    expect({ percent, n }).toEqual({ percent: (100 * 12) / 14, n: 14 });
  });

  it('of nothing are none, not 0 %', () => {
    const nothing = { hits: [], staleHits: [], misses: [], coalesced: [] };
    expect(ratesOf(nothing)).toEqual({ windowed: [], cumulative: [], lookups: [], percent: null, n: 0 });
    expect(ratesOf({ hits: [0], staleHits: [0], misses: [0], coalesced: [0] }).percent).toBeNull();
  });

  it('count a stale value as a lookup and no hit: an outage does not raise them', () => {
    const outage = { hits: [0], staleHits: [10], misses: [0], coalesced: [0] };
    expect(ratesOf(outage).percent).toBe(0);
  });
});

describe('rates per minute', () => {
  const history = { at: [0, 60_000, 120_000], to: 130_000, bucketMs: 60_000 };

  it('of the last point are by the time that has passed of it', () => {
    expect(perMinute(history, [36, null, 6], [])).toEqual([36, null, 36]);
  });

  it('are by the time in which something could be counted', () => {
    const closed = [{ from: 45_000, to: 130_000, kind: 'closed' }] as const;
    expect(perMinute(history, [27, 3, null], closed)).toEqual([36, null, null]);
    expect(perMinute(history, [27, 3, null], [{ ...closed[0], kind: 'cache-off' }])).toEqual([27, 3, null]);
  });

  it('are not known of a sliver beside a time in which nothing was counted', () => {
    const closed = [{ from: 3, to: 60_000, kind: 'closed' }] as const;
    expect(perMinute(history, [7, 36, null], closed)).toEqual([null, 36, null]);
    expect(perMinute(history, [7, 36, null], [{ ...closed[0], from: 5000 }])).toEqual([84, 36, null]);
  });

  it('are by the time of a sample at least: the last point may have begun a moment ago', () => {
    expect(perMinute({ ...history, to: 120_020 }, [36, 36, 3], [])).toEqual([36, 36, 36]);
  });

  it('are by the width of the points', () => {
    expect(perMinute({ at: [0], to: 900_000, bucketMs: 300_000 }, [180], [])).toEqual([36]);
  });
});

describe('what is known of a series', () => {
  it('is added up, and told by its extremes and its last value', () => {
    expect(sumOf([1, null, 2])).toBe(3);
    expect(lookupsOf(counts)).toEqual([4, 0, null, 10]);
    expect(extentOf([null, 5, 1, null, 3, null])).toEqual({ least: 1, most: 5, last: 3 });
  });

  it('may be nothing', () => {
    expect(extentOf([null, null])).toBeNull();
    expect(extentOf([])).toBeNull();
  });
});
