import { useSyncExternalStore } from 'react';
import { maxHistoryPoints } from '../../shared/model/history.ts';
import { remember, remembered } from '../live/remembered.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The times charts can show, newest at the right edge. */
export const spans = {
  '15m': 15 * minute,
  '1h': hour,
  '6h': 6 * hour,
  '24h': day,
  '7d': 7 * day,
} as const;
export type Span = keyof typeof spans;
export const spanNames = Object.keys(spans) as readonly Span[];

/** What is shown: the last so much, or from one moment to another (UTC ms). */
export type TimeRange = Span | { readonly from: number; readonly to: number };

/** The longest range that can be asked for: what the history keeps at most. */
export const longestRange = 90 * day;
/** The shortest: a few polls. */
export const shortestRange = minute;

/** In words, within a sentence: "the last 15 minutes". */
export const spanWords: Readonly<Record<Span, string>> = {
  '15m': 'the last 15 minutes',
  '1h': 'the last hour',
  '6h': 'the last 6 hours',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
};

/** ms between two samples of the finest history. */
export const sampleMs = 5000;

/**
 * The bounds of a range, UTC ms. A moving one ends at the latest whole step, so that between two steps it is the same
 * range and nothing is asked or drawn again.
 */
export function boundsOf(range: TimeRange, now: number): { readonly from: number; readonly to: number } {
  if (typeof range !== 'string') return range;
  const step = stepOf(range);
  const to = Math.floor(now / step) * step;
  return { from: to - spans[range], to };
}

/** ms after which a range has moved on by enough to be drawn again; a fixed one never does. */
export function stepOf(range: TimeRange): number {
  if (typeof range !== 'string') return Number.POSITIVE_INFINITY;
  return Math.min(
    minute,
    Math.max(sampleMs, Math.floor(spans[range] / maxHistoryPoints / sampleMs) * sampleMs),
  );
}

const listeners = new Set<() => void>();
let current: TimeRange = restored();

function restored(): TimeRange {
  const name = remembered('range');
  return spanNames.find((span) => span === name) ?? '15m';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The range all charts of this window show. A custom one is not kept for the next start. */
export function useTimeRange(): TimeRange {
  return useSyncExternalStore(subscribe, () => current);
}

export function showRange(range: TimeRange): void {
  current = range;
  if (typeof range === 'string') remember('range', range);
  for (const listener of listeners) listener();
}
