import type { CacheStatistics } from '../../shared/contract/cache.ts';
import type { CacheEntry } from '../../shared/contract/explorer.ts';
import type { EntryOrigin, EntryState } from '../../shared/model/explorer.ts';
import { dash, durationText } from '../ui/format.ts';
import { spanText } from '../../shared/model/age.ts';

export const originWords: Readonly<Record<EntryOrigin, string>> = {
  miss: 'A lookup',
  prefetch: 'Ahead of a poll',
  force: 'Forced',
  set: 'Set',
  restored: 'Earlier run',
  undo: 'Put back',
};

interface Mark {
  readonly glyph: string;
  readonly word: string;
  readonly role: 'ok' | 'attention' | 'neutral';
}

/** Expired is no fault: the next lookup loads it. */
export const stateMarks: Readonly<Record<EntryState, Mark>> = {
  fresh: { glyph: '●', word: 'Fresh', role: 'ok' },
  expired: { glyph: '◔', word: 'Expired', role: 'neutral' },
  loading: { glyph: '◐', word: 'Loading', role: 'neutral' },
};

/** How much of its time is left, `since` ms after main told: "1.5 s of 3 s", "expired 12 s ago". */
export function ttlText(entry: Pick<CacheEntry, 'ttl' | 'ttlRemaining'>, since: number): string {
  if (entry.ttl === null || entry.ttlRemaining === null) return 'nothing stored yet';
  const left = entry.ttlRemaining - since;
  if (left <= 0) return `expired ${timeText(-left)} ago`;
  return `${timeText(left)} of ${timeText(entry.ttl)}`;
}

/** Short ones to the tenth of a second, in which they pass. */
function timeText(ms: number): string {
  return ms < 99_950 ? durationText(ms) : spanText(ms);
}

/** Median and 95th percentile: "0.1 ms / 0.3 ms". */
export function spreadText(spread: CacheStatistics['loadMs']): string {
  return spread.n === 0 ? dash : `${durationText(spread.p50)} / ${durationText(spread.p95)}`;
}
