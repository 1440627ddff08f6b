import { sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { SessionStore } from './session-store.ts';
import { activeFor } from './session-user.ts';
import type { SessionUser } from './session-user.ts';
import { dueAfter, sessionKey } from './session-values.ts';

/** ms between two loads: after hours of sleep everything is due at once. */
const gap = 1000;
/** ms within which a user who turns up is noticed. */
const lookAgain = 60_000;
/** ms until a field is tried again that could not be loaded. */
const tryAgain = 300_000;

interface RefresherOptions {
  readonly store: SessionStore;
  readonly cache: TtlCache;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the user's token can be renewed without them. */
  readonly canRenew: (email: string) => boolean;
  /** Loads a field by `SessionStore.get`, it and what it needs with `ahead`. */
  readonly refresh: (email: string, field: SessionField) => Promise<unknown>;
}

interface Due {
  readonly user: SessionUser;
  readonly field: SessionField;
  /** ms until it should be loaded. */
  readonly in: number;
}

/**
 * Loads what is about to expire, of users active in the last day whose token can be renewed, one field at a time. Who has
 * to sign in again is left alone, and so is what has expired already: it is loaded when it is needed.
 */
export class SessionRefresher {
  readonly #options: RefresherOptions;
  #timer: Cancel | null = null;
  #running = false;
  #loading = false;

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  /** Also after `stop`: the app was paused, or the computer asleep. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#plan();
  }

  stop(): void {
    this.#running = false;
    this.#timer?.();
    this.#timer = null;
  }

  #plan(): void {
    if (!this.#running || this.#loading) return;
    const wait = Math.min(lookAgain, Math.max(gap, Math.ceil(this.#next()?.in ?? lookAgain)));
    this.#timer?.();
    this.#timer = this.#options.clock.after(wait, () => void this.#fire());
  }

  async #fire(): Promise<void> {
    const due = this.#next();
    if (due && due.in <= 0) {
      this.#loading = true;
      await this.#refresh(due);
      this.#loading = false;
    }
    this.#plan();
  }

  async #refresh({ user, field }: Due): Promise<void> {
    const { clock, log, refresh } = this.#options;
    user.tried.set(field, stamp(clock));
    try {
      await refresh(user.email, field);
    } catch {
      // It is still fresh, and why the load failed stands beside it on the page.
      log.debug(`Session ${user.ref}: ${field} could not be refreshed ahead of its expiry`);
    }
  }

  /** What is due first. */
  #next(): Due | null {
    const { store, clock, canRenew } = this.#options;
    let first: Due | null = null;
    for (const user of store.users) {
      if (spanSince(clock, user.lastUsed) >= activeFor || !canRenew(user.email)) continue;
      for (const field of sessionFields) {
        const wait = this.#waitFor(user, field);
        if (wait !== null && (first === null || wait < first.in)) first = { user, field, in: wait };
      }
    }
    return first;
  }

  #waitFor(user: SessionUser, field: SessionField): number | null {
    const { cache, clock } = this.#options;
    const { fresh, age, ttl, loadingFor } = cache.peek(sessionKey(user.ref, field));
    if (!fresh || age === null || ttl === null || loadingFor !== null) return null;
    const tried = user.tried.get(field);
    const wait = tried ? tryAgain - spanSince(clock, tried) : 0;
    return wait > 0 ? wait : dueAfter(ttl) - age;
  }
}
