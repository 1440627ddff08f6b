import type { RefreshProgress } from '../../../shared/contract/app.ts';
import type { Poll, Reading, Served } from '../../../shared/model/reading.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import type { Lookup, Snapshot } from '../cache/types.ts';
import type { Clock } from '../clock.ts';
import type { Observed } from '../sources/orchestrator/orchestrator-source.ts';
import type { CallMeter } from './call-meter.ts';
import { freshFor, isReplaced } from './asked.ts';
import type { Asked } from './asked.ts';
import { Demand, demandLead } from './demand.ts';
import { ForceRefresh } from './force-refresh.ts';
import type { RefreshResult } from './force-refresh.ts';
import { Leases } from './leases.ts';
import { LastValues } from './last-values.ts';
import { leadOf, recentLoads } from './lead.ts';
import { Loads } from './loads.ts';
import { describeError, isUnsupported, readingOf, servedByPeek } from './readings.ts';
import { RefreshAhead } from './refresh-ahead.ts';
import { loadsInMinuteAfterClear } from './next-minute.ts';
import { policyOf } from './resources.ts';
import type { ResourceSpec, ResourceValues } from './resources.ts';
import type { StatusOptions } from './status-options.ts';
import { msToNextTick, tickAt } from './ticks.ts';
import { Waking } from './waking.ts';

/** A poll's lease, in poll intervals. */
const leaseIntervals = 2.5;
/** ms by which a page's timer may be early, so that its poll still counts for the tick. */
const earlyPoll = 100;
/** Everything that reads a backend reads it here: polls, watchers, forced refreshes, loads ahead of a tick. */
export class StatusService {
  readonly #clock: Clock;
  readonly #cache: TtlCache;
  readonly #loads: Loads;
  readonly #specs: ReadonlyMap<ResourceKey, ResourceSpec>;
  readonly #ttlOf: StatusOptions['ttlOf'];
  readonly #leases: Leases;
  readonly #last: LastValues;
  readonly #ahead: RefreshAhead;
  readonly #demand: Demand;
  readonly #force: ForceRefresh;
  readonly #waking: Waking;
  #refreshAhead = true;
  #pollMs: number;
  #paused = false;

  constructor(options: StatusOptions) {
    const { clock, cache } = options;
    this.#clock = clock;
    this.#cache = cache;
    this.#waking = new Waking(clock, options.random);
    this.#pollMs = options.pollMs;
    this.#specs = new Map(options.specs.map((spec) => [spec.key, spec]));
    this.#ttlOf = options.ttlOf;
    this.#last = new LastValues(clock);
    this.#leases = new Leases(clock, () => leaseIntervals * this.#pollMs);
    this.#leases.hold(options.watched);
    this.#loads = new Loads({
      clock,
      source: options.source,
      isWatched: (key) => this.#leases.isHeld(key),
      onRequest: options.onRequest ?? (() => {}),
      onEnd: options.onLoad ?? (() => {}),
    });
    this.#force = new ForceRefresh(clock, {
      refresh: (key, started) => this.#refreshOne(key, started),
      valueOf: (key) => this.peek(key).value,
    });
    this.#ahead = new RefreshAhead({
      clock,
      pollMs: () => this.#pollMs,
      keys: [...this.#specs.keys()],
      isActive: (key) => this.#leases.isActive(key),
      isWatched: (key) => this.#leases.isHeld(key),
      lead: (key) => this.#lead(key),
      nextTryAt: (key) => cache.peek(key).failure?.nextTryAt ?? null,
      isFreshIn: (key, ms) => this.#isFreshIn(key, ms) || this.#demand.keeps(key),
      load: (key) => this.#loadUnasked(key),
    });
    this.#demand = new Demand({
      clock,
      freshFor: (key) => freshFor(cache.peek(key)),
      lead: (key) => demandLead(cache.loadTimes(key, recentLoads), cache.peek(key).ttl ?? 0),
      load: (key) => this.#prefetch(key),
    });
    cache.on((event) => {
      const key = this.#known(event.key);
      if (!key) return;
      if (event.kind === 'set') this.#last.keep(key, cache.peek(key));
      if (isReplaced(event.kind)) this.#demand.renewed(key);
      if (event.kind === 'refresh-failed') {
        if (this.#waking.isOn) cache.resetBackOff(key);
        this.#ahead.replan(key);
      }
      if (event.kind === 'recovered') this.#retryFailing();
    });
  }

  /** Loads what main watches and starts planning. */
  start(): void {
    this.#ahead.start();
    this.loadActive();
  }

  stop(): void {
    this.#waking.stop();
    this.#ahead.stop();
    this.#demand.stop();
  }

  /** What loads sent lately. */
  get calls(): CallMeter {
    return this.#loads.calls;
  }

  /** ms between two polls. */
  get pollMs(): number {
    return this.#pollMs;
  }

  /** From now on ticks are the multiples of another interval. What is held stays; pages learn it with their next reply. */
  set pollMs(ms: number) {
    if (ms === this.#pollMs) return;
    this.#pollMs = ms;
    this.#ahead.replanAll();
  }

  get progress(): ForceRefresh['progress'] {
    return this.#force.progress;
  }

  /** An operator's poll: a counted lookup that renews the lease. While paused nothing is loaded or counted. */
  async poll<K extends ResourceKey>(key: K): Promise<Poll<ResourceValues[K]>> {
    const reading = this.#paused ? this.peek(key) : await this.#lookup(key);
    return { reading, nextTickInMs: this.#nextTickIn(), now: this.#clock.wall() };
  }

  /**
   * An API client's counted lookup, at any moment: what is asked often is loaded again before it expires. While paused
   * nothing is loaded or counted.
   */
  async ask<K extends ResourceKey>(key: K): Promise<Asked<ResourceValues[K]>> {
    const before = this.#cache.peek<Observed<ResourceValues[K]>>(key);
    const hadExpired = before.stored && !before.fresh;
    if (this.#paused) return { reading: this.peek(key), freshFor: freshFor(before), hadExpired };
    const { served, snapshot } = await this.#load(key);
    if (served === 'hit') this.#demand.hit(key);
    return { reading: this.#reading(key, snapshot, served), freshFor: freshFor(snapshot), hadExpired };
  }

  /** What is known now, without counting or loading. */
  peek<K extends ResourceKey>(key: K): Reading<ResourceValues[K]> {
    const snapshot = this.#cache.peek<Observed<ResourceValues[K]>>(key);
    return this.#reading(key, snapshot, servedByPeek(snapshot));
  }

  /** What someone looks at now. */
  activeKeys(): ResourceKey[] {
    return [...this.#specs.keys()].filter((key) => this.#leases.isActive(key));
  }

  get refreshAhead(): boolean {
    return this.#refreshAhead;
  }

  set refreshAhead(on: boolean) {
    this.#refreshAhead = on;
    this.#loadAheadIf(on && this.#cache.enabled);
  }

  /** false: every poll goes to the backend, nothing is stored or loaded ahead; the last values are known all the same. */
  get cacheOn(): boolean {
    return this.#cache.enabled;
  }

  set cacheOn(on: boolean) {
    if (on === this.#cache.enabled) return;
    this.#cache.enabled = on;
    this.#loadAheadIf(on && this.#refreshAhead);
    this.loadActive();
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Stops every load but a forced one; going on loads at once. */
  set paused(paused: boolean) {
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) this.stop();
    else this.start();
  }

  /** Refreshes past the cache; `all` means everything someone looks at. */
  forceRefresh(keys: readonly ResourceKey[] | 'all'): Promise<RefreshProgress> {
    return this.#force.run(keys === 'all' ? this.activeKeys() : keys);
  }

  /** ms before the tick at which the loads of `keys` start now, the longest of them. */
  longestLead(keys: readonly ResourceKey[]): number {
    return Math.max(...keys.map((key) => this.#lead(key)));
  }

  /**
   * Loads at once what someone looks at, and returns how many that are: none while paused, or while the cache is off
   * and there is nowhere to keep it.
   * @param among keys of the cache; without it everything
   */
  loadActive(among?: readonly string[]): number {
    const keys = this.#toReload().filter((key) => among?.includes(key) ?? true);
    for (const key of keys) this.#prefetch(key);
    return keys.length;
  }

  /** Loads a resource ahead of anybody asking, or joins its load; nothing while backing off. Never rejects. */
  async warm(key: ResourceKey): Promise<void> {
    const spec = this.#spec(key);
    await this.#cache.prefetch(key, this.#loads.aside(spec), policyOf(spec));
  }

  /** Requests that loading everything someone looks at would send. */
  callsToReload(): number {
    return this.#toReload().reduce((sum, key) => sum + this.#spec(key).callsPerLoad, 0);
  }

  /** Requests in the minute after the cache is cleared now; see `loadsInMinuteAfterClear`. */
  callsInMinuteAfterClear(): number {
    const now = this.#clock.wall();
    return this.#toReload().reduce((sum, key) => {
      const { ttl, callsPerLoad } = this.#spec(key);
      const loads = loadsInMinuteAfterClear(now, {
        pollMs: this.pollMs,
        ttl,
        loadMs: this.#cache.loadTimes(key, recentLoads).p50,
        lead: this.#ahead.on ? this.#lead(key) : null,
        polled: this.#leases.isPolled(key),
        watched: this.#leases.isHeld(key),
      });
      return sum + loads * callsPerLoad;
    }, 0);
  }

  /** Reads one resource past the cache, after a mutation that changed it. Never rejects. */
  reread(key: ResourceKey): Promise<RefreshResult> {
    return this.#refreshOne(key, () => {});
  }

  /** Nothing is loaded while the computer sleeps. */
  suspend(): void {
    this.#waking.fallAsleep();
    this.stop();
  }

  /** Back from sleep: forgets back-offs and loads once, however many events tell of it. False: this one was told. */
  resume(): boolean {
    if (!this.#waking.resume()) return false;
    this.reconnect();
    return true;
  }

  /** Backends may answer again: forgets back-offs, and loads what is not fresh at a moment of the next two seconds. */
  reconnect(): void {
    this.#waking.begin();
    this.#cache.resetBackOff();
    if (this.#paused) return;
    this.#ahead.start();
    this.#waking.soon(() => {
      for (const key of this.activeKeys()) if (!this.#isFreshIn(key, 0)) this.#prefetch(key);
    });
  }

  #loadAheadIf(on: boolean): void {
    this.#ahead.on = on;
    this.#demand.on = on;
  }

  /** With the TTL in effect now. */
  #spec(key: ResourceKey): ResourceSpec {
    const spec = this.#specs.get(key);
    if (!spec) throw new Error(`no resource ${key}`);
    const ttl = this.#ttlOf?.(key) ?? spec.ttl;
    return ttl === spec.ttl ? spec : { ...spec, ttl };
  }

  #toReload(): ResourceKey[] {
    return this.#paused || !this.#cache.enabled ? [] : this.activeKeys();
  }

  /** The resource that a key of the cache belongs to. */
  #known(key: string): ResourceKey | undefined {
    return [...this.#specs.keys()].find((known) => known === key);
  }

  #lead(key: ResourceKey): number {
    return leadOf(this.#cache.loadTimes(key, recentLoads), this.#spec(key).ttl);
  }

  #reading<T>(key: ResourceKey, snapshot: Snapshot<Observed<T>>, served: Served): Reading<T> {
    const spec = this.#spec(key);
    return this.#last.fill(spec, readingOf(spec, this.#pollMs, snapshot, served));
  }

  #nextTickIn(): number {
    return msToNextTick(this.#clock.wall(), this.#pollMs);
  }

  async #lookup<K extends ResourceKey>(key: K): Promise<Reading<ResourceValues[K]>> {
    this.#leases.renew(key);
    const { served, snapshot } = await this.#load(key);
    return this.#reading(key, snapshot, served);
  }

  async #load<K extends ResourceKey>(key: K): Promise<Lookup<Observed<ResourceValues[K]>>> {
    const lookup = await this.#cache.read(key, this.#loader(key), policyOf(this.#spec(key)));
    this.#keepUnstored(key, lookup.snapshot);
    return lookup;
  }

  /** With the cache off nothing tells of a new value: what a load brought is the last one known. */
  #keepUnstored(key: ResourceKey, snapshot: Snapshot<Observed<unknown>>): void {
    if (!this.#cache.enabled) this.#last.keep(key, snapshot);
  }

  /** A load that no page asked for: ahead of a tick, or for main's watchers. */
  #loadUnasked(key: ResourceKey): void {
    if (this.#cache.enabled) this.#prefetch(key);
    else void this.#load(key);
  }

  #isFreshIn(key: ResourceKey, ms: number): boolean {
    if (!this.#cache.enabled) {
      const tick = tickAt(this.#clock.wall(), this.pollMs);
      return this.#loads.lastAt(key) >= tick - earlyPoll; // a page has just asked for itself
    }
    const { age, ttl } = this.#cache.peek(key);
    return age !== null && ttl !== null && ttl - age > ms;
  }

  #prefetch(key: ResourceKey): void {
    void this.#cache.prefetch(key, this.#loader(key), policyOf(this.#spec(key)));
  }

  async #refreshOne(key: ResourceKey, started: () => void): Promise<RefreshResult> {
    const load = this.#loader(key);
    const { error, snapshot } = await this.#cache.refresh(
      key,
      (signal) => {
        started();
        return load(signal);
      },
      policyOf(this.#spec(key)),
    );
    this.#keepUnstored(key, snapshot);
    if (error === undefined) return { state: 'ok', message: null };
    if (isUnsupported(error)) return { state: 'not-reported', message: null };
    return { state: 'failed', message: describeError(error).message };
  }

  #loader<K extends ResourceKey>(key: K): (signal: AbortSignal) => Promise<Observed<ResourceValues[K]>> {
    return this.#loads.of<K>(this.#spec(key));
  }

  /** One resource of the backend answers again: the others need not sit out their back-off. */
  #retryFailing(): void {
    for (const key of this.activeKeys()) {
      this.#ahead.replan(key);
      if (this.#cache.peek(key).failure === null) continue;
      this.#cache.resetBackOff(key);
      if (!this.#paused) this.#prefetch(key);
    }
  }
}
