import { onTestFinished } from 'vitest';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { PortalService } from '../../../electron/core/portal/portal-service.ts';
import { SessionStore } from '../../../electron/core/sessions/session-store.ts';
import { longestSession } from '../../../shared/model/sessions.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { startScriptedPortal } from '../../support/scripted-portal.ts';
import type { Person, ScriptedPortal } from '../../support/scripted-portal.ts';

export const alice: () => Person = () => ({
  email: 'alice@example.com',
  password: null,
  tokens: ['token-of-alice'],
  engagements: [1234],
});
export const bob: () => Person = () => ({
  email: 'bob@example.com',
  password: null,
  tokens: ['token-of-bob'],
  engagements: [5678],
});
/** An engineer. */
export const erin: () => Person = () => ({
  email: 'erin@example.com',
  password: null,
  tokens: ['token-of-erin'],
  engagements: [2001, 2002, 2003],
});
export const robot: () => Person = () => ({
  email: 'Robot@example.com',
  password: 'robot-password',
  tokens: [],
  engagements: [4321],
});

export interface PortalBed {
  readonly clock: FakeClock;
  readonly server: ScriptedPortal;
  readonly cache: TtlCache;
  readonly sessions: SessionStore;
  readonly service: PortalService;
  readonly secrets: string[];
  readonly lines: string[];
}

/** A service on the real store and a real server; `account`: who signs in by itself. */
export async function portalBed(
  people: readonly Person[],
  account: Person | null = null,
): Promise<PortalBed> {
  const clock = new FakeClock();
  const server = await startScriptedPortal(people);
  const cache = new TtlCache({ clock, random: () => 0.5, freeze: true });
  const sessions = new SessionStore({ cache, clock, ttlOf: () => longestSession, files: null });
  const secrets: string[] = [];
  const { log, lines } = recordingLog();
  const service = new PortalService({
    portal: {
      url: server.url,
      uatPaths: false,
      account: account && { email: account.email, password: account.password ?? '' },
    },
    sessions,
    clock,
    log,
    onSecret: (secret) => void secrets.push(secret),
  });
  onTestFinished(() => {
    service.stop();
    sessions.stop();
    cache.stop();
  });
  return { clock, server, cache, sessions, service, secrets, lines };
}

/** The ref of `person`, signed in with their first token. */
export function signIn({ service }: PortalBed, person: Person): string {
  return service.signIn(person.email, person.tokens[0] ?? '').user;
}

/** The RpcError a call ends with; fails the test when it succeeds or throws something else. */
export async function refusalOf(call: () => unknown): Promise<RpcError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
  throw new Error('expected an RpcError, but the call succeeded');
}

/** A JSON web token with an expiry, UTC ms. */
export function webToken(expiresAt: number): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({ exp: expiresAt / 1000, sub: 'x' })}.signature`;
}
