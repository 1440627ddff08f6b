/** Cancels what was scheduled. Safe to call twice. */
export type Cancel = () => void;

/**
 * Time as the core sees it; passed in, so that tests own it.
 * `mono` never goes back but may stand still during suspend; `wall` may jump both ways.
 */
export interface Clock {
  /** UTC ms. */
  wall(): number;
  /** ms since an arbitrary start, with fractions. */
  mono(): number;
  /** Runs `task` once after `ms`. Never keeps the process alive by itself. */
  after(ms: number, task: () => void): Cancel;
}

/** A moment on both clocks. */
export interface Stamp {
  readonly wall: number;
  readonly mono: number;
}

export function stamp(clock: Clock): Stamp {
  return { wall: clock.wall(), mono: clock.mono() };
}

/**
 * ms since `from`: the larger of both clocks' differences and never negative, so that a clock set back
 * rejuvenates nothing and hours of suspend count.
 */
export function spanSince(clock: Clock, from: Stamp): number {
  return Math.max(0, clock.mono() - from.mono, clock.wall() - from.wall);
}

/** The machine's clock. */
export const systemClock: Clock = {
  wall: () => Date.now(),
  mono: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
