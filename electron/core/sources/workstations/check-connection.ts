import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { createJsonClient } from '../http-json.ts';
import type { JsonClient } from '../http-json.ts';
import { oneLine } from '../server-detail.ts';
import { SourceError } from '../source-error.ts';
import { readAccount, signInToWorkstations } from './sign-in.ts';

const who = 'The workstation manager';

interface WorkstationsTarget {
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
}

const health = z.object({ data: z.object({ status: z.string() }) });

/**
 * Asks a workstation manager once: signs in and looks as whom. Never asks `/api/status`, which can block the server for
 * minutes.
 * @returns what was found, as one sentence
 * @throws SourceError with what is wrong
 */
export async function checkWorkstations(
  { url, user, password }: WorkstationsTarget,
  { clock, signal, onSecret }: Surroundings,
): Promise<string> {
  const clientWith = (headers: Readonly<Record<string, string>>, secrets: readonly string[]): JsonClient =>
    createJsonClient({
      who,
      baseUrl: new URL(url.trim()),
      headers,
      secrets,
      credential: 'user name and password',
    });
  const askedAt = clock.mono();
  const took = (): string => `Workstation manager answers in ${Math.round(clock.mono() - askedAt)} ms`;

  if (user === null || password === null) {
    const open = clientWith({}, []);
    if (!health.safeParse(await open.get('/api/health', signal)).success) {
      throw new SourceError(
        'bad-reply',
        'The reply of GET /api/health is not what a workstation manager sends.',
      );
    }
    const missing = user === null ? 'it needs a user name and a password' : 'the password is missing';
    throw new SourceError('unauthorized', `${took()}, but ${missing}.`);
  }

  const { accessToken, refreshToken } = await signInToWorkstations(
    clientWith({}, [password]),
    { user, password },
    signal,
  );
  onSecret(accessToken);
  if (refreshToken !== null) onSecret(refreshToken);
  const signedIn = clientWith({ authorization: `Bearer ${accessToken}` }, [accessToken, password]);
  const { role } = await readAccount(signedIn, signal);
  const rights = role === 'admin' ? '' : '; its cache and metrics need the role admin';
  return `${took()}; signed in with the role ${oneLine(role) ?? 'unknown'}${rights}.`;
}

interface Surroundings {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with each token that the server hands out. */
  readonly onSecret: (secret: string) => void;
}
