import type { HitRateHistory } from '../../shared/contract/cache.ts';
import { timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';

/** The width of the chart in time, ms. */
export const windowMs = 15 * 60_000;
const leastWindowMs = 3 * 60_000;
/** A distance between samples above this many intervals is drawn as a gap. */
const gapAfterIntervals = 2;
const intervalMs = 5000;
/** TOOLCHAIN's bound for one series. */
const maxPoints = 240;

/** A type, not an interface: plots read it by the ids of what they draw. */
export type HistoryRow = {
  readonly at: number;
  readonly rate: number | null;
  readonly rateN: number;
  readonly cumulative: number | null;
  readonly hits: number | null;
  readonly coalesced: number | null;
  readonly staleHits: number | null;
  readonly misses: number | null;
  readonly prefetches: number | null;
  readonly callsPerMinute: number | null;
};

function gap(at: number): HistoryRow {
  return {
    at,
    rate: null,
    rateN: 0,
    cumulative: null,
    hits: null,
    coalesced: null,
    staleHits: null,
    misses: null,
    prefetches: null,
    callsPerMinute: null,
  };
}

/**
 * Columns to rows, the last 15 minutes up to the newest sample; where ticks are missing an empty row breaks
 * the lines, so that a sleep is not drawn as a slope.
 */
export function historyRows(history: HitRateHistory): readonly HistoryRow[] {
  const end = history.at.at(-1) ?? 0;
  const rows: HistoryRow[] = [];
  for (const [index, at] of history.at.entries()) {
    if (at < end - windowMs) continue;
    const before = rows.at(-1);
    if (before && at - before.at > gapAfterIntervals * intervalMs) rows.push(gap(before.at + intervalMs));
    rows.push({
      at,
      rate: history.rate[index] ?? null,
      rateN: history.rateN[index] ?? 0,
      cumulative: history.cumulative[index] ?? null,
      hits: history.hits[index] ?? null,
      coalesced: history.coalesced[index] ?? null,
      staleHits: history.staleHits[index] ?? null,
      misses: history.misses[index] ?? null,
      prefetches: history.prefetches[index] ?? null,
      callsPerMinute: history.callsPerMinute[index] ?? null,
    });
  }
  return rows.slice(-maxPoints);
}

/** Edges of the time axis: at least 3 minutes, growing with what was recorded up to 15. */
export function historyDomain(rows: readonly HistoryRow[]): readonly [number, number] {
  const end = rows.at(-1)?.at ?? 0;
  const start = rows[0]?.at ?? end;
  return [Math.max(end - windowMs, Math.min(start, end - leastWindowMs)), end];
}

/** The chart in one sentence, for those who do not see it. */
export function historySummary(rows: readonly HistoryRow[]): string {
  let [least, most] = [Infinity, -Infinity];
  for (const { rate } of rows) {
    if (rate === null) continue;
    least = Math.min(least, rate);
    most = Math.max(most, rate);
  }
  const last = rows.at(-1);
  if (!last || least > most) return 'Hit rate: no requests in the last 15 minutes.';
  const now = last.rate === null ? 'no requests in the last minute' : `now ${Math.round(last.rate)} %`;
  const calls = last.callsPerMinute === null ? '' : `, ${last.callsPerMinute} backend calls a minute`;
  return `Hit rate over the last 15 minutes: ${now}, between ${Math.round(least)} and ${Math.round(most)} %${calls}.`;
}

/** The largest stack or prefetch count of any tick, rounded up to an even number for the axis. */
export function lookupsCeiling(rows: readonly HistoryRow[]): number {
  let most = 4;
  for (const { hits, coalesced, staleHits, misses, prefetches } of rows) {
    const stack = (hits ?? 0) + (coalesced ?? 0) + (staleHits ?? 0) + (misses ?? 0);
    most = Math.max(most, stack, prefetches ?? 0);
  }
  return Math.ceil(most / 2) * 2;
}

/** A round ceiling for the calls axis. */
export function callsCeiling(rows: readonly HistoryRow[]): number {
  const most = Math.max(0, ...rows.map(({ callsPerMinute }) => callsPerMinute ?? 0));
  return Math.max(20, Math.ceil(most / 20) * 20);
}

/** The samples for an export. */
export const historyColumns: readonly ExportColumn<HistoryRow>[] = [
  timeColumn('Time', ({ at }) => at),
  { title: 'Hit rate of 1 min', unit: '%', value: ({ rate }) => rate },
  { title: 'Hit rate of all', unit: '%', value: ({ cumulative }) => cumulative },
  { title: 'Lookups of 1 min', value: ({ rateN }) => rateN },
  { title: 'Hits', value: ({ hits }) => hits },
  { title: 'Joined', value: ({ coalesced }) => coalesced },
  { title: 'Stale', value: ({ staleHits }) => staleHits },
  { title: 'Misses', value: ({ misses }) => misses },
  { title: 'Prefetches', value: ({ prefetches }) => prefetches },
  { title: 'Backend calls', unit: '/min', value: ({ callsPerMinute }) => callsPerMinute },
];
