import { everyAlert } from '../../../../shared/model/alerts.ts';
import type { AppTime } from '../types.ts';
import type { Snooze } from './api.ts';

/** What the operator has muted. */
export class Snoozes {
  readonly #snoozes = new Map<string, Snooze>();

  constructor(snoozes: readonly Snooze[]) {
    for (const snooze of snoozes) this.#snoozes.set(snooze.key, snooze);
  }

  set(key: string, until: AppTime | null, now: AppTime): void {
    this.#snoozes.set(key, { key, since: now, until });
  }

  delete(key: string): void {
    this.#snoozes.delete(key);
  }

  /** Ends those whose time has come. */
  expire(now: AppTime): void {
    for (const { key, until } of this.#snoozes.values()) {
      if (until !== null && until <= now) this.#snoozes.delete(key);
    }
  }

  /** An alert is over: so is its snooze, if it was to last until then. */
  recovered(key: string): void {
    if (this.#snoozes.get(key)?.until === null) this.#snoozes.delete(key);
  }

  /** The snooze that mutes `key` for longest, its own or that of all; null: it is not muted. */
  of(key: string): Snooze | null {
    const own = this.#snoozes.get(key) ?? null;
    const every = this.#snoozes.get(everyAlert) ?? null;
    if (!own || !every) return own ?? every;
    return (own.until ?? Infinity) < (every.until ?? Infinity) ? every : own;
  }

  list(): Snooze[] {
    return [...this.#snoozes.values()].map((snooze) => ({ ...snooze }));
  }
}
