import type { Stamp } from '../clock.ts';

/** Lookups by outcome and the loads they caused, within some span of time. */
export interface WindowCounters {
  hits: number;
  staleHits: number;
  misses: number;
  coalesced: number;
  bypasses: number;
  prefetches: number;
  loads: number;
  loadErrors: number;
}

interface Bucket extends WindowCounters {
  wall: number;
  mono: number;
}

const bucketMs = 5_000;
const bucketCount = 181; // 15 min and the one being filled

function emptyBucket(): Bucket {
  return {
    wall: 0,
    mono: -Infinity,
    hits: 0,
    staleHits: 0,
    misses: 0,
    coalesced: 0,
    bypasses: 0,
    prefetches: 0,
    loads: 0,
    loadErrors: 0,
  };
}

/**
 * Counters of the last 15 minutes in a ring of 5 s buckets. Each bucket carries both clocks' times, so that
 * a suspend ages it and a clock set back does not bring it back.
 */
export class RecentCounters {
  readonly #ring: Bucket[] = Array.from({ length: bucketCount }, emptyBucket);
  #at = 0;
  #current: Bucket = emptyBucket();
  #untilMono = -Infinity;
  #untilWall = -Infinity;

  /** The bucket to count in at this moment. */
  now(mono: number, wall: number): WindowCounters {
    if (mono < this.#untilMono && wall < this.#untilWall) return this.#current;
    this.#at = (this.#at + 1) % bucketCount;
    this.#current = Object.assign(this.#ring[this.#at] ?? emptyBucket(), emptyBucket(), { mono, wall });
    this.#untilMono = mono + bucketMs;
    this.#untilWall = wall + bucketMs;
    return this.#current;
  }

  /** What was counted in the trailing `ms` (at most 15 min), to the precision of a bucket. */
  sum(ms: number, now: Stamp): WindowCounters {
    const { wall: _wall, mono: _mono, ...total } = emptyBucket();
    for (const bucket of this.#ring) {
      const span = Math.max(0, now.mono - bucket.mono, now.wall - bucket.wall);
      if (span >= ms) continue;
      total.hits += bucket.hits;
      total.staleHits += bucket.staleHits;
      total.misses += bucket.misses;
      total.coalesced += bucket.coalesced;
      total.bypasses += bucket.bypasses;
      total.prefetches += bucket.prefetches;
      total.loads += bucket.loads;
      total.loadErrors += bucket.loadErrors;
    }
    return total;
  }

  reset(): void {
    for (const bucket of this.#ring) Object.assign(bucket, emptyBucket());
    this.#untilMono = -Infinity;
  }
}
