import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { Cancel, Clock } from '../clock.ts';
import { msToNextTick } from './ticks.ts';

/** ms after a tick at which main's own watchers look for themselves, when no page has asked by then. */
export const watcherDelay = 1000;
/** ms past a back-off's end, so that a timer that fires early does not find it still running. */
const afterBackOff = 5;
/** ms a value must outlive the tick by, because pages ask a little after it. */
export const marginToTick = 200;

interface RefreshAheadOptions {
  readonly clock: Clock;
  /** ms between two ticks now. */
  readonly pollMs: () => number;
  readonly keys: readonly ResourceKey[];
  /** Whether somebody looks at it: a page or one of main's watchers. */
  readonly isActive: (key: ResourceKey) => boolean;
  /** Whether main itself needs it, page or not. */
  readonly isWatched: (key: ResourceKey) => boolean;
  /** ms before the tick at which its load should start. */
  readonly lead: (key: ResourceKey) => number;
  /** UTC ms before which it is not to be tried again; null: any time. */
  readonly nextTryAt: (key: ResourceKey) => number | null;
  /** Whether what is held will still be fresh in `ms`. */
  readonly isFreshIn: (key: ResourceKey, ms: number) => boolean;
  /** Starts a load unless one runs. Never throws. */
  readonly load: (key: ResourceKey) => void;
}

/**
 * Plans the loads nobody asked for: with refresh ahead on, one shortly before each tick for what is looked at, so
 * that polls hit; with it off, one shortly after the tick for what main watches and no page has asked for.
 */
export class RefreshAhead {
  readonly #options: RefreshAheadOptions;
  readonly #timers = new Map<ResourceKey, Cancel>();
  #on = true;
  #running = false;

  constructor(options: RefreshAheadOptions) {
    this.#options = options;
  }

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    this.replanAll();
  }

  start(): void {
    this.#running = true;
    this.#planAll();
  }

  stop(): void {
    this.#running = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** Plans anew after something that moves the next try: a failure, a back-off reset, a recovery. */
  replan(key: ResourceKey): void {
    if (this.#running) this.#plan(key);
  }

  /** Plans everything anew after a change of the interval. */
  replanAll(): void {
    if (this.#running) this.#planAll();
  }

  #planAll(): void {
    for (const key of this.#options.keys) this.#plan(key);
  }

  #plan(key: ResourceKey): void {
    this.#timers.get(key)?.();
    const { clock } = this.#options;
    const nextTry = this.#options.nextTryAt(key);
    const backOff = nextTry === null ? 0 : nextTry - clock.wall();
    const delay = backOff > 0 ? backOff + afterBackOff : this.#regularDelay(key);
    this.#timers.set(
      key,
      clock.after(delay, () => this.#fire(key)),
    );
  }

  /** ms until this resource's turn: before the next tick that is still far enough away, or after it. */
  #regularDelay(key: ResourceKey): number {
    const { clock } = this.#options;
    const pollMs = this.#options.pollMs();
    const toTick = msToNextTick(clock.wall(), pollMs);
    if (!this.#on) return toTick + watcherDelay;
    const untilLoad = Math.floor(toTick - this.#options.lead(key));
    return untilLoad > 0 ? untilLoad : untilLoad + pollMs; // within the millisecond: this tick's load has just begun
  }

  #fire(key: ResourceKey): void {
    if (this.#isDue(key)) this.#options.load(key);
    this.#plan(key);
  }

  #isDue(key: ResourceKey): boolean {
    const { clock, pollMs, isActive, isWatched, isFreshIn } = this.#options;
    if (!this.#on) return isWatched(key) && !isFreshIn(key, 0);
    // A TTL above the poll spares the loads in between; a value just forced or resumed spares the next one.
    return isActive(key) && !isFreshIn(key, msToNextTick(clock.wall(), pollMs()) + marginToTick);
  }
}
