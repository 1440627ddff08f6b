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

/** A line of a list whose newest, with the highest id, is first. */
interface Line {
  readonly id: number;
}

interface Reading<T> {
  readonly shown: readonly T[];
  /** How many newer ones wait at the top. */
  readonly waiting: number;
}

/** The lines of the list, without those that came in while it is read further down: they would push it away. */
export function useReading<T extends Line>(lines: readonly T[]): Reading<T> {
  const down = useSyncExternalStore(subscribe, scrolledDown);
  const newest = lines[0]?.id ?? null;
  const [top, setTop] = useState(newest);
  if (newest !== top && (!down || top === null)) setTop(newest);
  if (!down || top === null) return { shown: lines, waiting: 0 };
  const shown = lines.filter(({ id }) => id <= top);
  return { shown, waiting: lines.length - shown.length };
}

export function scrollToTop(): void {
  document.documentElement.scrollTop = 0;
}
