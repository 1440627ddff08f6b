import type { Clock, Stamp } from '../../../electron/core/clock.ts';
import { stamp } from '../../../electron/core/clock.ts';

export const modelTtl = 3_000;
export const modelWindow = 10_000;
const waits = [5_000, 10_000, 20_000, 40_000, 60_000];

type Kind = 'miss' | 'coalesced' | 'bypass';
interface Caller {
  readonly id: number;
  readonly kind: Kind;
}
interface Run {
  readonly call: number;
  readonly callers: Caller[];
}
interface KeyState {
  entry: { value: string; at: Stamp; expiryCounted: boolean } | null;
  running: Run | null;
  forced: Caller[] | null;
  detached: Run[];
  failure: { count: number; step: number; at: Stamp; wait: number } | null;
}
export type Result = readonly [served: string, value: string | undefined];

/** The rules of the cache in the plainest form: no promises, no store, one object per key. */
export class Model {
  readonly counters = {
    hits: 0,
    staleHits: 0,
    misses: 0,
    coalesced: 0,
    bypasses: 0,
    prefetches: 0,
    loads: 0,
    loadErrors: 0,
    expirations: 0,
    invalidations: 0,
  };
  readonly results = new Map<number, Result>();
  calls = 0;
  readonly #keys = new Map<string, KeyState>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(key: string): KeyState {
    const known = this.#keys.get(key);
    if (known) return known;
    const state: KeyState = { entry: null, running: null, forced: null, detached: [], failure: null };
    this.#keys.set(key, state);
    return state;
  }

  #since(at: Stamp): number {
    const now = stamp(this.#clock);
    return Math.max(0, now.mono - at.mono, now.wall - at.wall);
  }

  age(key: string): number | null {
    const { entry } = this.of(key);
    return entry && this.#since(entry.at);
  }

  fresh(key: string): boolean {
    return (this.age(key) ?? Infinity) < modelTtl;
  }

  backingOff(key: string): boolean {
    const { failure } = this.of(key);
    return failure !== null && this.#since(failure.at) < failure.wait;
  }

  #noteExpiry(key: string): void {
    const { entry } = this.of(key);
    if (!entry || entry.expiryCounted || this.fresh(key)) return;
    entry.expiryCounted = true;
    this.counters.expirations += 1;
  }

  #start(key: string, callers: Caller[]): void {
    this.of(key).running = { call: this.calls, callers };
    this.calls += 1;
    this.counters.loads += 1;
  }

  get(key: string): string | undefined {
    if (this.fresh(key)) {
      this.counters.hits += 1;
      return this.of(key).entry?.value;
    }
    this.#noteExpiry(key);
    this.counters.misses += 1;
    return undefined;
  }

  read(key: string, id: number): void {
    const state = this.of(key);
    if (state.entry && this.fresh(key)) {
      this.counters.hits += 1;
      this.results.set(id, ['hit', state.entry.value]);
      return;
    }
    this.#noteExpiry(key);
    if (state.running) state.running.callers.push({ id, kind: 'coalesced' });
    else if (this.backingOff(key)) this.#fallBack(key, { id, kind: 'miss' });
    else this.#start(key, [{ id, kind: 'miss' }]);
  }

  refresh(key: string, id: number): void {
    const state = this.of(key);
    this.counters.bypasses += 1;
    this.#resetBackOff(key);
    if (state.running) (state.forced ??= []).push({ id, kind: 'bypass' });
    else this.#start(key, [{ id, kind: 'bypass' }]);
  }

  prefetch(key: string): void {
    if (this.of(key).running || this.backingOff(key)) return;
    this.#noteExpiry(key);
    this.counters.prefetches += 1;
    this.#start(key, []);
  }

  set(key: string, value: string): void {
    this.#detach(key);
    this.#store(key, value);
    this.#startForced(key);
  }

  /** Returns how many of the keys held a value or a load. */
  remove(keys: readonly string[]): number {
    let removed = 0;
    for (const key of keys) {
      const state = this.of(key);
      if (state.entry || state.running) removed += 1;
      this.#resetBackOff(key);
      this.#detach(key);
      state.entry = null;
      this.#startForced(key);
    }
    this.counters.invalidations += removed;
    return removed;
  }

  cleanup(): number {
    let removed = 0;
    for (const [key, state] of this.#keys) {
      if (!state.entry || (this.age(key) ?? 0) < modelTtl + modelWindow) continue;
      this.#noteExpiry(key);
      state.entry = null;
      removed += 1;
    }
    return removed;
  }

  /** The nth call of a loader ends: with a value, or failing when there is none. */
  end(call: number, value: string | null): void {
    for (const [key, state] of this.#keys) {
      if (state.running?.call === call) {
        const { callers } = state.running;
        state.running = null;
        if (value === null) this.#fail(key);
        else this.#store(key, value);
        this.#conclude(key, callers, value);
        this.#startForced(key);
        return;
      }
      const detached = state.detached.find((run) => run.call === call);
      if (detached) {
        state.detached = state.detached.filter((run) => run !== detached);
        this.#conclude(key, detached.callers, value);
        return;
      }
    }
  }

  #conclude(key: string, callers: readonly Caller[], value: string | null): void {
    if (value === null) this.counters.loadErrors += 1;
    for (const caller of callers) {
      if (value === null) this.#fallBack(key, caller);
      else {
        if (caller.kind === 'miss') this.counters.misses += 1;
        if (caller.kind === 'coalesced') this.counters.coalesced += 1;
        this.results.set(caller.id, [caller.kind, value]);
      }
    }
  }

  #fallBack(key: string, { id, kind }: Caller): void {
    const { entry } = this.of(key);
    const usable = entry !== null && this.#since(entry.at) < modelTtl + modelWindow;
    this.results.set(id, usable ? ['last-good', entry.value] : ['none', undefined]);
    if (kind === 'bypass') return;
    if (usable) this.counters.staleHits += 1;
    else if (kind === 'miss') this.counters.misses += 1;
    else this.counters.coalesced += 1;
  }

  #store(key: string, value: string): void {
    this.#noteExpiry(key);
    const state = this.of(key);
    state.entry = { value, at: stamp(this.#clock), expiryCounted: false };
    state.failure = null;
  }

  #fail(key: string): void {
    const state = this.of(key);
    const step = state.failure?.step ?? 0;
    state.failure = {
      count: (state.failure?.count ?? 0) + 1,
      step: step + 1,
      at: stamp(this.#clock),
      wait: waits[Math.min(step, waits.length - 1)] ?? 0,
    };
  }

  #resetBackOff(key: string): void {
    const { failure } = this.of(key);
    if (failure) Object.assign(failure, { step: 0, wait: 0 });
  }

  /** A detached load that somebody waits for still ends for them; one that nobody waits for is cancelled. */
  #detach(key: string): void {
    const state = this.of(key);
    if (state.running && state.running.callers.length > 0) state.detached.push(state.running);
    state.running = null;
  }

  #startForced(key: string): void {
    const state = this.of(key);
    const { forced } = state;
    state.forced = null;
    if (forced) this.#start(key, forced);
  }
}
