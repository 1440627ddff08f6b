import type { Counters, HitRateHistory } from '../../../shared/contract/cache.ts';
import { lookupsOf } from '../cache/counters.ts';

/** ms a sample is kept: 15 minutes. */
const kept = 900_000;
/** Samples in the trailing minute. */
const minuteSamples = 12;

interface Sample {
  readonly at: number;
  readonly hits: number;
  readonly staleHits: number;
  readonly misses: number;
  readonly coalesced: number;
  readonly prefetches: number;
  readonly cumulative: number | null;
  readonly callsPerMinute: number;
}

type Mark = HitRateHistory['marks'][number];

/** What the cache did at each tick of the last 15 minutes. Takes growing counters, keeps differences. */
export class HitRateRing {
  #samples: Sample[] = [];
  readonly #marks: Mark[] = [];
  #last: Counters | null = null;

  /**
   * Takes one sample.
   * @param at the tick, UTC ms
   * @param counters the cache's counters since start
   */
  add(at: number, counters: Counters, callsPerMinute: number): void {
    const last = this.#last;
    this.#last = counters;
    if (!last) return; // the first sample is only what to count from
    // A reset of the counters starts anew from nothing.
    const since = (name: keyof Counters): number =>
      counters[name] >= last[name] ? counters[name] - last[name] : counters[name];
    // By time, not by number: after a sleep or a clock set back the old ones are off the chart.
    this.#samples = this.#samples.filter((sample) => sample.at > at - kept && sample.at < at);
    this.#samples.push({
      at,
      hits: since('hits'),
      staleHits: since('staleHits'),
      misses: since('misses'),
      coalesced: since('coalesced'),
      prefetches: since('prefetches'),
      cumulative: percent(counters.hits, lookupsOf(counters)),
      callsPerMinute,
    });
    const oldest = this.#samples[0]?.at ?? at;
    while (this.#marks[0] && this.#marks[0].at < oldest) this.#marks.shift();
  }

  mark(mark: Mark): void {
    this.#marks.push(mark);
    if (this.#marks.length > 100) this.#marks.shift();
  }

  /** Columns for the chart; the rate is over the trailing minute. */
  columns(): Omit<HitRateHistory, 'explanation'> {
    const samples = this.#samples;
    const windows = samples.map((sample, index) => this.#minuteUpTo(index, sample.at));
    return {
      at: samples.map((sample) => sample.at),
      hits: samples.map((sample) => sample.hits),
      staleHits: samples.map((sample) => sample.staleHits),
      misses: samples.map((sample) => sample.misses),
      coalesced: samples.map((sample) => sample.coalesced),
      prefetches: samples.map((sample) => sample.prefetches),
      rate: windows.map(({ hits, lookups }) => percent(hits, lookups)),
      rateN: windows.map(({ lookups }) => lookups),
      cumulative: samples.map((sample) => sample.cumulative),
      callsPerMinute: samples.map((sample) => sample.callsPerMinute),
      marks: [...this.#marks],
    };
  }

  #minuteUpTo(index: number, at: number): { hits: number; lookups: number } {
    let hits = 0;
    let lookups = 0;
    for (const sample of this.#samples.slice(Math.max(0, index - minuteSamples + 1), index + 1)) {
      if (at - sample.at >= 60_000) continue; // from before a gap
      hits += sample.hits;
      lookups += sample.hits + sample.staleHits + sample.misses + sample.coalesced;
    }
    return { hits, lookups };
  }
}

function percent(hits: number, lookups: number): number | null {
  return lookups === 0 ? null : (100 * hits) / lookups;
}
