import { useSyncExternalStore } from 'react';
import { secondAfterTick } from './schedule.ts';
import { changeNow } from './together.ts';

/** A moment on both of the page's clocks, in ms: the wall clock may jump, the monotonic one may stand still. */
export interface Stamp {
  readonly wall: number;
  readonly mono: number;
}

export function stampNow(): Stamp {
  return { wall: Date.now(), mono: performance.now() };
}

/** ms from one moment to another: the larger of both clocks' differences, never negative, as main counts it. */
export function spanBetween(from: Stamp, to: Stamp): number {
  return Math.max(0, to.mono - from.mono, to.wall - from.wall);
}

const listeners = new Set<() => void>();
let current = stampNow();
let timer: ReturnType<typeof setTimeout> | undefined;

function schedule(): void {
  timer = setTimeout(tick, secondAfterTick(performance.now()));
}

function tick(): void {
  schedule();
  current = stampNow();
  changeNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    current = stampNow();
    schedule();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

/** Calls back once a second, when the ages on the page move on. Returns the way to stop. */
export const onEachSecond: (listener: () => void) => () => void = subscribe;

/**
 * Derives a primitive from the page's one clock, once a second; the component renders again only when the
 * result differs, so a hundred ages on screen cost as much as the few that changed.
 */
export function useTicking<T extends string | number | boolean | null>(derive: (now: Stamp) => T): T {
  return useSyncExternalStore(subscribe, () => derive(current));
}
