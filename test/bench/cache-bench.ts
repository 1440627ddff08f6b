import { LRUCache } from 'lru-cache';
import { systemClock } from '../../electron/core/clock.ts';
import { compileGlob, matchesGlob } from '../../electron/core/cache/glob.ts';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import { queryEntries } from '../../electron/core/explorer/entry-query.ts';
import { entryColumns } from '../../shared/model/explorer.ts';
import { nsPerCall } from './measure.ts';

/** One measured operation of one subject. Times are medians. */
export interface BenchRow {
  readonly operation: string;
  readonly subject: 'Map' | 'lru-cache' | 'Cachedeck';
  readonly ns: number;
  /** Times the first subject's. */
  readonly ratio: number;
  /** Largest ns allowed; null: a comparison only. */
  readonly barNs: number | null;
}

const size = 10_000;
const keys = Array.from({ length: size }, (_, n) => `space${n % 10}:key${n}`);
const hot = keys.slice(0, 64);
const hour = 3_600_000;
const policy = { ttl: hour };

function stores() {
  const map = new Map<string, number>();
  const lru = new LRUCache<string, number>({ max: size, fetchMethod: (key) => key.length });
  const cache = new TtlCache({ clock: systemClock, random: Math.random, max: size });
  for (const [n, key] of keys.entries()) {
    map.set(key, n);
    lru.set(key, n);
    cache.set(key, n, policy);
  }
  return { map, lru, cache };
}

/** Calls `use` with hot keys in turn. */
function inTurn(use: (key: string) => unknown): (calls: number) => void {
  return (calls) => {
    for (let call = 0; call < calls; call += 1) use(hot[call & 63] ?? '');
  };
}

function awaiting(use: (key: string) => Promise<unknown>): (calls: number) => Promise<void> {
  return async (calls) => {
    for (let call = 0; call < calls; call += 1) await use(hot[call & 63] ?? '');
  };
}

const repeat =
  (use: () => unknown) =>
  (calls: number): void => {
    for (let call = 0; call < calls; call += 1) use();
  };

/** What a Map answers where its caller expects a promise. */
async function fromMap(map: Map<string, number>, key: string): Promise<number> {
  return map.get(key) ?? key.length;
}

type Subjects = Partial<Record<BenchRow['subject'], (calls: number) => void | Promise<void>>>;

async function compare(
  operation: string,
  subjects: Subjects,
  work: { readonly calls: number; readonly rounds: number },
  barNs: number | null,
): Promise<BenchRow[]> {
  const times = await nsPerCall(Object.values(subjects), work.calls, work.rounds);
  const first = times[0] ?? 0;
  return (Object.keys(subjects) as BenchRow['subject'][]).map((subject, nth) => {
    const ns = times[nth] ?? 0;
    return { operation, subject, ns, ratio: ns / first, barNs: subject === 'Cachedeck' ? barNs : null };
  });
}

/** ns of a hit, of an awaited hit: the two that the seed suite shows too. */
export async function hitTimes(rounds = 9): Promise<BenchRow[]> {
  const { map, lru, cache } = stores();
  const load = (): number => 1;
  return [
    ...(await compare(
      'get, hit',
      {
        Map: inTurn((key) => map.get(key)),
        'lru-cache': inTurn((key) => lru.get(key)),
        Cachedeck: inTurn((key) => cache.get(key)),
      },
      { calls: 200_000, rounds },
      350,
    )),
    ...(await compare(
      'get or load, hit',
      {
        Map: awaiting((key) => fromMap(map, key)),
        'lru-cache': awaiting((key) => lru.fetch(key)),
        Cachedeck: awaiting((key) => cache.getOrLoad(key, load, policy)),
      },
      { calls: 100_000, rounds },
      450,
    )),
  ];
}

/** A page of all entries through a glob that fits each of them, sorted by one column after the other, both ways. */
function pageByEachColumn(cache: TtlCache): (calls: number) => void {
  const rest = { filter: '*:key*', offset: 5000, limit: 100 };
  return (calls) => {
    for (let call = 0; call < calls; call += 1) {
      const sort = entryColumns[call % entryColumns.length] ?? 'key';
      queryEntries(cache.entries(), { ...rest, sort, descending: call >= entryColumns.length });
    }
  };
}

/** Every row of the cache's benchmark; about three seconds. */
export async function cacheBench(): Promise<BenchRow[]> {
  const { map, lru, cache } = stores();
  const expression = /^space3:.*7$/;
  const hostile = compileGlob(`${'*a'.repeat(50)}b`);
  const hostileText = 'a'.repeat(2_000);
  return [
    ...(await hitTimes()),
    ...(await compare(
      'glob over 10 000 keys',
      {
        Map: repeat(() => Array.from(map.keys()).filter((key) => expression.test(key))),
        'lru-cache': repeat(() => Array.from(lru.keys()).filter((key) => expression.test(key))),
        Cachedeck: repeat(() => cache.match('space3:*7')),
      },
      { calls: 20, rounds: 9 },
      null,
    )),
    ...(await compare(
      'hostile glob on 2000 characters',
      { Cachedeck: repeat(() => matchesGlob(hostile, hostileText)) },
      { calls: 5, rounds: 9 },
      200e6,
    )),
    ...(await compare(
      'statistics of 10 000 entries',
      {
        Map: repeat(() => Array.from(map, ([key, value]) => ({ key, value }))),
        'lru-cache': repeat(() => lru.dump()),
        Cachedeck: repeat(() => [cache.statistics(), cache.keyStatistics()]),
      },
      { calls: 5, rounds: 15 },
      5e6,
    )),
    ...(await compare(
      'filter, sort 10 000 entries',
      { Cachedeck: pageByEachColumn(cache) },
      { calls: 2 * entryColumns.length, rounds: 9 },
      50e6,
    )),
  ];
}

function readable(ns: number): string {
  if (ns < 10_000) return `${ns.toFixed(0)} ns`;
  return ns < 1e6 ? `${(ns / 1e3).toFixed(0)} µs` : `${(ns / 1e6).toFixed(2)} ms`;
}

/** The rows as aligned lines, with whether each bar was met. */
export function cacheTable(rows: readonly BenchRow[]): string {
  return rows
    .map(({ operation, subject, ns, ratio, barNs }) => {
      const bar = barNs === null ? '' : `  bar ${readable(barNs)}: ${ns <= barNs ? 'met' : 'MISSED'}`;
      return `${operation.padEnd(34)}${subject.padEnd(12)}${readable(ns).padStart(10)}${`×${ratio.toFixed(1)}`.padStart(8)}${bar}`;
    })
    .join('\n');
}

if (import.meta.main) console.log(cacheTable(await cacheBench()));
