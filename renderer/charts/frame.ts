import { dateTimeText, minuteText } from '../ui/format.ts';
import type { Frame } from './chart-data.ts';
import { spanWords } from './time-range.ts';
import type { TimeRange } from './time-range.ts';

/** What the charts of one answer share. */
export function frameOf(
  { from, to, bucketMs, at }: Pick<Frame, 'from' | 'to' | 'bucketMs' | 'at'>,
  marks: Frame['marks'],
  bands: Frame['bands'],
): Frame {
  return { from, to, bucketMs, at, marks, bands };
}

/** A range within a sentence: "the last hour". */
export function whenOf(range: TimeRange): string {
  return typeof range === 'string'
    ? spanWords[range]
    : `the time from ${dateTimeText(range.from)} to ${dateTimeText(range.to)}`;
}

/** When a point was, by its middle: its moment, or from when to when where it sums up a minute or more. */
export function pointText(at: number, bucketMs: number): string {
  if (bucketMs < 60_000) return dateTimeText(at);
  return `${dateTimeText(at - bucketMs / 2).slice(0, -3)}–${minuteText(at + bucketMs / 2)}`;
}
