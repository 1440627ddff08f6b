import type { Clock, Stamp } from './clock.ts';
import { spanSince, stamp } from './clock.ts';

/**
 * A random source that repeats its last number for `span` ms. Resources of one backend that fail within that time of
 * each other draw the same jitter and so keep one back-off schedule, which is what an operator is shown.
 */
export function steadyRandom(clock: Clock, random: () => number, span: number): () => number {
  let drawnAt: Stamp | null = null;
  let value = 0;
  return () => {
    if (drawnAt === null || spanSince(clock, drawnAt) >= span) {
      drawnAt = stamp(clock);
      value = random();
    }
    return value;
  };
}
