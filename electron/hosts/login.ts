import { createHash, timingSafeEqual } from 'node:crypto';
import { spanSince, stamp } from '../core/clock.ts';
import type { Clock, Stamp } from '../core/clock.ts';

/** ms a one-time code can be swapped for a session. */
export const codeLifetime = 10 * 60_000;
const maxCodes = 20;
const maxSessions = 100;
const tokenBytes = 32;

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
  /** The session a token belongs to, or null. */
  sessionOf(token: string | null): Session | null;
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

    sessionOf(token) {
      if (token === null) return null;
      const given = digest(token);
      return sessions.find((session) => timingSafeEqual(session.tokenDigest, given)) ?? null;
    },
  };
}

/** The value of one cookie in a Cookie header, or null. */
export function cookieOf(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
