import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import type { AppTime } from './types.ts';

/** ms between two ticks from which the app was not running in between: it slept, or its clock was set. */
const gapFrom = 10_000;
/** ms by which both clocks may differ within one span without one of them having been set. */
const jitter = 1000;

/** What a tick finds. */
export interface Tick {
  readonly now: AppTime;
  /** ms since the tick before, if that is a gap; else 0. */
  readonly gap: number;
}

/** The time alerts are measured in, see `AppTime`: it never goes back, and hours of suspend count. */
export class AppClock {
  readonly #clock: Clock;
  #now: AppTime;
  #at: Stamp;
  #tickedAt: AppTime;
  /** ms by which this time is ahead of the wall clock. */
  #ahead = 0;

  /** @param earliest what an earlier run had reached: a clock set back between two runs does not go back either. */
  constructor(clock: Clock, earliest: AppTime = 0) {
    this.#clock = clock;
    this.#at = stamp(clock);
    this.#now = Math.max(this.#at.wall, earliest);
    this.#ahead = this.#now - this.#at.wall;
    this.#tickedAt = this.#now;
  }

  now(): AppTime {
    const moved = this.#now + spanSince(this.#clock, this.#at);
    this.#at = stamp(this.#clock);
    // Along the wall clock where it was not set: spans added up by the second drift away from it.
    const expected = this.#at.wall + this.#ahead;
    const followed = expected >= this.#now && Math.abs(expected - moved) < jitter;
    this.#now = followed ? expected : moved;
    this.#ahead = this.#now - this.#at.wall;
    return this.#now;
  }

  /** To be called about once a second. */
  tick(): Tick {
    const now = this.now();
    const span = now - this.#tickedAt;
    this.#tickedAt = now;
    return { now, gap: span > gapFrom ? span : 0 };
  }

  /** The wall clock's UTC ms of a time on this clock, for pages and people. */
  wallOf(time: AppTime): number {
    return time - this.#ahead;
  }

  /** This clock's time of the wall clock's UTC ms. */
  ofWall(at: number): AppTime {
    return at + this.#ahead;
  }
}
