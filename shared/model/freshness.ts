import type { Reading } from './reading.ts';

/** A source older than this many of its own intervals is late, respectively stale. */
export const lateAfterIntervals = 2;
export const staleAfterIntervals = 6;
/** Failed attempts in a row from which a source counts as failing. */
const failingAfter = 2;
/** ms a running request may take before it is worth a word. */
export const updatingAfter = 400;

export type ChipRole = 'ok' | 'attention' | 'bad' | 'neutral';

export type ChipKind =
  | 'not-reported'
  | 'not-loaded'
  | 'no-data'
  | 'paused'
  | 'stale'
  | 'failing'
  | 'late'
  | 'updating'
  | 'live'
  | 'last-session';

/** The one state shown for a source: shape, word and colour role. */
export interface Chip {
  readonly kind: ChipKind;
  readonly glyph: string;
  readonly word: string;
  readonly role: ChipRole;
}

export const chips: Readonly<Record<ChipKind, Chip>> = {
  'not-reported': { kind: 'not-reported', glyph: '–', word: 'Not reported', role: 'neutral' },
  'not-loaded': { kind: 'not-loaded', glyph: '○', word: 'Not loaded yet', role: 'neutral' },
  'no-data': { kind: 'no-data', glyph: '✕', word: 'No data', role: 'bad' },
  paused: { kind: 'paused', glyph: '❚❚', word: 'Paused', role: 'neutral' },
  stale: { kind: 'stale', glyph: '▲', word: 'Stale', role: 'attention' },
  failing: { kind: 'failing', glyph: '✕', word: 'Failing', role: 'attention' },
  late: { kind: 'late', glyph: '◔', word: 'Late', role: 'attention' },
  updating: { kind: 'updating', glyph: '◐', word: 'Updating', role: 'ok' },
  live: { kind: 'live', glyph: '●', word: 'Live', role: 'ok' },
  'last-session': { kind: 'last-session', glyph: '↺', word: 'Last session', role: 'neutral' },
};

interface ChipContext {
  /** ms since the value was observed, now; null when there is no value. */
  readonly age: number | null;
  readonly paused: boolean;
}

/**
 * Derives the chip of a reading; the first that applies wins. Thresholds count in the resource's own interval,
 * so that a list cached for 300 s is not stale after 30.
 */
export function chipOf(reading: Reading<unknown>, { age, paused }: ChipContext): Chip {
  if (!reading.supported) return chips['not-reported'];
  const failures = reading.failure?.count ?? 0;
  if (age === null) return failures > 0 ? chips['no-data'] : chips['not-loaded'];
  if (paused) return chips.paused;
  if (age >= staleAfterIntervals * reading.interval) return chips.stale;
  if (failures >= failingAfter) return chips.failing;
  if (age > lateAfterIntervals * reading.interval) return chips.late;
  if ((reading.updatingFor ?? 0) > updatingAfter) return chips.updating;
  if (reading.served === 'restored') return chips['last-session'];
  return chips.live;
}

/** Whether what a reading holds is what the backend says now. */
export function isFresh(reading: Reading<unknown>): boolean {
  return (
    reading.age !== null &&
    reading.failure === null &&
    reading.served !== 'restored' &&
    reading.age <= lateAfterIntervals * reading.interval
  );
}
