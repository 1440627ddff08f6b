import type { CacheStatistics, Counters } from '../../../shared/contract/cache.ts';
import { stamp, type Clock } from '../clock.ts';
import { callsSaved, hitRate, newCounters, savedMs, Scope, Scopes } from './counters.ts';
import type { HistogramBar } from './histogram.ts';
import { ageOf, type KeyRecord } from './records.ts';
import { RecentTimes } from './recent-times.ts';
import type { AnswerTime, NamespaceStatistics, ScopeStatistics } from './types.ts';
import { RecentCounters, type WindowCounters } from './window.ts';

export type Totals = Omit<CacheStatistics, 'keys'>;
export type KeyStatistics = CacheStatistics['keys'][number];

const minute = 60_000;
const noTimes = { n: 0, p50: 0, p95: 0 };

/** Counts every outcome for the key, its namespace, the user, everything, and the last 15 minutes. */
export class Statistics {
  readonly namespaces = new Scopes();
  readonly #users = new Scopes();
  readonly #total = new Scope();
  readonly #recent = new RecentCounters();
  readonly #clock: Clock;
  readonly #onTime: (time: AnswerTime) => void;

  constructor(clock: Clock, onTime: (time: AnswerTime) => void = () => {}) {
    this.#clock = clock;
    this.#onTime = onTime;
  }

  /** The hit path: plain increments, no closure, no look-up by name. */
  hit(record: KeyRecord, user: string | undefined, mono: number, wall: number): void {
    record.counters.hits += 1;
    record.lastHitAt = wall;
    record.namespace.counters.hits += 1;
    this.#total.counters.hits += 1;
    this.#recent.now(mono, wall).hits += 1;
    if (user !== undefined) this.#users.open(user).counters.hits += 1;
  }

  /** Every other outcome that shows in the trailing minutes. */
  count(kind: keyof WindowCounters, record: KeyRecord, user: string | undefined): void {
    this.tally(kind, record, user);
    this.#recent.now(this.#clock.mono(), this.#clock.wall())[kind] += 1;
  }

  /** Outcomes that only add up. */
  tally(kind: keyof Counters, record: KeyRecord, user: string | undefined): void {
    record.counters[kind] += 1;
    record.namespace.counters[kind] += 1;
    this.#total.counters[kind] += 1;
    if (user !== undefined) this.#users.open(user).counters[kind] += 1;
  }

  /** An operation of the store failed; it belongs to no key. */
  cacheError(): void {
    this.#total.counters.cacheErrors += 1;
  }

  hitTime(record: KeyRecord, user: string | undefined, ms: number): void {
    record.hitTimes ??= new RecentTimes();
    record.hitTimes.record(ms);
    record.namespace.hitTimes.record(ms);
    this.#total.hitTimes.record(ms);
    if (user !== undefined) this.#users.open(user).hitTimes.record(ms);
    this.#onTime({ key: record.key, user, by: 'hit', ms });
  }

  loadTime(record: KeyRecord, user: string | undefined, ms: number): void {
    record.loadTimes ??= new RecentTimes();
    record.loadTimes.record(ms);
    record.namespace.loadTimes.record(ms);
    this.#total.loadTimes.record(ms);
    if (user !== undefined) this.#users.open(user).loadTimes.record(ms);
    this.#onTime({ key: record.key, user, by: 'load', ms });
  }

  totals(entries: number, bytes: number): Totals {
    const total = this.#total.statistics();
    return {
      entries,
      bytes,
      counters: total.counters,
      hitRate: total.hitRate,
      hitRate1m: hitRate(this.trailing(minute)),
      hitRate5m: hitRate(this.trailing(5 * minute)),
      hitRate15m: hitRate(this.trailing(15 * minute)),
      loadReductionPercent: total.loadReductionPercent,
      callsSaved: total.callsSaved,
      savedMs: total.savedMs,
      hitMs: total.hit,
      loadMs: total.load,
    };
  }

  trailing(ms: number): WindowCounters {
    return this.#recent.sum(ms, stamp(this.#clock));
  }

  ofKey(record: KeyRecord, mono: number, wall: number): KeyStatistics {
    const { entry, counters } = record;
    const load = record.loadTimes?.spread() ?? noTimes;
    return {
      key: record.key,
      age: entry && Math.max(0, mono - entry.loadedAt.mono, wall - entry.loadedAt.wall),
      ttl: entry && entry.ttl,
      ttlRemaining: entry && entry.ttl - ageOf(entry, mono, wall),
      bytes: entry ? entry.bytes : 0,
      counters: { ...counters },
      hitRate: hitRate(counters),
      hit: record.hitTimes?.spread() ?? noTimes,
      load,
      callsSaved: callsSaved(counters),
      savedMs: savedMs(counters, load),
    };
  }

  /** @param records every record: what they hold is added up */
  ofNamespaces(records: Iterable<KeyRecord>): NamespaceStatistics[] {
    const held = new Map<Scope, { entries: number; bytes: number }>();
    for (const { namespace, entry } of records) {
      if (entry === null) continue;
      const sum = held.get(namespace) ?? { entries: 0, bytes: 0 };
      held.set(namespace, { entries: sum.entries + 1, bytes: sum.bytes + entry.bytes });
    }
    return Array.from(this.namespaces.entries(), ([namespace, scope]) => ({
      namespace,
      ...(held.get(scope) ?? { entries: 0, bytes: 0 }),
      ...scope.statistics(),
    }));
  }

  ofUser(user: string): ScopeStatistics {
    return (this.#users.get(user) ?? new Scope()).statistics();
  }

  forgetUser(user: string): void {
    this.#users.delete(user);
  }

  /** Response times of everything, from the cache and by loading. */
  responseTimes(): { readonly hits: HistogramBar[]; readonly loads: HistogramBar[] } {
    return { hits: this.#total.hitTimes.bars(), loads: this.#total.loadTimes.bars() };
  }

  reset(records: Iterable<KeyRecord>): void {
    this.namespaces.reset();
    this.#users.reset();
    this.#total.reset();
    this.#recent.reset();
    for (const record of records) {
      record.counters = newCounters();
      record.hitTimes = null;
      record.loadTimes = null;
      record.lastHitAt = -Infinity;
    }
  }
}
