import { describe, expect, it, test } from 'vitest';
import { bandsText, bandsWithin } from '../../../renderer/charts/bands.ts';
import { ceilingOf, nearest, rowsOf, timeTicks } from '../../../renderer/charts/chart-data.ts';
import type { Series } from '../../../renderer/charts/chart-data.ts';
import { pointText } from '../../../renderer/charts/frame.ts';
import { showTimesIn } from '../../../renderer/ui/format.ts';

const minute = 60_000;
const hour = 60 * minute;

function seriesOf(...values: (number | null)[]): Series {
  return { id: 'a', label: 'A', values };
}

describe('the rows of a chart', () => {
  it('stand at the middle of the time they sum up', () => {
    expect(rowsOf({ at: [0, minute], bucketMs: minute }, [seriesOf(1, null)])).toEqual([
      { at: 30_000, a: 1 },
      { at: 90_000, a: null },
    ]);
  });

  it('have an empty one where points are missing, so that no line is drawn over it', () => {
    const rows = rowsOf({ at: [0, minute, 10 * minute], bucketMs: minute }, [seriesOf(1, 2, 3)]);
    expect(rows.map((row) => Object.keys(row).length)).toEqual([2, 2, 1, 2]);
    expect(rows[2]?.at).toBe(150_000);
  });

  it('are none where there are no points', () => {
    expect(rowsOf({ at: [], bucketMs: minute }, [seriesOf()])).toEqual([]);
  });
});

test.each([
  [[3], 10, 10],
  [[11], 10, 20],
  [[20], 10, 20],
  [[21, null], 10, 50],
  [[99], 10, 100],
  [[101], 10, 200],
  [[0.3], 0.1, 0.5],
  [[], 4, 5],
])('%j fits under the round number %#', (values, least, ceiling) => {
  expect(ceilingOf([seriesOf(...values)], least)).toBeCloseTo(ceiling);
});

describe('the nearest point', () => {
  const rows = rowsOf({ at: [0, 10 * minute], bucketMs: minute }, [seriesOf(1, 2)]);

  it('is the one that is pointed at', () => {
    expect(nearest(rows, 12 * minute)?.['a']).toBe(2);
    expect(nearest(rows, 0)?.['a']).toBe(1);
  });

  it('is none within a gap, and where nothing is', () => {
    expect(nearest(rows, 1.5 * minute)).toBeNull();
    expect(nearest([], 0)).toBeNull();
  });
});

describe('the labels of the time axis', () => {
  it('are whole steps of the clock, no more than fit', () => {
    expect(timeTicks({ from: 7 * minute, to: 22 * minute }, 4, 0)).toEqual(
      [10, 15, 20].map((n) => n * minute),
    );
  });

  it('are whole in the operator’s zone, also where it is half an hour off', () => {
    const ticks = timeTicks({ from: 0, to: 6 * hour }, 6, 5.5 * hour);
    expect(ticks[0]).toBe(0.5 * hour);
    expect(new Set(ticks.map((at) => (at + 5.5 * hour) % hour))).toEqual(new Set([0]));
  });

  it('reach over the longest range', () => {
    expect(timeTicks({ from: 0, to: 90 * 24 * hour }, 8, 0).length).toBeLessThanOrEqual(8);
  });
});

describe('hatched bands', () => {
  const frame = {
    from: 10 * minute,
    to: 20 * minute,
    bands: [
      { from: 0, to: 5 * minute, kind: 'asleep' },
      { from: 8 * minute, to: 12 * minute, kind: 'closed' },
      { from: 14 * minute, to: 15 * minute, kind: 'paused' },
      { from: 19 * minute, to: 30 * minute, kind: 'closed' },
    ],
  } as const;

  it('are those within what is shown, cut to it', () => {
    expect(bandsWithin(frame).map(({ from, to }) => [from / minute, to / minute])).toEqual([
      [10, 12],
      [14, 15],
      [19, 20],
    ]);
  });

  it('are told with how long each kind was', () => {
    expect(bandsText(frame)).toBe('closed 3 min 0 s, paused 60 s');
    expect(bandsText({ ...frame, bands: [] })).toBeNull();
  });
});

test('a point is told by its moment, or by the time it sums up', () => {
  showTimesIn('UTC');
  const at = Date.UTC(2026, 0, 15, 13, 3, 30);
  expect(pointText(at, 5000)).toBe('15 Jan 13:03:30');
  expect(pointText(at, minute)).toBe('15 Jan 13:03–13:04');
});
