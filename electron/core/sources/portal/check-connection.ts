import type { Clock } from '../../clock.ts';
import { createJsonClient } from '../http-json.ts';
import { SourceError } from '../source-error.ts';
import { signInToPortal } from './sign-in.ts';

const who = 'The portal';

interface PortalTarget {
  readonly url: string;
  /** null: users paste their own tokens. */
  readonly email: string | null;
  readonly password: string | null;
}

/**
 * Asks a portal once: signs in where there is an account, else looks whether it asks for a token as it should.
 * @returns what was found, as one sentence
 * @throws SourceError with what is wrong
 */
export async function checkPortal(
  { url, email, password }: PortalTarget,
  { clock, signal, onSecret }: Surroundings,
): Promise<string> {
  const client = createJsonClient({
    who,
    baseUrl: new URL(url.trim()),
    headers: {},
    secrets: password === null ? [] : [password],
    credential: email === null ? 'token' : 'e-mail address and password',
  });
  const askedAt = clock.mono();
  const took = (): string => `Portal answers in ${Math.round(clock.mono() - askedAt)} ms`;

  if (email !== null && password !== null) {
    onSecret(await signInToPortal(client, { email, password }, signal));
    return `${took()}; the service account is accepted.`;
  }
  await client.get('/paasservice/paas/engagements', signal).catch((error: unknown) => {
    const asksForToken =
      error instanceof SourceError && (error.code === 'unauthorized' || error.code === 'forbidden');
    if (!asksForToken) throw error;
  });
  if (email === null) return `${took()}; no account is given, so each user needs a token of their own.`;
  throw new SourceError('unauthorized', `${took()}, but the password of the account is missing.`);
}

interface Surroundings {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with the token that the portal hands out. */
  readonly onSecret: (secret: string) => void;
}
