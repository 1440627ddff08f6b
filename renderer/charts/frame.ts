import { dateTimeText } from '../ui/format.ts';
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
    : `${dateTimeText(range.from)} to ${dateTimeText(range.to)}`;
}
