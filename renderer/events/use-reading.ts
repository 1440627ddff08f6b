import { useState, useSyncExternalStore } from 'react';
import type { LoggedEvent } from '../../shared/contract/events.ts';

/** px the page is scrolled before someone is taken to be reading further down. */
const readingFromPx = 80;

function subscribe(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true });
  return () => window.removeEventListener('scroll', listener);
}

function scrolledDown(): boolean {
  return document.documentElement.scrollTop > readingFromPx;
}

interface Reading {
  readonly shown: readonly LoggedEvent[];
  /** How many newer ones wait at the top. */
  readonly waiting: number;
}

/** The events of the list, without those that came in while it is read further down: they would push it away. */
export function useReading(events: readonly LoggedEvent[]): Reading {
  const down = useSyncExternalStore(subscribe, scrolledDown);
  const newest = events[0]?.id ?? null;
  const [top, setTop] = useState(newest);
  if (newest !== top && (!down || top === null)) setTop(newest);
  if (!down || top === null) return { shown: events, waiting: 0 };
  const shown = events.filter(({ id }) => id <= top);
  return { shown, waiting: events.length - shown.length };
}

export function scrollToTop(): void {
  document.documentElement.scrollTop = 0;
}
