import type { ChartBand } from '../../shared/contract/charts.ts';
import type { ChartMark } from '../../shared/contract/events.ts';

/** One line of a chart. At most four in one, told apart by colour, dash and the label at their end. */
export interface Series {
  readonly id: string;
  readonly label: string;
  /** What an export calls it, where the label is clear by its place alone. */
  readonly name?: string;
  readonly values: readonly (number | null)[];
}

/** What charts of one range share. */
export interface Frame {
  readonly from: number;
  readonly to: number;
  /** ms one point stands for. */
  readonly bucketMs: number;
  /** Start of each point, oldest first. */
  readonly at: readonly number[];
  readonly marks: readonly ChartMark[];
  readonly bands: readonly ChartBand[];
}

/** A point drawn: its moment, and each series' value by its id. */
export type Row = Readonly<Record<string, number | null>> & { readonly at: number };

/** A distance between points above this many of their own width is drawn as a gap. */
const gapAfter = 1.5;

/**
 * Columns to rows. Where points are missing, an empty row breaks the lines, so that a sleep is not drawn as a slope. A
 * point stands at the middle of the time it sums up.
 */
export function rowsOf({ at, bucketMs }: Pick<Frame, 'at' | 'bucketMs'>, series: readonly Series[]): Row[] {
  const rows: Row[] = [];
  let before: number | null = null;
  for (const [index, start] of at.entries()) {
    const middle = start + bucketMs / 2;
    if (before !== null && middle - before > gapAfter * bucketMs) rows.push({ at: before + bucketMs });
    rows.push({
      at: middle,
      ...Object.fromEntries(series.map(({ id, values }) => [id, values[index] ?? null])),
    });
    before = middle;
  }
  return rows;
}

/** The smallest round number (1, 2 or 5 times a power of ten) that all values fit under, at least `least`. */
export function ceilingOf(series: readonly Series[], least: number): number {
  let most = least;
  for (const { values } of series)
    for (const value of values) if (value !== null && value > most) most = value;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((one) => one * power >= most * 0.999) ?? 10;
  return step * power;
}

const minute = 60_000;
const hour = 60 * minute;
/** Distances between labels of the time axis, ms. */
const steps = [
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  48 * hour,
  7 * 24 * hour,
  14 * 24 * hour,
];

/** Moments to label, at most `count`: whole steps of the clock. `offset`: ms the operator's zone is ahead of UTC. */
export function timeTicks({ from, to }: Pick<Frame, 'from' | 'to'>, count: number, offset: number): number[] {
  const step = steps.find((one) => (to - from) / one <= count) ?? 14 * 24 * hour;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** The row nearest to a moment; null when the nearest is a gap or there is none. */
export function nearest(rows: readonly Row[], at: number): Row | null {
  let best: Row | null = null;
  for (const row of rows) {
    if (best === null || Math.abs(row.at - at) < Math.abs(best.at - at)) best = row;
  }
  return best !== null && Object.keys(best).length > 1 ? best : null;
}
