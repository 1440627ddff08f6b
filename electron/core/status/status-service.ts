import type { RefreshProgress } from '../../../shared/contract/app.ts';
import type { Poll, Reading } from '../../../shared/model/reading.ts';
import type { ResourceKey, WatchedResource } from '../../../shared/model/resources.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import type { Clock } from '../clock.ts';
import type { Observed, OrchestratorSource } from '../sources/orchestrator/orchestrator-source.ts';
import { CallMeter } from './call-meter.ts';
import { ForceRefresh } from './force-refresh.ts';
import type { RefreshResult } from './force-refresh.ts';
import { Leases } from './leases.ts';
import { Limiter } from './limiter.ts';
import { LoadTimes, leadOf } from './load-times.ts';
import { describeError, isUnsupported, readingOf, servedByPeek } from './readings.ts';
import { RefreshAhead } from './refresh-ahead.ts';
import { policyOf } from './resources.ts';
import type { ResourceSpec, ResourceValues } from './resources.ts';
import { msToNextTick } from './ticks.ts';

/** Requests one backend sees at once. */
const maxInFlight = 4;
/** A poll's lease, in poll intervals. */
const leaseIntervals = 2.5;
/** ms within which a second resume event is the same resume. */
const sameResume = 2000;

/** ms since a load within which a further one ahead of the tick is not worth a request. */
const justLoaded = 1000;
/** ms a value must outlive the tick by, because pages ask a little after it. */
const marginToTick = 200;

export interface StatusOptions {
  readonly clock: Clock;
  readonly cache: TtlCache;
  readonly source: OrchestratorSource;
  readonly specs: readonly ResourceSpec[];
  readonly watched: readonly WatchedResource[];
  readonly pollMs: number;
}

interface Resource {
  readonly spec: ResourceSpec;
  readonly times: LoadTimes;
}

/** Everything that reads a backend reads it here: polls, watchers, forced refreshes, loads ahead of a tick. */
export class StatusService {
  readonly pollMs: number;
  readonly calls: CallMeter;
  readonly #clock: Clock;
  readonly #cache: TtlCache;
  readonly #source: OrchestratorSource;
  readonly #resources: ReadonlyMap<ResourceKey, Resource>;
  readonly #leases: Leases;
  readonly #limiter = new Limiter(maxInFlight);
  readonly #ahead: RefreshAhead;
  readonly #force: ForceRefresh;
  #paused = false;
  #resumedAt = -Infinity;

  constructor(options: StatusOptions) {
    const { clock, cache } = options;
    this.#clock = clock;
    this.#cache = cache;
    this.#source = options.source;
    this.pollMs = options.pollMs;
    this.calls = new CallMeter(clock);
    this.#resources = new Map(options.specs.map((spec) => [spec.key, { spec, times: new LoadTimes() }]));
    this.#leases = new Leases(clock, leaseIntervals * options.pollMs);
    this.#leases.hold(options.watched);
    this.#force = new ForceRefresh(clock, (key, started) => this.#refreshOne(key, started));
    this.#ahead = new RefreshAhead({
      clock,
      pollMs: options.pollMs,
      keys: [...this.#resources.keys()],
      isActive: (key) => this.#leases.isActive(key),
      isWatched: (key) => this.#leases.isHeld(key),
      lead: (key) => leadOf(this.#resource(key).times, this.#resource(key).spec.ttl),
      nextTryAt: (key) => cache.peek(key).failure?.nextTryAt ?? null,
      isFresh: (key) => cache.peek(key).fresh,
      isJustLoaded: (key, ms) => this.#isJustLoaded(key, ms),
      load: (key) => this.#prefetch(key),
    });
    cache.on((event) => {
      if (event.kind === 'refresh-failed') this.#replan(event.key);
      if (event.kind === 'recovered') this.#retryFailing();
    });
  }

  /** Loads what main watches and starts planning. */
  start(): void {
    this.#ahead.start();
    this.loadActive();
  }

  stop(): void {
    this.#ahead.stop();
  }

  get progress(): ForceRefresh['progress'] {
    return this.#force.progress;
  }

  /** An operator's poll: a counted lookup that renews the lease. While paused nothing is loaded or counted. */
  async poll<K extends ResourceKey>(key: K): Promise<Poll<ResourceValues[K]>> {
    const reading = this.#paused ? this.peek(key) : await this.#lookup(key);
    return { reading, nextTickInMs: this.#nextTickIn(), now: this.#clock.wall() };
  }

  /** What is known now, without counting or loading. */
  peek<K extends ResourceKey>(key: K): Reading<ResourceValues[K]> {
    const snapshot = this.#cache.peek<Observed<ResourceValues[K]>>(key);
    return readingOf(this.#resource(key).spec, this.pollMs, snapshot, servedByPeek(snapshot));
  }

  isActive(key: ResourceKey): boolean {
    return this.#leases.isActive(key);
  }

  activeKeys(): ResourceKey[] {
    return [...this.#resources.keys()].filter((key) => this.#leases.isActive(key));
  }

  get refreshAhead(): boolean {
    return this.#ahead.on;
  }

  set refreshAhead(on: boolean) {
    this.#ahead.on = on;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Stops every load but a forced one; going on loads at once. */
  set paused(paused: boolean) {
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) this.#ahead.stop();
    else this.start();
  }

  /** Refreshes past the cache; `all` means everything someone looks at. */
  forceRefresh(keys: readonly ResourceKey[] | 'all'): Promise<RefreshProgress> {
    return this.#force.run(keys === 'all' ? this.activeKeys() : keys);
  }

  /** ms before the tick at which the loads of `keys` start now, the longest of them. */
  longestLead(keys: readonly ResourceKey[]): number {
    return Math.max(...keys.map((key) => leadOf(this.#resource(key).times, this.#resource(key).spec.ttl)));
  }

  /** Loads at once everything someone looks at, and returns how many that are. */
  loadActive(): number {
    const keys = this.#paused ? [] : this.activeKeys();
    for (const key of keys) this.#prefetch(key);
    return keys.length;
  }

  /** Nothing is loaded while the computer sleeps. */
  suspend(): void {
    this.#ahead.stop();
  }

  /** Back from sleep: forgets back-offs and loads once, however many events tell of it. */
  resume(): void {
    const now = this.#clock.mono();
    if (now - this.#resumedAt < sameResume) return;
    this.#resumedAt = now;
    this.#cache.resetBackOff();
    if (!this.#paused) this.start();
  }

  #resource(key: ResourceKey): Resource {
    const resource = this.#resources.get(key);
    if (!resource) throw new Error(`no resource ${key}`);
    return resource;
  }

  #nextTickIn(): number {
    return msToNextTick(this.#clock.wall(), this.pollMs);
  }

  async #lookup<K extends ResourceKey>(key: K): Promise<Reading<ResourceValues[K]>> {
    this.#leases.renew(key);
    const { spec } = this.#resource(key);
    const { served, snapshot } = await this.#cache.read(key, this.#loader(key), policyOf(spec));
    return readingOf(spec, this.pollMs, snapshot, served);
  }

  #isJustLoaded(key: ResourceKey, ms: number): boolean {
    const { fresh, age, ttl } = this.#cache.peek(key);
    return fresh && age !== null && ttl !== null && age < justLoaded && ttl - age > ms + marginToTick;
  }

  #prefetch(key: ResourceKey): void {
    void this.#cache.prefetch(key, this.#loader(key), policyOf(this.#resource(key).spec));
  }

  async #refreshOne(key: ResourceKey, started: () => void): Promise<RefreshResult> {
    const load = this.#loader(key);
    const { error } = await this.#cache.refresh(
      key,
      (signal) => {
        started();
        return load(signal);
      },
      policyOf(this.#resource(key).spec),
    );
    if (error === undefined) return { state: 'ok', message: null };
    if (isUnsupported(error)) return { state: 'not-reported', message: null };
    return { state: 'failed', message: describeError(error).message };
  }

  #loader<K extends ResourceKey>(key: K): (signal: AbortSignal) => Promise<Observed<ResourceValues[K]>> {
    const { spec, times } = this.#resource(key);
    return (signal) =>
      this.#limiter.run(signal, async () => {
        const started = this.#clock.mono();
        this.calls.add(key, spec.callsPerLoad);
        const observed = await spec.load(this.#source, signal);
        times.add(this.#clock.mono() - started);
        // The table in resources.ts ties each key to the read of its value's type.
        return observed as Observed<ResourceValues[K]>;
      });
  }

  #replan(key: string): void {
    for (const known of this.#resources.keys()) if (known === key) this.#ahead.replan(known);
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
