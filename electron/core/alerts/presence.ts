import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';

/** ms a page counts as looked at after it said so: it says it every 5 s, so that two lost words do not matter. */
const lease = 15_000;
/** Pages whose word is remembered; a name is anything a page says. */
const mostPages = 100;

/** Which pages someone looks at, as they say themselves. */
export class Presence {
  readonly #clock: Clock;
  readonly #pages = new Map<string, Stamp>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param page a random name of the page */
  say(page: string, attentive: boolean): void {
    // Anew, so that the first in the map is the one that has been silent for longest.
    this.#pages.delete(page);
    if (!attentive) return;
    this.#pages.set(page, stamp(this.#clock));
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
  }

  /** Whether someone looks at any page now. */
  get attentive(): boolean {
    for (const [page, said] of this.#pages) {
      if (spanSince(this.#clock, said) < lease) return true;
      this.#pages.delete(page);
    }
    return false;
  }
}
