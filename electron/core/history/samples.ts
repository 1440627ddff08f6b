import type { Counters } from '../../../shared/contract/cache.ts';
import type { OrchestratorStatus, VpnStatus } from '../../../shared/contract/orchestrator.ts';
import { lateAfterIntervals } from '../../../shared/model/freshness.ts';
import type { HistorySeries } from '../../../shared/model/history.ts';
import type { Reading } from '../../../shared/model/reading.ts';
import type { HitRateSample } from './hit-rate-ring.ts';

/** The values of one tick; what was not known is null. */
export type Sample = Readonly<Record<HistorySeries, number | null>>;

interface TickFacts {
  /** What the cache did since the tick before. */
  readonly step: Counters;
  /** Requests sent to backends since then. */
  readonly backendCalls: number;
  readonly totals: Reading<unknown>;
  readonly status: Reading<OrchestratorStatus>;
  readonly vpn: Reading<VpnStatus>;
}

/** One row of the history. A value that is no longer fresh is not sampled again as if it were: it becomes a gap. */
export function sampleOf({ step, backendCalls, totals, status, vpn }: TickFacts): Sample {
  const engines = fresh(status)?.engines;
  const connected = fresh(vpn)?.connected ?? null;
  return {
    hits: step.hits,
    staleHits: step.staleHits,
    misses: step.misses,
    coalesced: step.coalesced,
    prefetches: step.prefetches,
    loads: step.loads,
    loadErrors: step.loadErrors,
    backendCalls,
    enginesTotal: engines?.total ?? null,
    enginesHealthy: engines?.healthy ?? null,
    streamsActive: fresh(status)?.streams.active ?? null,
    vpnConnected: connected === null ? null : Number(connected),
    ageTotals: totals.age,
    ageStatus: status.age,
    ageVpn: vpn.age,
  };
}

function fresh<T>({ value, age, interval }: Reading<T>): T | null {
  return age !== null && age <= lateAfterIntervals * interval ? value : null;
}

interface Columns {
  /** ms that each row stands for. */
  readonly bucketMs: number;
  readonly at: readonly number[];
  readonly series: Readonly<Record<HistorySeries, readonly (number | null)[]>>;
}

/** Stored samples for the chart of the last minutes. What it shows since the start of the app is not among them. */
export function ratesFrom({ bucketMs, at, series }: Columns): HitRateSample[] {
  const count = (name: HistorySeries, index: number): number => series[name][index] ?? 0;
  return at.map((time, index) => ({
    at: time,
    hits: count('hits', index),
    staleHits: count('staleHits', index),
    misses: count('misses', index),
    coalesced: count('coalesced', index),
    prefetches: count('prefetches', index),
    cumulative: null,
    callsPerMinute: Math.round((count('backendCalls', index) * 60_000) / bucketMs),
  }));
}
