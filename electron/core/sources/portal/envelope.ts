import type { FailureCode } from '../../../../shared/model/reading.ts';
import { Redactor } from '../../logs/redact.ts';
import { isRecord, oneLine } from '../server-detail.ts';
import { SourceError } from '../source-error.ts';

/**
 * Opens the portal's envelope `{status, data, message, responseCode}`. HTTP 200 with status "failed" is a failure. What
 * comes without an envelope is taken as the data itself.
 * @throws SourceError with the portal's own words
 */
export function openEnvelope(reply: unknown, endpoint: string, token: string): unknown {
  if (!isRecord(reply)) return reply;
  const status = typeof reply['status'] === 'string' ? reply['status'].toLowerCase() : null;
  if (status === 'failed' || status === 'failure' || status === 'error') {
    const words = ownWords(reply['message'] ?? reply['data'], token);
    const code = Number(reply['responseCode'] ?? NaN);
    throw new SourceError(
      codeOf(code),
      words === null
        ? `The portal failed ${endpoint} without a reason${Number.isNaN(code) ? '' : ` (${code})`}.`
        : `The portal failed ${endpoint}: ${words}.`,
    );
  }
  return 'data' in reply ? reply['data'] : reply;
}

/** What the portal says, as one short line without secrets and e-mail addresses; null: nothing usable. */
export function ownWords(said: unknown, token: string): string | null {
  if (typeof said !== 'string') return null;
  const redactor = new Redactor();
  redactor.add(token);
  return oneLine(redactor.clean(said));
}

/** What the portal's own number means; it follows HTTP's. */
function codeOf(responseCode: number): FailureCode {
  switch (responseCode) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 429:
      return 'rate-limited';
    default:
      return 'server-error';
  }
}
