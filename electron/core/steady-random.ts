import type { Clock } from './clock.ts';

/**
 * A random source that repeats itself within each `step` ms of the wall clock. Resources of one backend that fail
 * together then draw the same jitter and keep one back-off schedule, which is what an operator is shown.
 */
export function steadyRandom(clock: Clock, random: () => number, step: number): () => number {
  let current = -1;
  let value = 0;
  return () => {
    const now = Math.floor(clock.wall() / step);
    if (now !== current) {
      current = now;
      value = random();
    }
    return value;
  };
}
