import type { CacheEntry } from '../../../shared/contract/explorer.ts';
import type { Cancel, Clock } from '../clock.ts';
import { silentLog } from '../log.ts';
import { cancelled, checkDuration } from './errors.ts';
import { Events, type CacheListener } from './events.ts';
import { defaultBackOff } from './failure-state.ts';
import type { HistogramBar } from './histogram.ts';
import { Loading } from './loading.ts';
import { defaultMaxEntries } from './max-entries.ts';
import { checkPolicy, failedLookup, loadedLookup, valueOf, waitFor } from './lookup.ts';
import { ageOf, isHeld, isUsable, Records, type Entry, type KeyRecord } from './records.ts';
import { defaultMaxBytes, type TtlCacheOptions } from './options.ts';
import { entryOf } from './entries.ts';
import { Putting } from './putting.ts';
import { Removal, type PutBack, type Selection, type Taken } from './removal.ts';
import { Shelf } from './shelf.ts';
import { snapshotOf } from './snapshot.ts';
import { Statistics, type KeyStatistics, type Totals } from './statistics.ts';
import { lruStore } from './store.ts';
import type {
  CacheEventKind,
  Loader,
  LoadPolicy,
  Lookup,
  NamespaceStatistics,
  RemoveOptions,
  Restored,
  ScopeStatistics,
  SetPolicy,
  Snapshot,
  Spread,
} from './types.ts';
import type { WindowCounters } from './window.ts';

const sweepEvery = 60_000;
/** Every 16th hit is timed: often enough for a histogram, too seldom to slow hits down. */
const sampleMask = 15;

/**
 * A cache of values with a time to live, for anything slow: single flight per key, last good values while a
 * source fails, back-off, forced refresh, and statistics of every outcome. Times are ms; every span counts
 * by the larger of two clocks, so neither clock jumps nor suspend make an old value fresh.
 *
 * A lookup is counted once, by how it ended; its event comes when it begins.
 */
export class TtlCache {
  readonly #clock: Clock;
  readonly #statistics: Statistics;
  readonly #events: Events;
  readonly #records: Records;
  readonly #shelf: Shelf;
  readonly #loading: Loading;
  readonly #putting: Putting;
  readonly #removal: Removal;
  #enabled = true;
  #hitTick = 0;
  #stopSweep: Cancel | null = null;

  constructor(options: TtlCacheOptions) {
    const { clock, random, log = silentLog, max = defaultMaxEntries, maxBytes = defaultMaxBytes } = options;
    this.#clock = clock;
    const defaultTtl = options.defaultTtl ?? 300_000;
    checkDuration('defaultTtl', defaultTtl);
    const statistics = new Statistics(clock, options.onTime);
    const events = new Events(log);
    const records = new Records(statistics.namespaces, 2 * max + 1_000);
    const shelf = new Shelf({
      clock,
      statistics,
      events,
      records,
      freeze: options.freeze ?? false,
      limits: { max, maxBytes },
      store: options.store ?? lruStore,
      onError: (error) => {
        statistics.cacheError();
        log.warn(`The cache's store failed: ${error instanceof Error ? error.message : 'unknown'}`);
      },
    });
    const backOff = options.backOff ?? defaultBackOff;
    this.#statistics = statistics;
    this.#events = events;
    this.#records = records;
    this.#shelf = shelf;
    const enabled = (): boolean => this.#enabled;
    const loading = new Loading({ clock, random, backOff, statistics, events, shelf, enabled });
    this.#loading = loading;
    this.#putting = new Putting({ clock, defaultTtl, records, loading, shelf });
    this.#removal = new Removal({ clock, statistics, events, records, shelf, loading });
  }

  /**
   * false: every lookup is a bypass that runs its own load and stores nothing; what was held is gone. How the latest
   * load of a key ended is known all the same.
   */
  get enabled(): boolean {
    return this.#enabled;
  }

  set enabled(on: boolean) {
    if (on === this.#enabled) return;
    this.#enabled = on;
    if (!on) this.clear();
  }

  /** A counted lookup that loads where nothing fresh is held. Never rejects: `error` stands beside the value. */
  read<T>(key: string, load: Loader<T>, policy: LoadPolicy): Promise<Lookup<T>> {
    checkPolicy(policy);
    if (!this.#enabled) return this.bypass(key, load, policy);
    const entry = this.#hit(key, policy.user);
    if (entry === undefined) return this.#readThrough(key, load, policy);
    const snapshot = this.peek<T>(key);
    return Promise.resolve({ value: entry.value as T, served: 'hit', snapshot, error: undefined });
  }

  /** Like `read` for callers who only want the value. Rejects with the load's error when nothing can be served. */
  getOrLoad<T>(key: string, load: Loader<T>, policy: LoadPolicy): Promise<T> {
    checkPolicy(policy);
    if (!this.#enabled) return valueOf(this.bypass(key, load, policy));
    const entry = this.#hit(key, policy.user);
    return entry === undefined
      ? valueOf(this.#readThrough(key, load, policy))
      : Promise.resolve(entry.value as T);
  }

  /** A counted lookup of what is held and fresh; undefined otherwise. */
  get(key: string, user?: string): unknown {
    if (this.#enabled) {
      const entry = this.#hit(key, user);
      if (entry !== undefined) return entry.value;
    }
    const record = this.#records.open(key);
    this.#shelf.noteExpiry(record);
    this.#note(this.#enabled ? 'miss' : 'bypass', record);
    this.#statistics.count(this.#enabled ? 'misses' : 'bypasses', record, user);
    return undefined;
  }

  /**
   * Loads whatever is held: at once, or once after a load that is running. Counted as a bypass; ends the
   * key's back-off. A failure leaves the value that was there and stands in `error`.
   */
  async refresh<T>(key: string, load: Loader<T>, policy: LoadPolicy): Promise<Lookup<T>> {
    checkPolicy(policy);
    if (!this.#enabled) return this.bypass(key, load, policy);
    const record = this.#records.open(key);
    record.failure?.resetBackOff();
    this.#note('bypass', record);
    this.#statistics.count('bypasses', record, policy.user);
    const forced = await this.#loading.force(record, load, policy);
    if (forced === null) return failedLookup(record, cancelled(), null, this.#clock);
    const outcome = await waitFor(forced);
    return outcome.ok
      ? loadedLookup(record, forced, outcome.value, 'bypass', this.#clock)
      : failedLookup(record, outcome.error, this.#usable(record, policy), this.#clock);
  }

  /** Loads ahead of a lookup; joins a load that runs, does nothing while backing off. Never rejects. */
  async prefetch<T>(key: string, load: Loader<T>, policy: LoadPolicy): Promise<Snapshot<T>> {
    checkPolicy(policy);
    const record = this.#records.open(key);
    if (this.#enabled && record.load === null && !record.failure?.backingOff(this.#clock)) {
      this.#shelf.noteExpiry(record);
      this.#note('prefetch', record);
      this.#statistics.count('prefetches', record, policy.user);
      this.#loading.start(record, load, policy, 'prefetch');
    }
    if (this.#enabled) await record.load?.outcome;
    return this.peek<T>(key);
  }

  /** Runs a load beside the cache; counted as a bypass of `key`. Never rejects. */
  async bypass<T>(key: string, load: Loader<T>, policy: LoadPolicy): Promise<Lookup<T>> {
    checkPolicy(policy);
    const record = this.#records.open(key);
    this.#note('bypass', record);
    this.#statistics.count('bypasses', record, policy.user);
    const direct = this.#enabled
      ? this.#loading.direct(record, load, policy)
      : this.#loading.unstored(record, load, policy);
    const outcome = await waitFor(direct);
    return outcome.ok
      ? loadedLookup(record, direct, outcome.value, 'bypass', this.#clock)
      : failedLookup(record, outcome.error, null, this.#clock);
  }

  /** What a key holds. Changes no counter and no recency. */
  peek<T>(key: string): Snapshot<T> {
    return snapshotOf<T>(key, this.#records.get(key), this.#clock);
  }

  /** Stores a value from now on, in place of one that is being loaded. Throws for `undefined` and for a bad ttl. */
  set(key: string, value: unknown, policy: SetPolicy = {}): void {
    this.#putting.set(key, value, policy);
  }

  /**
   * Stores a value from an earlier run with its true age. Times to come (the clock was wrong then or is now)
   * tell no age: such a value counts as just expired.
   */
  restore(key: string, from: Restored): void {
    this.#putting.restore(key, from);
  }

  /** Whether something was there: a value, or a load that now stores nothing. */
  delete(key: string, options: RemoveOptions = {}): boolean {
    const record = this.#records.get(key);
    return record !== undefined && this.#removal.remove([record], 'delete', options) > 0;
  }

  /** Removes everything and ends every back-off; counters stay. Returns how many keys held a value or a load. */
  clear(options: RemoveOptions = {}): number {
    return this.#removal.remove([...this.#records.values()], 'invalidate', options);
  }

  /** Removes every key that matches, stored or loading; null means all. Returns how many. Throws on a blank pattern. */
  invalidate(pattern: string | null, options: RemoveOptions = {}): number {
    if (pattern === null) return this.clear(options);
    return this.#removal.remove(this.#removal.matching(pattern), 'invalidate', options);
  }

  /** Removes like `delete`, `clear` and `invalidate`, and hands over what could be put back. Throws on a blank pattern. */
  take(selection: Selection): Taken {
    return this.#removal.take(selection);
  }

  /** Holds again what `take` took out, with its true ages, except what is loaded again or too old by now. */
  putBack(taken: Taken): PutBack {
    return this.#removal.putBack(taken);
  }

  /** The keys, stored or loading, that `invalidate` would remove. */
  match(pattern: string): string[] {
    return this.#removal
      .matching(pattern)
      .filter(isHeld)
      .map((record) => record.key);
  }

  /** Removes what is past its ttl and stale window. Returns how many went. */
  cleanup(): number {
    return this.#shelf.sweep();
  }

  /** Lets the next lookup of `key`, or of every key, load at once. */
  resetBackOff(key?: string): void {
    if (key !== undefined) this.#records.get(key)?.failure?.resetBackOff();
    else for (const record of this.#records.values()) record.failure?.resetBackOff();
  }

  /** The stored keys. */
  keys(): string[] {
    return Array.from(this.#records.values())
      .filter((record) => record.entry !== null)
      .map((record) => record.key);
  }

  /** Stored values, also expired ones that are kept as last good. */
  get size(): number {
    return this.#shelf.size;
  }

  /** Approximate bytes of the stored values. */
  get bytes(): number {
    return this.#shelf.bytes;
  }

  /** Called with each event, at once. Returns the way to stop. */
  on(listener: CacheListener): () => void {
    return this.#events.on(listener);
  }

  /** Sweeps every 60 s until `stop`. Never keeps the process alive. */
  start(): void {
    this.#stopSweep?.();
    this.#stopSweep = this.#clock.after(sweepEvery, () => {
      this.cleanup();
      this.start();
    });
  }

  /** Ends the sweeps and gives up every running load; who waits gets `cancelled`. What is stored stays. */
  stop(): void {
    this.#stopSweep?.();
    this.#stopSweep = null;
    for (const record of this.#records.values()) this.#loading.detach(record, true);
  }

  statistics(): Totals {
    return this.#statistics.totals(this.size, this.bytes);
  }

  /** Every key that holds a value or a load. Changes no counter and no recency. */
  entries(): CacheEntry[] {
    const mono = this.#clock.mono();
    const wall = this.#clock.wall();
    return Array.from(this.#records.values())
      .filter(isHeld)
      .map((record) => entryOf(record, mono, wall));
  }

  /** Every key that was used, also those that hold nothing now. */
  keyStatistics(): KeyStatistics[] {
    const mono = this.#clock.mono();
    const wall = this.#clock.wall();
    return Array.from(this.#records.values(), (record) => this.#statistics.ofKey(record, mono, wall));
  }

  /** ms the last `last` (at most 32) successful loads of `key` took. Zeroes when there were none. */
  loadTimes(key: string, last?: number): Spread {
    return this.#records.get(key)?.loadTimes?.spread(last) ?? { n: 0, p50: 0, p95: 0 };
  }

  namespaceStatistics(): NamespaceStatistics[] {
    return this.#statistics.ofNamespaces(this.#records.values());
  }

  userStatistics(user: string): ScopeStatistics {
    return this.#statistics.ofUser(user);
  }

  /** Makes room for the counters of others: a user is gone. Totals keep what was counted. */
  forgetUser(user: string): void {
    this.#statistics.forgetUser(user);
  }

  /** Outcomes of the trailing `ms`, at most 15 min, to 5 s. */
  trailing(ms: number): WindowCounters {
    return this.#statistics.trailing(ms);
  }

  /** Bars of a histogram, ms: answers from the cache (one in 16 is timed) and by loading. */
  responseTimes(): { readonly hits: HistogramBar[]; readonly loads: HistogramBar[] } {
    return this.#statistics.responseTimes();
  }

  /** Zeroes every counter and time; the entries stay. */
  resetStatistics(): void {
    this.#statistics.reset(this.#records.values());
  }

  /** The hit path: the entry of `key` when it is fresh, counted. */
  #hit(key: string, user: string | undefined): Entry | undefined {
    const mono = this.#clock.mono();
    const entry = this.#shelf.use(key);
    if (entry === undefined) return undefined;
    const wall = this.#clock.wall();
    if (ageOf(entry, mono, wall) >= entry.ttl) return undefined;
    const { record } = entry;
    this.#statistics.hit(record, user, mono, wall);
    if (this.#events.wanted) this.#events.emit('hit', key, wall);
    this.#hitTick = (this.#hitTick + 1) & sampleMask;
    if (this.#hitTick === 0) this.#statistics.hitTime(record, user, this.#clock.mono() - mono);
    return entry;
  }

  async #readThrough<T>(key: string, load: Loader<T>, policy: LoadPolicy): Promise<Lookup<T>> {
    const record = this.#records.open(key);
    this.#shelf.noteExpiry(record);
    const running = record.load;
    if (running !== null) {
      this.#note('coalesced', record);
    } else if (record.failure?.backingOff(this.#clock)) {
      if (this.#usable(record, policy) === null) this.#note('miss', record);
      return this.#fallBack(record, record.failure.error, policy, 'misses');
    } else {
      this.#note('miss', record);
    }
    const ended = running ?? this.#loading.start(record, load, policy, 'miss');
    const outcome = await waitFor(ended);
    const kind = running === null ? 'misses' : 'coalesced';
    if (!outcome.ok) return this.#fallBack(record, outcome.error, policy, kind);
    this.#statistics.count(kind, record, policy.user);
    return loadedLookup(record, ended, outcome.value, running === null ? 'miss' : 'coalesced', this.#clock);
  }

  /** A lookup whose load failed or may not start: the last good value, else the error. */
  #fallBack<T>(
    record: KeyRecord,
    error: unknown,
    policy: LoadPolicy,
    kind: 'misses' | 'coalesced',
  ): Lookup<T> {
    const entry = this.#usable(record, policy);
    if (entry) this.#note('stale', record);
    this.#statistics.count(entry ? 'staleHits' : kind, record, policy.user);
    return failedLookup(record, error, entry, this.#clock);
  }

  #usable(record: KeyRecord, policy: LoadPolicy): Entry | null {
    const { entry } = record;
    return entry !== null && isUsable(entry, policy.staleWindow ?? 0, this.#clock) ? entry : null;
  }

  #note(kind: CacheEventKind, record: KeyRecord): void {
    if (this.#events.wanted) this.#events.emit(kind, record.key, this.#clock.wall());
  }
}
