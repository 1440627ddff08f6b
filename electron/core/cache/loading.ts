import type { EntryOrigin } from '../../../shared/model/explorer.ts';
import { spanSince, stamp, type Clock } from '../clock.ts';
import { CacheError } from './errors.ts';
import type { Events } from './events.ts';
import { FailureState, type BackOff } from './failure-state.ts';
import { Load, type Outcome, type PendingLoad } from './load.ts';
import type { KeyRecord } from './records.ts';
import type { Shelf } from './shelf.ts';
import type { Statistics } from './statistics.ts';
import type { Loader, LoadPolicy } from './types.ts';

interface LoadingOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly backOff: BackOff;
  readonly statistics: Statistics;
  readonly events: Events;
  readonly shelf: Shelf;
  /** false: the cache is switched off, and whatever ends now is not stored. */
  readonly enabled: () => boolean;
}

const noGeneration = -1;

/** Runs loads: one at a time per key, at most one further forced one behind it. */
export class Loading {
  readonly #options: LoadingOptions;

  constructor(options: LoadingOptions) {
    this.#options = options;
  }

  /** Starts the key's load. The caller has seen that none runs. */
  start(record: KeyRecord, loader: Loader<unknown>, policy: LoadPolicy, origin: EntryOrigin): Load {
    record.generation += 1;
    const load = this.#create(record, loader, policy, record.generation, origin);
    record.load = load;
    load.start();
    return load;
  }

  /** Runs a loader beside the cache: nothing is shared, nothing stored, nothing backs off. */
  direct(record: KeyRecord, loader: Loader<unknown>, policy: LoadPolicy): Load {
    const load = this.#create(record, loader, policy, noGeneration, 'force');
    load.start();
    return load;
  }

  /** Runs a loader while the cache is switched off: nothing is shared or stored, but how the latest ended is known. */
  unstored(record: KeyRecord, loader: Loader<unknown>, policy: LoadPolicy): Load {
    record.generation += 1;
    const load = this.#create(record, loader, policy, record.generation, 'force');
    load.start();
    return load;
  }

  /** A load that starts now, or once the running one ended; everyone who forces meanwhile shares it. null: cancelled. */
  force(record: KeyRecord, loader: Loader<unknown>, policy: LoadPolicy): Promise<Load | null> {
    const running = record.load;
    if (running === null) {
      const load = this.start(record, loader, policy, 'force');
      load.waiters += 1; // from now on, not from when the caller goes on: a removal in between must not cancel it
      return Promise.resolve(load);
    }
    running.next ??= { load: loader, policy, started: Promise.withResolvers<Load | null>() };
    return running.next.started.promise;
  }

  /**
   * Parts the running load from its key: it may store nothing any more. Those who wait get its value, or
   * `cancelled`. Returns the forced load that waited behind it, for `resume` once the key is in its new state.
   */
  detach(record: KeyRecord, cancel: boolean): PendingLoad | null {
    record.generation += 1;
    const running = record.load;
    if (running === null) return null;
    record.load = null;
    const pending = running.next;
    running.next = null;
    if (cancel || running.waiters === 0) running.cancel();
    if (!cancel) return pending;
    pending?.started.resolve(null);
    return null;
  }

  resume(record: KeyRecord, pending: PendingLoad | null): void {
    if (pending === null) return;
    const load = this.start(record, pending.load, pending.policy, 'force');
    load.waiters += 1;
    pending.started.resolve(load);
  }

  #create(
    record: KeyRecord,
    loader: Loader<unknown>,
    policy: LoadPolicy,
    generation: number,
    origin: EntryOrigin,
  ): Load {
    const { clock, statistics } = this.#options;
    statistics.count('loads', record, policy.user);
    return new Load({
      clock,
      generation,
      origin,
      load: loader,
      policy,
      onOutcome: (load, outcome) => this.#ended(record, load, outcome),
      onLate: (load, value) => {
        if (record.generation === load.generation) this.#store(record, load, value);
      },
    });
  }

  #ended(record: KeyRecord, load: Load, outcome: Outcome): void {
    const { clock, statistics, shelf } = this.#options;
    const current = record.generation === load.generation;
    if (record.load === load) record.load = null;
    if (outcome.ok) {
      statistics.loadTime(record, load.policy.user, spanSince(clock, load.startedAt));
      shelf.share(outcome.value);
      if (current) this.#store(record, load, outcome.value);
    } else {
      const wasCancelled = outcome.error instanceof CacheError && outcome.error.code === 'cancelled';
      if (!wasCancelled) statistics.count('loadErrors', record, load.policy.user);
      if (current) this.#failed(record, load, outcome.error);
    }
    const pending = load.next;
    load.next = null;
    this.resume(record, pending);
  }

  #store(record: KeyRecord, load: Load, value: unknown): void {
    const { clock, shelf, enabled } = this.#options;
    if (enabled()) {
      shelf.put(record, {
        value: shelf.share(value),
        loadedAt: load.startedAt,
        storedAt: stamp(clock),
        ttl: load.policy.ttl,
        staleWindow: load.policy.staleWindow ?? 0,
        origin: load.origin,
        ms: spanSince(clock, load.startedAt),
      });
    }
    this.recovered(record);
  }

  /** Ends the key's run of failures. */
  recovered(record: KeyRecord): void {
    if (record.failure === null) return;
    record.failure = null;
    this.#options.events.emit('recovered', record.key, this.#options.clock.wall());
  }

  #failed(record: KeyRecord, load: Load, error: unknown): void {
    const { clock, random, backOff, events, enabled } = this.#options;
    record.failure ??= new FailureState(clock);
    const atOnce = load.policy.backOff === false || !enabled(); // switched off, every lookup tries
    record.failure.add(error, clock, atOnce ? null : backOff, random);
    events.emit('refresh-failed', record.key, clock.wall(), spanSince(clock, load.startedAt));
  }
}
