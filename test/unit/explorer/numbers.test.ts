import { beforeAll, describe, expect, test } from 'vitest';
import { cacheStatistics } from '../../../electron/core/cache/for-pages.ts';
import { approximateBytes } from '../../../electron/core/cache/size.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import type { Counters } from '../../../shared/contract/cache.ts';
import type { EntryQuery } from '../../../shared/contract/explorer.ts';
import { Ledger } from './ledger.ts';
import { ownTtl, replies, scriptedHalfHour, valueOf } from './scripted-run.ts';

const minute = 60_000;
const every: EntryQuery = { filter: '', sort: 'key', descending: false, offset: 0, limit: 200 };
const reads: Record<string, string> = {
  'stats:total': 'engineTotals',
  'orchestrator:status': 'orchestratorStatus',
  'vpn:status': 'vpnStatus',
  'engines:list': 'engineList',
  'health:status': 'healthStatus',
};

let run: Awaited<ReturnType<typeof scriptedHalfHour>>;
let ledger: Ledger;
let now: number;

beforeAll(async () => {
  run = await scriptedHalfHour();
  now = run.clock.wall();
  const specOf = (key: string) => resourceSpecs.find((spec) => spec.key === key);
  ledger = new Ledger(run.lines, {
    answers: run.answers,
    startedAt: run.startedAt,
    ttlOf: (key) => specOf(key)?.ttl ?? ownTtl,
    staleWindowOf: (key) => specOf(key)?.staleWindow ?? 0,
    bytesOf: (key) =>
      approximateBytes(key in reads ? { value: replyTo(reads[key] ?? ''), observedAt: 1 } : valueOf(key)),
  });
});

function replyTo(read: string): unknown {
  return new Map<string, unknown>(Object.entries(replies)).get(read) ?? { read };
}

function lookupsIn({ hits, staleHits, misses, coalesced }: Counters): number {
  return hits + staleHits + misses + coalesced;
}

function rateIn(counters: Counters) {
  const n = lookupsIn(counters);
  return { percent: n === 0 ? 0 : (100 * counters.hits) / n, n };
}

/** The value at rank ⌈q · n⌉. */
function rank(times: readonly number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(q * times.length) - 1)] ?? 0;
}

/** The middle of the bucket, eight to each doubling, that holds the rank; never outside what was measured. */
function bucketed(times: readonly number[], q: number): number {
  if (times.length === 0) return 0;
  const eighths = Math.floor(8 * Math.log2(rank(times, q)));
  return Math.min(Math.max(...times), Math.max(Math.min(...times), 2 ** ((eighths + 0.5) / 8)));
}

const bucketedSpread = (times: readonly number[]) => {
  return { n: times.length, p50: bucketed(times, 0.5), p95: bucketed(times, 0.95) };
};

/** On the fake clock an answer from the cache takes no time. */
const instant = (n: number) => ({ n, p50: 0, p95: 0 });

describe('every number of the Cache page after a scripted half hour is what its event log says', () => {
  test('the run had everything in it', () => {
    const { cacheErrors, ...counters } = ledger.counters(() => true);
    expect(cacheErrors).toBe(0);
    for (const count of Object.values(counters)) expect(count).toBeGreaterThan(5);
    expect(run.undone).toMatchObject([{ restored: 7, newer: 1 }, { restored: 2 }]);
    expect(run.again.removed).toBe(2);
    expect(run.lines.length).toBeGreaterThan(3000);
  });

  test('totals', () => {
    const { keys: _, ...totals } = cacheStatistics(run.cache);
    const counters = ledger.counters(() => true);
    const entries = ledger.entries(now);
    const loadMs = bucketedSpread(ledger.loadTimes(() => true));
    const lookups = lookupsIn(counters);
    expect(totals).toEqual({
      entries: entries.length,
      bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
      counters,
      hitRate: rateIn(counters),
      hitRate1m: ledger.rateSince(now - minute),
      hitRate5m: ledger.rateSince(now - 5 * minute),
      hitRate15m: ledger.rateSince(now - 15 * minute),
      loadReductionPercent: 100 * (1 - counters.loads / lookups),
      callsSaved: Math.max(0, lookups - counters.loads),
      savedMs: counters.hits * loadMs.p50,
      hitMs: instant(ledger.timedHits(() => true)),
      loadMs,
    });
  });

  test('resources: hit rate, load times, calls and seconds saved of each key', () => {
    const stored = ledger.entries(now);
    const expected = ledger.keys().map((key) => {
      const own = (other: string): boolean => other === key;
      const counters = ledger.counters(own);
      const times = ledger.loadTimes(own).slice(-32);
      const load = { n: times.length, p50: rank(times, 0.5), p95: rank(times, 0.95) };
      const entry = stored.find((one) => one.key === key);
      return {
        key,
        age: entry?.dataAge ?? null,
        ttl: entry?.ttl ?? null,
        ttlRemaining: entry?.ttlRemaining ?? null,
        bytes: entry?.bytes ?? 0,
        counters,
        hitRate: rateIn(counters),
        hit: instant(Math.min(32, ledger.timedHits(own))),
        load,
        callsSaved: Math.max(0, lookupsIn(counters) - counters.loads),
        savedMs: counters.hits * load.p50,
      };
    });
    expect(cacheStatistics(run.cache).keys).toEqual(expected);
  });

  test('entries', () => {
    const entries = ledger.entries(now);
    expect(run.explorer.entries(every)).toEqual({
      now,
      matching: entries.length,
      total: entries.length,
      bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
      entries: entries.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    });
  });

  test('namespaces', () => {
    const stored = ledger.entries(now);
    const names = [...new Set(ledger.keys().map((key) => key.split(':')[0] ?? ''))];
    const expected = names.map((namespace) => {
      const own = (key: string): boolean => key.startsWith(`${namespace}:`);
      const held = stored.filter(({ key }) => own(key));
      const counters = ledger.counters(own);
      return {
        namespace,
        entries: held.length,
        bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
        counters,
        hitRate: rateIn(counters),
        hitMs: instant(ledger.timedHits(own)),
        loadMs: bucketedSpread(ledger.loadTimes(own)),
      };
    });
    const byName = (a: { namespace: string }, b: { namespace: string }) =>
      a.namespace < b.namespace ? -1 : 1;
    expect(run.explorer.namespaces().namespaces.toSorted(byName)).toEqual(expected.toSorted(byName));
  });

  test('expiry', () => {
    const left = ledger.entries(now).map(({ ttlRemaining }) => ttlRemaining ?? 0);
    const { bars, expired, noExpiry } = run.explorer.expiry();
    for (const { from, to, entries } of bars) {
      const within = left.filter((ms) => ms > 0 && ms >= from && (to === null || ms < to));
      expect(entries).toBe(within.length);
    }
    expect(expired).toBe(left.filter((ms) => ms <= 0).length);
    expect(noExpiry).toBe(0);
  });

  test('users', () => {
    for (const [user, served] of run.asked) {
      const count = (kind: string): number => served.filter((one) => one === kind).length;
      const { counters } = run.cache.userStatistics(user);
      expect(counters).toMatchObject({
        hits: count('hit'),
        bypasses: count('bypass'),
        staleHits: count('last-good'),
      });
      expect(counters.misses + counters.coalesced).toBe(count('miss') + count('coalesced') + count('none'));
      expect(served.length).toBeGreaterThan(100);
    }
  });
});
