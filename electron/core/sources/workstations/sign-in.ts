import { z } from 'zod';
import type { JsonClient } from '../http-json.ts';
import { SourceError } from '../source-error.ts';

/** What a workstation manager hands out for a name and a password. */
export interface WorkstationsSession {
  readonly accessToken: string;
  /** null: the server handed none out. */
  readonly refreshToken: string | null;
  /** How long the access token is good for; null: the server does not tell. */
  readonly expiresInSeconds: number | null;
}

export interface WorkstationsAccount {
  readonly user: string;
  readonly password: string;
}

const session = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.number().positive().nullish(),
});
const account = z.object({ username: z.string().max(200), role: z.string().max(60) });

/**
 * Signs in at `POST /api/auth/login`.
 * @throws SourceError, `unauthorized` for a wrong name or password
 */
export async function signInToWorkstations(
  client: JsonClient,
  { user, password }: WorkstationsAccount,
  signal: AbortSignal,
): Promise<WorkstationsSession> {
  const reply = await client.post('/api/auth/login', signal, { username: user, password });
  return readSession(reply, 'POST /api/auth/login');
}

/**
 * Trades a refresh token for a new session at `POST /api/auth/refresh`. A server that hands out no new refresh token
 * leaves the old one in use.
 * @throws SourceError, `unauthorized` when the token counts no longer
 */
export async function renewWorkstationsSession(
  client: JsonClient,
  refreshToken: string,
  signal: AbortSignal,
): Promise<WorkstationsSession> {
  const reply = await client.post('/api/auth/refresh', signal, { refresh_token: refreshToken });
  return readSession(reply, 'POST /api/auth/refresh');
}

function readSession(reply: unknown, endpoint: string): WorkstationsSession {
  const answer = session.safeParse(reply);
  if (!answer.success) throw unexpected(endpoint);
  return {
    accessToken: answer.data.access_token,
    refreshToken: answer.data.refresh_token ?? null,
    expiresInSeconds: answer.data.expires_in ?? null,
  };
}

/** Who is signed in, by `GET /api/auth/me`. `client` sends the access token. */
export async function readAccount(
  client: JsonClient,
  signal: AbortSignal,
): Promise<{ readonly user: string; readonly role: string }> {
  const answer = account.safeParse(await client.get('/api/auth/me', signal));
  if (!answer.success) throw unexpected('GET /api/auth/me');
  return { user: answer.data.username, role: answer.data.role };
}

const claims = z.object({ role: z.string().max(60) });

/**
 * The role that an access token claims, where it is a JSON Web Token: for what is shown only, since nobody checks its
 * signature here. null: it claims none.
 */
export function roleInToken(accessToken: string): string | null {
  const payload = accessToken.split('.')[1];
  if (payload === undefined) return null;
  try {
    const answer = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    return answer.success ? answer.data.role : null;
  } catch {
    return null; // another kind of token that happens to have a dot
  }
}

function unexpected(endpoint: string): SourceError {
  return new SourceError('bad-reply', `The reply of ${endpoint} is not what a workstation manager sends.`);
}
