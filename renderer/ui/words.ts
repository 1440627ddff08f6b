import type { Chip } from '../../shared/model/freshness.ts';
import type { FailureCode, Served } from '../../shared/model/reading.ts';
import { ageText } from '../../shared/model/age.ts';
import type { Source } from '../live/source.ts';

/** Why a source has no data, in a word or two. */
export const failureWords: Readonly<Record<FailureCode, string>> = {
  unreachable: 'cannot be reached',
  timeout: 'timed out',
  unauthorized: 'API key rejected (401)',
  forbidden: 'not allowed (403)',
  'not-found': 'not found (404)',
  'rate-limited': 'rate limited (429)',
  'server-error': 'server error',
  'bad-reply': 'unreadable reply',
  tls: 'certificate problem',
  cancelled: 'cancelled',
};

/** Why a source could not be read, in a word or two; null: it could. */
export function failureWordsOf({ reading, polled }: Source<unknown>): string | null {
  const code = reading.failure?.code;
  if (code === undefined) return null;
  return code === 'unauthorized' && polled.credential === 'account'
    ? 'sign-in needed (401)'
    : failureWords[code];
}

/** Where the shown value came from. */
export const servedWords: Readonly<Record<Served, string>> = {
  hit: 'from the app cache',
  miss: 'from the backend',
  coalesced: 'from the backend, sharing a running load',
  bypass: 'from the backend, past the cache',
  'last-good': 'last good value, because the load failed',
  restored: 'from the last session',
  none: 'nothing to show yet',
};

/** What a chip says behind its word: its age, or the reason why there is none. */
export function chipDetail(chip: Chip, age: number | null, reason: string | null): string | null {
  switch (chip.kind) {
    case 'no-data':
      return reason;
    case 'not-reported':
    case 'not-loaded':
      return null;
    case 'failing':
      return age === null ? null : `showing ${old(age)}`;
    case 'paused':
    case 'stale':
    case 'late':
    case 'updating':
    case 'live':
    case 'last-session':
      return age === null ? null : old(age);
  }
}

function old(age: number): string {
  const text = ageText(age);
  return text === 'just now' ? text : `${text} old`;
}
