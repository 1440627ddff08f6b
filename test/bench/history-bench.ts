import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bandsOf } from '../../electron/core/history/bands.ts';
import { compareMinute, hourAround } from '../../electron/core/history/compare-minute.ts';
import { openHistoryStore } from '../../electron/core/history/store/history-store.ts';
import type { HistoryStore } from '../../electron/core/history/store/history-store.ts';
import type { LoggedRequest } from '../../electron/core/history/store/request-log.ts';
import type { ScopeSample } from '../../electron/core/history/store/scope-table.ts';
import { TimeCollector } from '../../electron/core/history/time-counts.ts';
import { silentLog } from '../../electron/core/log.ts';
import { defaultSettings } from '../../electron/core/settings/values.ts';
import { Problems } from '../../electron/core/storage/problems.ts';
import { historySeriesNames, maxHistoryPoints } from '../../shared/model/history.ts';
import type { HistorySeries } from '../../shared/model/history.ts';
import { resourceKeys, watchedResources } from '../../shared/model/resources.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { median } from './measure.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const tickMs = 5 * second;
const days = 30;
/** At the end. Requests are kept for one day, so that writing those of the others too would only take longer. */
const daysWithRequests = 3;
const mostMegabytes = 60;
const profile = 'profile-of-the-bench';
const ranges = [
  { range: '15 min', ms: 15 * minute },
  { range: '1 h', ms: hour },
  { range: '6 h', ms: 6 * hour },
  { range: '24 h', ms: day },
  { range: '7 d', ms: 7 * day },
  // The widest points of a quarter of an hour, and of all there is.
  { range: '7.5 d', ms: 7.5 * day },
  { range: '30 d', ms: 30 * day },
];

/** Resources and portal users that are asked all the time. */
const scopes = [
  ...resourceKeys,
  ...Array.from({ length: 12 - resourceKeys.length }, (_, n) => `user:${String(n).repeat(32)}`),
];

/** One question for all series, or all scopes. */
interface QueryRow {
  readonly what: string;
  readonly range: string;
  readonly points: number;
  /** Medians. */
  readonly ms: number;
  /** null: a comparison only. */
  readonly barMs: number | null;
}

interface HistoryBench {
  readonly queries: readonly QueryRow[];
  /** Largest the files ever were together, log included; 10^6 bytes. */
  readonly megabytes: number;
  /** µs: a tick's sample, its scopes and its requests. */
  readonly tick: { readonly median: number; readonly p99: number };
  /** µs; each minute. */
  readonly prune: { readonly median: number; readonly p99: number };
  readonly seconds: number;
}

/** µs each, in the order they took. */
class Times {
  readonly #spent: number[] = [];

  measure(work: () => void): void {
    const begun = performance.now();
    work();
    this.#spent.push((performance.now() - begun) * 1000);
  }

  get summary(): { median: number; p99: number } {
    const sorted = this.#spent.toSorted((a, b) => a - b);
    return { median: median(sorted), p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
  }
}

function valuesAt(n: number): Record<HistorySeries, number | null> {
  const values = historySeriesNames.map((name, index) => [
    name,
    n % 97 === index ? null : (n * 7 + index) % 1009,
  ]);
  return Object.fromEntries(values) as Record<HistorySeries, number | null>;
}

function requestsAt(n: number, at: number): LoggedRequest[] {
  return watchedResources.map((resource, index) => ({
    at: at - second,
    resource,
    ms: 80 + ((n * 31 + index) % 1700) / 10,
    outcome: n % 211 === 0 ? 'timeout' : 'ok',
    calls: 1,
  }));
}

/** What `ticks` ticks count of each scope. */
function scopesAt(n: number, ticks: number): ScopeSample[] {
  return scopes.map((scope, index) => {
    const loads = new TimeCollector();
    for (let load = 0; load < ticks; load += 1) loads.record(80 + ((n * 31 + index + load * 17) % 1700) / 10);
    const hits = new TimeCollector();
    for (let hit = 0; hit < ticks / 16; hit += 1) hits.record(0.002 + ((n + hit) % 7) / 1000);
    const counts = {
      hits: ticks,
      staleHits: 0,
      misses: n % 7,
      coalesced: n % 3,
      bypasses: 0,
      prefetches: ticks,
      loads: ticks,
      loadErrors: n % 211 === 0 ? 1 : 0,
    };
    return { scope, counts, hitTimes: hits.take(), loadTimes: loads.take() };
  });
}

/** What an app that is never closed writes: each tick a sample, twelve scopes and three requests, and twenty events an hour. */
function simulate(store: HistoryStore, clock: FakeClock, size: () => number) {
  const tick = new Times();
  const prune = new Times();
  const history = store.of(profile);
  let megabytes = 0;
  for (let n = 0; n < (days * day) / tickMs; n += 1) {
    const at = clock.wall();
    const values = valuesAt(n);
    if (n < ((days - daysWithRequests) * day) / tickMs) {
      history.addSample(at, values);
      // Of these days no minutes are left: a quarter of an hour at a time makes the same rows.
      if (at % (15 * minute) === 0) history.addScopes(at, scopesAt(n, 180));
    } else {
      const requests = requestsAt(n, at);
      const counted = scopesAt(n, 1);
      tick.measure(() => {
        history.addSample(at, values);
        history.addScopes(at, counted);
        history.addRequests(requests);
      });
    }
    if (at % (3 * minute) === 0) {
      store.addEvent({
        at,
        kind: 'state',
        severity: 'attention',
        profile: 'Production, Frankfurt',
        subject: 'orchestrator:status',
        title: 'Orchestrator status turned stale',
        detail: 'The server did not answer within 4.5 s. The last good value is shown.',
      });
    }
    clock.jumpWall(tickMs);
    if (clock.wall() % minute === 0) prune.measure(() => store.prune(defaultSettings));
    if (clock.wall() % hour === 0) megabytes = Math.max(megabytes, size());
  }
  return { tick: tick.summary, prune: prune.summary, megabytes };
}

type Ask = (range: { from: number; to: number; points: number }) => { readonly at: readonly number[] };

function time(what: string, range: string, barMs: number | null, ask: () => number): QueryRow {
  const spent: number[] = [];
  let points = 0;
  for (let round = 0; round < 25; round += 1) {
    // The thread's own time: what other processes take of a busy machine is not the store's.
    const begun = process.threadCpuUsage();
    points = ask();
    const { user, system } = process.threadCpuUsage(begun);
    spent.push((user + system) / 1000);
  }
  return { what, range, points, ms: median(spent), barMs };
}

/** Every range of the page, all series and all scopes. */
function askRanges(store: HistoryStore, now: number): QueryRow[] {
  const history = store.of(profile);
  const over = (what: string, ask: Ask, bars: readonly (number | null)[]): QueryRow[] =>
    ranges.map(({ range, ms }, nth) =>
      time(what, range, bars[nth] ?? null, () => {
        return ask({ from: now - ms, to: now, points: maxHistoryPoints }).at.length;
      }),
    );
  return [
    ...over(
      `${historySeriesNames.length} series`,
      (range) => history.query(range),
      [5, 5, 20, 20, 20, 20, 20],
    ),
    ...over(`${scopes.length} scopes`, (range) => history.scopes(range), [20, 20, 20, 20, 20, 20, 20]),
    time('bands', '30 d', 20, () => bandsOf(store.timeline(now - 30 * day, now), now - 30 * day, now).length),
    time('a minute compared', '1 h', 20, () => {
      const asked = now - hour;
      const counts = history.scopeMinute(asked);
      const requests = history.requests({ ...hourAround(asked), limit: 300_000 });
      return compareMinute({ minute: asked, pollMs: tickMs, counts, requests, bands: [] }).byResource.length;
    }),
  ];
}

/** Thirty days of writing to a real file, then questions about it. */
export function historyBench(): HistoryBench {
  const folder = mkdtempSync(join(tmpdir(), 'cachedeck-bench-'));
  const begun = performance.now();
  try {
    const clock = new FakeClock(Date.UTC(2026, 10, 21));
    const problems = new Problems(clock);
    const store = openHistoryStore({ folder, clock, problems, log: silentLog });
    const size = (): number =>
      ['', '-wal'].reduce((sum, suffix) => sum + statSync(join(folder, `history.sqlite${suffix}`)).size, 0) /
      1e6;
    const written = simulate(store, clock, size);
    const now = clock.wall();
    const queries = askRanges(store, now);
    store.close();
    if (problems.feed.value.length > 0) throw new Error(JSON.stringify(problems.feed.value));
    return { queries, ...written, seconds: (performance.now() - begun) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rows as aligned lines, with whether each bar was met. */
export function historyTable({ queries, megabytes, tick, prune, seconds }: HistoryBench): string {
  const bar = (value: number, most: number | null, unit: string): string =>
    most === null ? '' : `  bar ${most} ${unit}: ${value <= most ? 'met' : 'MISSED'}`;
  const µs = (value: number): string => `${value.toFixed(0)} µs`;
  return [
    ...queries.map(
      ({ what, range, points, ms, barMs }) =>
        `${what.padEnd(17)} over ${range.padEnd(6)} ${String(points).padStart(3)} points  ` +
        `${ms.toFixed(2).padStart(6)} ms${bar(ms, barMs, 'ms')}`,
    ),
    `${days} days: at most ${megabytes.toFixed(1)} MB${bar(megabytes, mostMegabytes, 'MB')} (written in ${seconds.toFixed(0)} s)`,
    `a tick, its sample, ${scopes.length} scopes and ${watchedResources.length} requests: ${µs(tick.median)}, p99 ${µs(tick.p99)}`,
    `pruning, each minute: ${µs(prune.median)}, p99 ${µs(prune.p99)}`,
  ].join('\n');
}

if (import.meta.main) console.log(historyTable(historyBench()));
