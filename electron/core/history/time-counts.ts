import { bucketOf, middleOf } from '../cache/histogram.ts';

/**
 * How many answers took how long, as text: `bucket:count ` for each bucket of the cache's histogram that has any. Two of
 * them side by side count both, so that SQL can add them up; `tidy` makes one of it again.
 */
export type TimeCounts = string;

/** Collects times until they are written down. */
export class TimeCollector {
  readonly #counts = new Map<number, number>();

  /** @param ms ≥ 0 */
  record(ms: number): void {
    const bucket = bucketOf(ms);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
  }

  /** What was recorded since the last time. */
  take(): TimeCounts {
    const text = write(this.#counts);
    this.#counts.clear();
    return text;
  }
}

/** The same counts, each bucket once. */
export function tidy(text: TimeCounts): TimeCounts {
  return write(read(text));
}

/** The times below which half and 95 % of the answers stayed, ms, within 4.4 %; null: there were none. */
export function percentiles(text: TimeCounts): { readonly p50: number | null; readonly p95: number | null } {
  if (text === '') return { p50: null, p95: null };
  const counts = [...read(text)].toSorted(([a], [b]) => a - b);
  const n = counts.reduce((sum, [, count]) => sum + count, 0);
  return { p50: quantile(counts, n, 0.5), p95: quantile(counts, n, 0.95) };
}

function quantile(counts: readonly (readonly [number, number])[], n: number, q: number): number | null {
  let left = Math.max(1, Math.ceil(q * n));
  for (const [bucket, count] of counts) {
    left -= count;
    if (left <= 0) return middleOf(bucket);
  }
  return null;
}

function write(counts: ReadonlyMap<number, number>): TimeCounts {
  let text = '';
  for (const [bucket, count] of counts) text += `${bucket}:${count} `;
  return text;
}

const colon = 58;
const space = 32;
const zero = 48;

/** By hand: a chart of a day has a hundred thousand of them. What is not written by `write` counts as nothing. */
function read(text: TimeCounts): Map<number, number> {
  const counts = new Map<number, number>();
  let bucket = 0;
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === colon) {
      bucket = number;
      number = 0;
    } else if (code === space) {
      counts.set(bucket, (counts.get(bucket) ?? 0) + number);
      number = 0;
    } else {
      number = number * 10 + code - zero;
    }
  }
  return counts;
}
