import type { SessionStatistics } from '../../shared/contract/sessions.ts';
import type { FailureCode } from '../../shared/model/reading.ts';
import { spanText } from '../../shared/model/age.ts';
import { spanBetween } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';

/** Lookups of operators; forced refreshes are none. */
export function lookupsOf({ hits, misses, coalesced }: SessionStatistics): number {
  return hits + misses + coalesced;
}

/** "23 h 12 min", "expired": the time left at `now` of what had `left` ms at `at`. */
export function timeLeft(left: number, at: Stamp, now: Stamp): string {
  const ms = left - spanBetween(at, now);
  return ms <= 0 ? 'expired' : spanText(ms);
}

/** Why a field was not loaded, in a word or two. */
export const loadFailureWords: Readonly<Record<FailureCode, string>> = {
  unreachable: 'portal cannot be reached',
  timeout: 'timed out',
  unauthorized: 'needs sign-in',
  forbidden: 'not allowed',
  'not-found': 'not found',
  'rate-limited': 'rate limited',
  'server-error': 'server error',
  'bad-reply': 'unreadable reply',
  tls: 'certificate problem',
  cancelled: 'cancelled',
};
