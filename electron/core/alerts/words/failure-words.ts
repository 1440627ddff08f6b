import type { Failure } from '../../../../shared/model/reading.ts';

/** What the sentences of a broken connection tell apart, in few words. */
const connectionWords: readonly (readonly [RegExp, string])[] = [
  [/connection refused/, 'connection refused'],
  [/DNS/, 'name not found'],
  [/no route/, 'no route'],
  [/closed the connection/, 'connection closed'],
];

/**
 * A failure in a few words. Nothing of what a server wrote is in them, so that no address or token can be: notifications
 * are read over shoulders and kept by the system.
 */
export function failureWords({ code, message }: Failure): string {
  switch (code) {
    case 'unreachable':
      return connectionWords.find(([pattern]) => pattern.test(message))?.[1] ?? 'no connection';
    case 'timeout':
      return 'timeout';
    case 'unauthorized':
      return 'not signed in (401)';
    case 'forbidden':
      return 'not allowed (403)';
    case 'not-found':
      return 'not offered';
    case 'rate-limited':
      return 'too many requests';
    case 'server-error':
      return 'server error';
    case 'bad-reply':
      return 'unreadable reply';
    case 'tls':
      return 'certificate not accepted';
    case 'cancelled':
      return 'cancelled';
  }
}

/** "Last 4 tries failed: timeout." */
export function triesSentence(failure: Failure | null): string | null {
  if (!failure) return null;
  const tries = failure.count === 1 ? 'Last try' : `Last ${failure.count} tries`;
  return `${tries} failed: ${failureWords(failure)}.`;
}
