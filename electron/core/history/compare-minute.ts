import type { ChartBand } from '../../../shared/contract/charts.ts';
import type { MinuteComparison } from '../../../shared/contract/explorer.ts';
import { lookupsOf } from '../cache/counters.ts';
import type { ScopeStep } from './counter-steps.ts';
import { userOfScope } from './scope-names.ts';
import type { LoggedRequest } from './store/request-log.ts';

const minuteMs = 60_000;
const halfHour = 30 * minuteMs;
/** ms after a tick at which what happened since the one before is counted. */
const sampleDelay = 1000;

interface Recorded {
  /** Start of the minute, UTC ms. */
  readonly minute: number;
  /** ms between two ticks. */
  readonly pollMs: number;
  /** What the ticks within the minute counted, by scope. */
  readonly counts: ReadonlyMap<string, Readonly<ScopeStep>>;
  /** Of the hour around it. */
  readonly requests: readonly LoggedRequest[];
  /** Of the minute. */
  readonly bands: readonly ChartBand[];
}

type ResourceRow = MinuteComparison['byResource'][number];

/** The hour around a minute, both ends included: its loads say what one takes. UTC ms. */
export function hourAround(minute: number): { readonly from: number; readonly to: number } {
  const middle = minute + minuteMs / 2;
  return { from: middle - halfHour, to: middle + halfHour };
}

/**
 * What a minute cost, and what it would have cost had each lookup been a load of the median time that its resource took
 * within the hour around it, with as many calls as a load of it sends. A lookup that was forced, or made while the cache
 * was off, counts as one: it would have been made all the same. What was loaded ahead would not.
 *
 * A resource of which no load succeeded within that hour has no median time and adds no ms. Portal users are not in it:
 * their requests are not in the log.
 */
export function compareMinute(recorded: Recorded): MinuteComparison {
  const { minute, counts, bands } = recorded;
  const during = duringMinute(recorded);
  const resources = new Set([...counts.keys()].filter((scope) => userOfScope(scope) === null));
  for (const { resource } of during) resources.add(resource);
  const byResource = [...resources]
    .map((resource) => rowOf(resource, recorded, during))
    .filter(({ lookups, loads, measured }) => lookups > 0 || loads > 0 || measured.calls > 0)
    .toSorted((a, b) => b.without.calls - a.without.calls || (a.resource < b.resource ? -1 : 1));
  const sum = (of: (row: ResourceRow) => number): number =>
    byResource.reduce((total, row) => total + of(row), 0);
  return {
    minute,
    lookups: sum(({ lookups }) => lookups),
    measured: { calls: sum(({ measured }) => measured.calls), ms: sum(({ measured }) => measured.ms) },
    without: { calls: sum(({ without }) => without.calls), ms: sum(({ without }) => without.ms) },
    offFor: bands
      .filter(({ kind }) => kind === 'cache-off')
      .reduce((total, { from, to }) => total + to - from, 0),
    byResource: byResource.slice(0, 50),
  };
}

function rowOf(
  resource: string,
  { counts, requests }: Recorded,
  during: readonly LoggedRequest[],
): ResourceRow {
  const counted = counts.get(resource);
  const lookups = counted ? lookupsOf(counted) + counted.bypasses : 0;
  const own = requests.filter((request) => request.resource === resource);
  const loadMs = median(own.filter(({ outcome }) => outcome === 'ok').map(({ ms }) => ms));
  const callsPerLoad = median(own.map(({ calls }) => calls)) ?? 1;
  const sent = during.filter((request) => request.resource === resource);
  return {
    resource,
    lookups,
    hits: counted?.hits ?? 0,
    loads: counted?.loads ?? 0,
    loadMs,
    measured: {
      calls: sent.reduce((total, { calls }) => total + calls, 0),
      ms: sent.reduce((total, { ms }) => total + ms, 0),
    },
    without: { calls: lookups * callsPerLoad, ms: lookups * (loadMs ?? 0) },
  };
}

/** The requests that began in the time whose lookups the minute's ticks counted: it begins and ends a little before. */
function duringMinute({ minute, pollMs, requests }: Recorded): LoggedRequest[] {
  const from = minute - pollMs + sampleDelay;
  return requests.filter(({ at }) => at >= from && at < from + minuteMs);
}

/** Mean of the two in the middle of an even number; null: there is none. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
