import type { ChartBand } from '../../shared/contract/charts.ts';
import type { History } from '../../shared/contract/events.ts';
import { bandsWithin } from './bands.ts';
import type { Series } from './chart-data.ts';
import { sampleMs } from './time-range.ts';

/** What is looked up, by outcome, from the best upwards: stacked in this order. */
export const outcomes = ['hits', 'coalesced', 'staleHits', 'misses'] as const;
type Outcome = (typeof outcomes)[number];

export const outcomeLabels: Readonly<Record<Outcome | 'prefetches', string>> = {
  hits: 'hit',
  coalesced: 'joined',
  staleHits: 'stale',
  misses: 'miss',
  prefetches: 'prefetch',
};

type Counts = Readonly<Record<Outcome, readonly (number | null)[]>>;

interface Rates {
  /** Percent of each point's own lookups; null: there were none. */
  readonly windowed: readonly (number | null)[];
  /** Percent of all lookups since the start of what is shown. */
  readonly cumulative: readonly (number | null)[];
  readonly lookups: readonly (number | null)[];
  /** Over all that is shown. */
  readonly percent: number | null;
  readonly n: number;
}

/** Hit rates of counts: hits / lookups; a stale value is no hit, and neither bypasses nor prefetches are lookups. */
export function ratesOf(counts: Counts): Rates {
  let hits = 0;
  let n = 0;
  const windowed: (number | null)[] = [];
  const cumulative: (number | null)[] = [];
  const lookups: (number | null)[] = [];
  for (const [index, hit] of counts.hits.entries()) {
    const known = outcomes.some((name) => (counts[name][index] ?? null) !== null);
    const here = outcomes.reduce((sum, name) => sum + (counts[name][index] ?? 0), 0);
    hits += hit ?? 0;
    n += here;
    lookups.push(known ? here : null);
    windowed.push(here === 0 ? null : (100 * (hit ?? 0)) / here);
    cumulative.push(n === 0 ? null : (100 * hits) / n);
  }
  return { windowed, cumulative, lookups, percent: n === 0 ? null : (100 * hits) / n, n };
}

/** Sum of what is known. */
export function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** What is known of a series, for a sentence: least, most and last. null: nothing is. */
export function extentOf(
  values: readonly (number | null)[],
): { readonly least: number; readonly most: number; readonly last: number } | null {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  if (last === undefined) return null;
  return { least: Math.min(...known), most: Math.max(...known), last };
}

export function outcomeSeries(from: Counts & { readonly prefetches: readonly (number | null)[] }): Series[] {
  return [...outcomes, 'prefetches' as const].map((id) => ({
    id,
    label: outcomeLabels[id],
    values: from[id],
  }));
}

/**
 * Counts of each point as a rate per minute of the time that was counted in it: of the last point only so much has
 * passed as the range reaches, and nothing is counted while the app sleeps, is closed or paused. A sample sums up the
 * time since the one before, so that no point stands for less than it; of a sliver beside such a time nothing is known.
 */
export function perMinute(
  { at, to, bucketMs }: Pick<History, 'at' | 'to' | 'bucketMs'>,
  counts: readonly (number | null)[],
  bands: readonly ChartBand[],
): (number | null)[] {
  const silent = bands.filter(({ kind }) => kind !== 'cache-off');
  return counts.map((count, index) => {
    const from = at[index] ?? to;
    const within = { from, to: Math.min(to, from + bucketMs), bands: silent };
    const lost = bandsWithin(within).reduce((sum, band) => sum + band.to - band.from, 0);
    const counted = within.to - from - lost;
    if (count === null || (lost > 0 && counted < sampleMs)) return null;
    return (count * 60_000) / Math.max(counted, sampleMs);
  });
}

/** Lookups of each point. */
export function lookupsOf(counts: Counts): (number | null)[] {
  return counts.hits.map((hits, index) =>
    hits === null ? null : outcomes.reduce((sum, name) => sum + (counts[name][index] ?? 0), 0),
  );
}
