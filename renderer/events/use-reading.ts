import { useState, useSyncExternalStore } from 'react';
import type { Origin, ShownEvent } from './shown-event.ts';

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
  readonly shown: readonly ShownEvent[];
  /** How many newer ones wait at the top. */
  readonly waiting: number;
}

/** The newest moment of each origin: they have clocks of their own. */
type Tops = ReadonlyMap<Origin, number>;

function topsOf(events: readonly ShownEvent[]): Tops {
  const tops = new Map<Origin, number>();
  for (const { origin, at } of events) tops.set(origin, Math.max(at, tops.get(origin) ?? at));
  return tops;
}

/** The events of the list, without those that came in while it is read further down: they would push it away. */
export function useReading(events: readonly ShownEvent[]): Reading {
  const down = useSyncExternalStore(subscribe, scrolledDown);
  const [tops, setTops] = useState<Tops | null>(null);
  if (!down && tops !== null) setTops(null);
  if (down && tops === null) setTops(topsOf(events));
  if (!down || tops === null) return { shown: events, waiting: 0 };
  const shown = events.filter(({ origin, at }) => at <= (tops.get(origin) ?? at));
  return { shown, waiting: events.length - shown.length };
}

export function scrollToTop(): void {
  document.documentElement.scrollTop = 0;
}
