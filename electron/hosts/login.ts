import { createHash, timingSafeEqual } from 'node:crypto';
import { spanSince, stamp } from '../core/clock.ts';
import type { Clock, Stamp } from '../core/clock.ts';

/** ms a one-time code can be swapped for a session. */
export const codeLifetime = 10 * 60_000;
const maxCodes = 20;
const maxSessions = 100;
const tokenBytes = 32;
/** Cookies of one name that are looked at. */
const maxCookies = 8;

/** Same length whatever was given, so that a comparison tells nothing about the secret, not even its length. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares two secrets in constant time. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** A signed-in browser. The object is its identity; the token itself is not kept. */
export interface Session {
  readonly tokenDigest: Buffer;
}

export interface Login {
  /** A code for one sign-in within ten minutes. */
  newCode(): string;
  /** Swaps a code for a session token; null: unknown, used or expired. */
  redeem(code: string): string | null;
  /** The session that one of the tokens belongs to, or null. */
  sessionOf(tokens: readonly string[]): Session | null;
}

interface Code {
  readonly digest: Buffer;
  readonly since: Stamp;
}

/** One-time codes and sessions, in memory only: a restart signs everybody out. */
export function createLogin(options: {
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Uint8Array;
}): Login {
  const { clock, randomBytes } = options;
  const codes: Code[] = [];
  const sessions: Session[] = [];
  const newToken = (): string => Buffer.from(randomBytes(tokenBytes)).toString('base64url');

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
      const token = newToken();
      sessions.push({ tokenDigest: digest(token) });
      if (sessions.length > maxSessions) sessions.shift();
      return token;
    },

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
