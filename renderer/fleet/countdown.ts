import { spanText } from '../../shared/model/age.ts';
import { mainTimeAt } from '../live/source.ts';
import type { Source } from '../live/source.ts';
import { useTicking } from '../live/ticker.ts';

/**
 * ms that are left of a time a source gave, counted from when it said so; 0: it is over. null: no time was given.
 * @param seconds as the source told them
 */
export function leftOf(source: Source<unknown>, seconds: number | null, now: number): number | null {
  const { observedAt, loadedAt } = source.reading;
  if (seconds === null || loadedAt === null) return null;
  // A server whose clock is ahead of ours still counts from our load.
  const from = Math.min(observedAt ?? loadedAt, loadedAt);
  return Math.max(0, from + seconds * 1000 - now);
}

/** "Clears in about 42 s", counted down; the next reply decides once it is over. */
export function useClearsIn(source: Source<unknown>, seconds: number | null): string {
  return useTicking((now) => {
    const left = leftOf(source, seconds, mainTimeAt(source, now));
    if (left === null) return 'No time is given for it.';
    return left === 0
      ? 'The time given for it is over; the next reply tells.'
      : `Clears in about ${spanText(left)}.`;
  });
}
