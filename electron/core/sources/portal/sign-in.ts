import { z } from 'zod';
import type { JsonClient } from '../http-json.ts';
import { oneLine } from '../server-detail.ts';
import { SourceError } from '../source-error.ts';

/** An account of the portal's service login. */
export interface PortalAccount {
  readonly email: string;
  readonly password: string;
}

const reply = z.object({ statusCode: z.number().nullish(), accessToken: z.string().min(1) });

/**
 * Signs in at `POST /portalservice/api/v1/getAuthToken`. A refusal comes with HTTP 200, `statusCode` 500 and the reason
 * in place of the token.
 * @returns the bearer token, which the portal keeps for 8 min
 * @throws SourceError, `unauthorized` for a refusal
 */
export async function signInToPortal(
  client: JsonClient,
  { email, password }: PortalAccount,
  signal: AbortSignal,
): Promise<string> {
  const answer = reply.safeParse(
    await client.post('/portalservice/api/v1/getAuthToken', signal, { email, password }),
  );
  if (!answer.success) {
    throw new SourceError(
      'bad-reply',
      'The reply of POST /portalservice/api/v1/getAuthToken is not what a portal sends.',
    );
  }
  const { statusCode, accessToken } = answer.data;
  if (statusCode === 200 || statusCode === null || statusCode === undefined) return accessToken;
  // Words are told; what could be a token after all, or repeats the password, is not.
  const words = /\s/.test(accessToken) && !accessToken.includes(password) ? oneLine(accessToken) : null;
  throw new SourceError(
    'unauthorized',
    `The portal did not sign in this account (${statusCode}${words === null ? '' : `: ${words}`}).`,
  );
}
