import type { Cancel, Clock } from '../clock.ts';

/** ms within which a second resume event is the same resume. */
const sameResume = 2000;
/** ms after waking, or after the network came back, in which failures do not back off: each tick tries again. */
const wakingFor = 60_000;
/** ms: the first loads after a sleep come at a moment within it, so that what woke together does not ask together. */
const wakeSpread = 2000;

/** What a computer's sleep and waking mean for loading. */
export class Waking {
  readonly #clock: Clock;
  readonly #random: () => number;
  #resumedAt = -Infinity;
  #wokeAt = -Infinity;
  #cancel: Cancel = () => {};

  /** @param random 0 ≤ n < 1 */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A network is back some seconds after the computer: backing off would find out long after. */
  get isOn(): boolean {
    return this.#clock.mono() - this.#wokeAt < wakingFor;
  }

  /** The next resume event is told whenever it comes: the monotonic clock may stand still until then. */
  fallAsleep(): void {
    this.#resumedAt = -Infinity;
  }

  /** False: this resume was told before, by another event. */
  resume(): boolean {
    const now = this.#clock.mono();
    if (now - this.#resumedAt < sameResume) return false;
    this.#resumedAt = now;
    return true;
  }

  /** Begins now; what was to happen after one before does not. */
  begin(): void {
    this.#wokeAt = this.#clock.mono();
    this.#cancel();
  }

  /** Runs `task` at a moment of the next two seconds. */
  soon(task: () => void): void {
    this.#cancel = this.#clock.after(this.#random() * wakeSpread, task);
  }

  stop(): void {
    this.#cancel();
  }
}
