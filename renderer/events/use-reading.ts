import { useState, useSyncExternalStore } from 'react';

/** px the page is scrolled before someone is taken to be reading further down. */
const readingFromPx = 80;

function subscribe(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true });
  return () => window.removeEventListener('scroll', listener);
}

function scrolledDown(): boolean {
  return document.documentElement.scrollTop > readingFromPx;
}

/** A line of a list whose newest is first. */
interface Line {
  readonly at: number;
}

interface Reading<T> {
  readonly shown: readonly T[];
  /** How many newer ones wait at the top. */
  readonly waiting: number;
}

/** The newest moment of each clock that lines are told by. */
type Tops = ReadonlyMap<string, number>;

function topsOf<T extends Line>(lines: readonly T[], clockOf: (line: T) => string): Tops {
  const tops = new Map<string, number>();
  for (const line of lines) {
    const clock = clockOf(line);
    tops.set(clock, Math.max(line.at, tops.get(clock) ?? line.at));
  }
  return tops;
}

const ours = (): string => '';

/**
 * The lines of the list, without those that came in while it is read further down: they would push it away.
 * @param clockOf whose clock a line's moment is by, where there is more than ours
 */
export function useReading<T extends Line>(
  lines: readonly T[],
  clockOf: (line: T) => string = ours,
): Reading<T> {
  const down = useSyncExternalStore(subscribe, scrolledDown);
  const [tops, setTops] = useState<Tops | null>(null);
  if (!down && tops !== null) setTops(null);
  if (down && tops === null) setTops(topsOf(lines, clockOf));
  if (!down || tops === null) return { shown: lines, waiting: 0 };
  const shown = lines.filter((line) => line.at <= (tops.get(clockOf(line)) ?? line.at));
  return { shown, waiting: lines.length - shown.length };
}

export function scrollToTop(): void {
  document.documentElement.scrollTop = 0;
}
