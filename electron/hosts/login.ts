import { createHash, timingSafeEqual } from 'node:crypto';
import type { Role } from '../../shared/rpc/define.ts';
import { spanSince, stamp } from '../core/clock.ts';
import type { Clock, Stamp } from '../core/clock.ts';
import type { KeyHolder } from '../core/control/types.ts';

/** ms a one-time code can be swapped for a session. */
export const codeLifetime = 10 * 60_000;
const maxCodes = 20;
/** Of one key, or of all links: whoever has a key must not sign others out by signing in. */
const maxSessions = 100;
const tokenBytes = 32;
/** Cookies of one name that are looked at. */
const maxCookies = 8;

/** Same length whatever was given, so that a comparison tells nothing about the secret, not even its length. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** A signed-in browser. The object is its identity; the token itself is not kept. */
export interface Session {
  readonly tokenDigest: Buffer;
  readonly role: Role;
  /** The key that signed it in; null: a link did. */
  readonly keyId: string | null;
  /** Aborted when it is signed out. */
  readonly ended: AbortSignal;
}

export interface Login {
  /** A code for one sign-in within ten minutes. */
  newCode(): string;
  /** Swaps a code for a session token; null: unknown, used or expired. */
  redeem(code: string): string | null;
  /** The token of a new session with the role of a key. */
  admit(holder: Pick<KeyHolder, 'id' | 'role'>): string;
  /** Signs out whoever a key signed in. */
  endOf(keyId: string): void;
  /** The session that one of the tokens belongs to, or null. */
  sessionOf(tokens: readonly string[]): Session | null;
}

interface HeldSession extends Session {
  readonly ending: AbortController;
}

interface Code {
  readonly digest: Buffer;
  readonly since: Stamp;
}

/** One-time codes and sessions, in memory only: a restart signs everybody out. */
export function createLogin(options: {
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Of whoever follows a link. */
  readonly linkRole: Role;
}): Login {
  const { clock, randomBytes, linkRole } = options;
  const codes: Code[] = [];
  let sessions: HeldSession[] = [];
  const newToken = (): string => Buffer.from(randomBytes(tokenBytes)).toString('base64url');

  function end(over: readonly HeldSession[]): void {
    sessions = sessions.filter((session) => !over.includes(session));
    for (const { ending } of over) ending.abort();
  }

  function begin(role: Role, keyId: string | null): string {
    const token = newToken();
    const ending = new AbortController();
    sessions.push({ tokenDigest: digest(token), role, keyId, ended: ending.signal, ending });
    const ofSame = sessions.filter((session) => session.keyId === keyId);
    if (ofSame.length > maxSessions) end(ofSame.slice(0, 1));
    return token;
  }

  return {
    newCode() {
      const code = newToken();
      codes.push({ digest: digest(code), since: stamp(clock) });
      if (codes.length > maxCodes) codes.shift();
      return code;
    },

    redeem(code) {
      const given = digest(code);
      const index = codes.findIndex((known) => timingSafeEqual(known.digest, given));
      const [found] = index === -1 ? [] : codes.splice(index, 1);
      if (!found || spanSince(clock, found.since) > codeLifetime) return null;
      return begin(linkRole, null);
    },

    admit: ({ id, role }) => begin(role, id),
    endOf: (keyId) => end(sessions.filter((session) => session.keyId === keyId)),

    sessionOf(tokens) {
      const given = tokens.map(digest);
      const isGiven = ({ tokenDigest }: Session): boolean =>
        given.some((one) => timingSafeEqual(tokenDigest, one));
      return sessions.find(isGiven) ?? null;
    },
  };
}

/**
 * The values of the cookies of one name in a Cookie header. There may be several: another port of this machine can set
 * one with a longer path, which browsers send first.
 */
export function cookiesOf(header: string | undefined, name: string): readonly string[] {
  const values: string[] = [];
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at !== -1 && part.slice(0, at).trim() === name) values.push(part.slice(at + 1).trim());
    if (values.length === maxCookies) break;
  }
  return values;
}
