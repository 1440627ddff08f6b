import { bucketCount, bucketOf, middleOf } from '../cache/histogram.ts';

/**
 * How many answers took how long, as text: `bucket:count ` for each bucket of the cache's histogram that has any. Two of
 * them side by side count both, so that SQL can add them up; `tidy` makes one of it again.
 */
export type TimeCounts = string;

/** Collects times until they are written down. */
export class TimeCollector {
  readonly #counts = new Uint32Array(bucketCount);
  #n = 0;

  /** @param ms ≥ 0 */
  record(ms: number): void {
    const bucket = bucketOf(ms);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#n += 1;
  }

  /** What was recorded since the last time. */
  take(): TimeCounts {
    if (this.#n === 0) return '';
    const text = write(this.#counts);
    this.#counts.fill(0);
    this.#n = 0;
    return text;
  }
}

/** The same counts, each bucket once. */
export function tidy(text: TimeCounts): TimeCounts {
  if (text === '') return '';
  read(text);
  return write(scratch);
}

/** The times below which half and 95 % of the answers stayed, ms, within 4.4 %; null: there were none. */
export function percentiles(text: TimeCounts): { readonly p50: number | null; readonly p95: number | null } {
  if (text === '') return { p50: null, p95: null };
  const n = read(text);
  const half = Math.max(1, Math.ceil(0.5 * n));
  const most = Math.max(1, Math.ceil(0.95 * n));
  let p50: number | null = null;
  let counted = 0;
  for (let bucket = lowest; bucket < bucketCount; bucket += 1) {
    counted += scratch[bucket] ?? 0;
    if (p50 === null && counted >= half) p50 = middleOf(bucket);
    if (counted >= most) return { p50, p95: middleOf(bucket) };
  }
  return { p50: null, p95: null };
}

function write(counts: Uint32Array): TimeCounts {
  let text = '';
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    const count = counts[bucket] ?? 0;
    if (count > 0) text += `${bucket}:${count} `;
  }
  return text;
}

/** Where `read` counts, and the first bucket that it counted in; one text at a time: a chart of a day has thousands of texts and ten times the counts. */
const scratch = new Uint32Array(bucketCount);
let lowest = 0;
const colon = 58;
const space = 32;
const zero = 48;

/** Counts what a text holds in `scratch`; what was not written by `write` counts as nothing. @returns how many */
function read(text: TimeCounts): number {
  scratch.fill(0);
  lowest = bucketCount;
  let n = 0;
  let bucket = 0;
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === colon) {
      bucket = number;
      number = 0;
    } else if (code === space) {
      if (bucket < bucketCount) {
        scratch[bucket] = (scratch[bucket] ?? 0) + number;
        n += number;
        if (bucket < lowest) lowest = bucket;
      }
      number = 0;
    } else {
      number = number * 10 + code - zero;
    }
  }
  return n;
}
