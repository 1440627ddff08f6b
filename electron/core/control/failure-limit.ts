import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';

const window = 60_000;
const maxFailures = 10;
const maxNames = 3000;

/** Refusals of the last minute by name, so that a key cannot be guessed at speed. */
export class FailureLimit {
  readonly #clock: Clock;
  readonly #failures = new Map<string, Stamp[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True while `name` has used up its ten a minute. */
  reached(name: string): boolean {
    return this.#recent(name).length >= maxFailures;
  }

  /** True when `name` was refused within the minute. */
  has(name: string): boolean {
    return this.#recent(name).length > 0;
  }

  add(name: string): void {
    const recent = this.#recent(name);
    // Anew, so that the first in the map is the one that has been silent for longest.
    this.#failures.delete(name);
    this.#failures.set(name, [...recent, stamp(this.#clock)]);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > maxNames && oldest !== undefined) this.#failures.delete(oldest);
  }

  /** ms until `name` is heard again; 0: now. */
  waitFor(name: string): number {
    const recent = this.#recent(name);
    const [first] = recent;
    return recent.length < maxFailures || !first ? 0 : window - spanSince(this.#clock, first);
  }

  #recent(name: string): Stamp[] {
    const known = this.#failures.get(name);
    if (!known) return [];
    const recent = known.filter((at) => spanSince(this.#clock, at) < window);
    if (recent.length === 0) this.#failures.delete(name);
    else this.#failures.set(name, recent);
    return recent;
  }
}
