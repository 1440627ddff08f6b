import type { Spread } from './types.ts';

const perOctave = 8;
/** 2^-14 ms ≈ 61 ns: nothing the cache does is faster. */
const lowestExponent = -14;
/** Up to 2^20 ms ≈ 17 min. */
export const bucketCount = (20 - lowestExponent) * perOctave;

/** The bucket a time (ms ≥ 0) falls into. */
export function bucketOf(ms: number): number {
  const at = Math.floor((Math.log2(ms) - lowestExponent) * perOctave);
  return Math.min(bucketCount - 1, Math.max(0, at));
}

/** ms; at most 4.4 % (2^(1/16)) off any time in the bucket. */
export function middleOf(bucket: number): number {
  return 2 ** ((bucket + 0.5) / perOctave + lowestExponent);
}

export interface HistogramBar {
  /** Upper end, ms. */
  readonly upTo: number;
  readonly n: number;
}

/** Response times in logarithmic buckets, each about 9 % wide: constant memory for any number of samples. */
export class Histogram {
  #counts: Uint32Array | null = null;
  #n = 0;
  #least = Infinity;
  #most = 0;

  /** `ms` ≥ 0. */
  record(ms: number): void {
    this.#counts ??= new Uint32Array(bucketCount); // most scopes never see a load
    const bucket = bucketOf(ms);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#n += 1;
    if (ms < this.#least) this.#least = ms;
    if (ms > this.#most) this.#most = ms;
  }

  reset(): void {
    this.#counts = null;
    this.#n = 0;
    this.#least = Infinity;
    this.#most = 0;
  }

  /** Middle of the bucket that holds the quantile, kept within what was measured; 0 without samples. */
  quantile(q: number): number {
    if (this.#counts === null) return 0;
    let left = Math.max(1, Math.ceil(q * this.#n));
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      left -= this.#counts[bucket] ?? 0;
      if (left <= 0) {
        return Math.min(this.#most, Math.max(this.#least, middleOf(bucket)));
      }
    }
    return this.#most;
  }

  spread(): Spread {
    return { n: this.#n, p50: this.quantile(0.5), p95: this.quantile(0.95) };
  }

  /** The buckets that hold something, fastest first. */
  bars(): HistogramBar[] {
    const bars: HistogramBar[] = [];
    this.#counts?.forEach((n, bucket) => {
      if (n > 0) bars.push({ upTo: 2 ** ((bucket + 1) / perOctave + lowestExponent), n });
    });
    return bars;
  }
}
