import type { EntryOrigin } from '../../../shared/model/explorer.ts';
import { stamp, type Cancel, type Clock, type Stamp } from '../clock.ts';
import { cancelled, emptyLoad, timedOut } from './errors.ts';
import type { Loader, LoadPolicy } from './types.ts';

const defaultTimeout = 30_000;

export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/** A forced load that waits for the running one. Resolves with null when it will not start. */
export interface PendingLoad {
  readonly load: Loader<unknown>;
  readonly policy: LoadPolicy;
  readonly started: PromiseWithResolvers<Load | null>;
}

interface LoadOptions {
  readonly clock: Clock;
  readonly generation: number;
  /** How a value it stores came. */
  readonly origin: EntryOrigin;
  readonly load: Loader<unknown>;
  readonly policy: LoadPolicy;
  /** Called once, before anyone who waits goes on. */
  readonly onOutcome: (load: Load, outcome: Outcome) => void;
  /** Called when a value arrives after the load was given up. */
  readonly onLate: (load: Load, value: unknown) => void;
}

/** One run of a loader, shared by everyone who waits for it. `outcome` never rejects. */
export class Load {
  readonly startedAt: Stamp;
  readonly generation: number;
  readonly origin: EntryOrigin;
  readonly policy: LoadPolicy;
  readonly outcome: Promise<Outcome>;
  /** Lookups and refreshes that wait for the value; prefetches do not count. */
  waiters = 0;
  next: PendingLoad | null = null;
  readonly #options: LoadOptions;
  readonly #controller = new AbortController();
  readonly #resolve: (outcome: Outcome) => void;
  readonly #stopTimer: Cancel;
  #settled = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.startedAt = stamp(options.clock);
    this.generation = options.generation;
    this.origin = options.origin;
    this.policy = options.policy;
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.outcome = promise;
    this.#resolve = resolve;
    const limit = options.policy.timeout ?? defaultTimeout;
    this.#stopTimer = options.clock.after(limit, () => this.#giveUp(timedOut(limit)));
  }

  /** Calls the loader. Apart from the constructor, so that the key already holds this load by then. */
  start(): void {
    void this.#run();
  }

  /** Settles at once as cancelled and tells the loader to stop. */
  cancel(): void {
    this.#giveUp(cancelled());
  }

  async #run(): Promise<void> {
    let value: unknown;
    try {
      value = await this.#options.load(this.#controller.signal);
    } catch (error) {
      this.#settle({ ok: false, error });
      return;
    }
    if (this.#settled) {
      if (value !== undefined) this.#options.onLate(this, value);
    } else {
      this.#settle(value === undefined ? { ok: false, error: emptyLoad() } : { ok: true, value });
    }
  }

  #giveUp(error: Error): void {
    this.#settle({ ok: false, error });
    this.#controller.abort(error);
  }

  #settle(outcome: Outcome): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#stopTimer();
    this.#options.onOutcome(this, outcome);
    this.#resolve(outcome);
  }
}
