import { SourceError } from '../source-error.ts';

/**
 * Python releases read only the first, the seed names the second, version 2 takes either: so both are sent.
 * @throws SourceError 'unauthorized' for a key that no header can carry.
 */
export function authHeaders(apiKey: string | null): Record<string, string> {
  if (apiKey === null) return {};
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new SourceError('unauthorized', 'The API key holds characters that no HTTP header can carry.');
  }
  return { authorization: `Bearer ${apiKey}`, 'x-api-key': apiKey };
}
