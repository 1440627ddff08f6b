import type { Counters, HitRateHistory } from '../../../shared/contract/cache.ts';
import { lookupsOf } from '../cache/counters.ts';
import { CounterSteps } from './counter-steps.ts';

/** ms a sample is kept: 15 minutes. */
const kept = 900_000;
/** ms the rate looks back. */
const rateWindow = 60_000;

/** What happened at one tick. */
export interface HitRateSample {
  /** UTC ms. */
  readonly at: number;
  readonly hits: number;
  readonly staleHits: number;
  readonly misses: number;
  readonly coalesced: number;
  readonly prefetches: number;
  /** Percent since start. */
  readonly cumulative: number | null;
  readonly callsPerMinute: number;
}

/** What the cache did at each tick of the last 15 minutes. Takes growing counters, keeps differences. */
export class HitRateRing {
  #samples: HitRateSample[] = [];
  readonly #steps = new CounterSteps();

  /**
   * Takes one sample.
   * @param at the tick, UTC ms
   * @param counters the cache's counters since start
   * @returns what happened since the sample before; null at the first one
   */
  add(at: number, counters: Counters, callsPerMinute: number): Counters | null {
    const step = this.#steps.next(counters);
    if (!step) return null;
    const { hits, staleHits, misses, coalesced, prefetches } = step;
    const cumulative = percent(counters.hits, lookupsOf(counters));
    this.#push({ at, hits, staleHits, misses, coalesced, prefetches, cumulative, callsPerMinute });
    return step;
  }

  /** To be called with the counters as they are when they are about to be zeroed. */
  beforeReset(counters: Counters): void {
    this.#steps.beforeReset(counters);
  }

  /** Puts back samples of an earlier run, oldest first. */
  restore(samples: readonly HitRateSample[]): void {
    for (const sample of samples) this.#push(sample);
  }

  #push(sample: HitRateSample): void {
    const { at } = sample;
    // By time, not by number: after a sleep or a clock set back the old ones are off the chart.
    this.#samples = this.#samples.filter((one) => one.at > at - kept && one.at < at);
    this.#samples.push(sample);
  }

  /** Columns for the chart; the rate is over the trailing minute. */
  columns(): Omit<HitRateHistory, 'explanation' | 'marks'> {
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
    };
  }

  #minuteUpTo(last: number, at: number): { hits: number; lookups: number } {
    let hits = 0;
    let lookups = 0;
    for (let index = last; index >= 0; index -= 1) {
      const sample = this.#samples[index];
      if (!sample || at - sample.at >= rateWindow) break;
      hits += sample.hits;
      lookups += sample.hits + sample.staleHits + sample.misses + sample.coalesced;
    }
    return { hits, lookups };
  }
}

function percent(hits: number, lookups: number): number | null {
  return lookups === 0 ? null : (100 * hits) / lookups;
}
