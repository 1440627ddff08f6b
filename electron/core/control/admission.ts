import { createHash } from 'node:crypto';
import { roles } from '../../../shared/rpc/define.ts';
import type { Role } from '../../../shared/rpc/define.ts';
import type { Clock } from '../clock.ts';
import type { Fault } from './answers.ts';
import { FailureLimit } from './failure-limit.ts';
import type { ControlRequest, KeyHolder, KeyRing } from './types.ts';

const challenge = { 'WWW-Authenticate': 'Bearer realm="cachedeck"' };

type Admitted =
  { readonly ok: true; readonly holder: KeyHolder } | { readonly ok: false; readonly fault: Fault };

/** Every key a request carries. Another kind of `Authorization` is a proxy's, not ours. */
function keysOf({ headers }: Pick<ControlRequest, 'headers'>): string[] {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers['authorization'] ?? '')?.[1];
  return [headers['x-api-key'], bearer].flatMap((key) => (key ? [key] : []));
}

/**
 * Who may do what. An address that gave ten different wrong keys in a minute is not listened to for the rest of it; one
 * that sent none, the same wrong one, or keys with too small a role, ten times is refused more shortly, and the right
 * key still works.
 */
export class Admission {
  readonly #keys: KeyRing;
  readonly #limit: FailureLimit;

  constructor(keys: KeyRing, clock: Clock) {
    this.#keys = keys;
    this.#limit = new FailureLimit(clock);
  }

  admit(request: Pick<ControlRequest, 'headers' | 'address'>, needed: Role): Admitted {
    const keys = keysOf(request);
    const [key, second] = keys;
    if (key === undefined) {
      return this.#refuse(`none ${request.address}`, {
        status: 401,
        code: 'unauthorized',
        detail: 'An API key is needed: X-API-KEY or Authorization: Bearer.',
        headers: challenge,
      });
    }
    const guesses = `wrong ${request.address}`;
    if (this.#limit.reached(guesses)) return this.#tooMany(guesses);
    const holder = second === undefined || second === key ? this.#keys.holderOf(key) : null;
    if (!holder) {
      // Whoever goes on with a key that was removed does not guess, and must not lock out the others of their machine.
      const again = `again ${request.address} ${digest(keys)}`;
      if (!this.#limit.has(again)) this.#limit.add(guesses);
      return this.#refuse(again, {
        status: 401,
        code: 'unauthorized',
        detail: second === undefined ? 'The API key is wrong.' : 'The two API keys are not one right key.',
        headers: challenge,
      });
    }
    if (roles.indexOf(holder.role) >= roles.indexOf(needed)) return { ok: true, holder };
    return this.#refuse(`role ${request.address}`, {
      status: 403,
      code: 'forbidden',
      detail: `This needs the role ${needed}; the key has the role ${holder.role}.`,
    });
  }

  #refuse(name: string, fault: Fault): Admitted {
    if (this.#limit.reached(name)) return this.#tooMany(name);
    this.#limit.add(name);
    return { ok: false, fault };
  }

  #tooMany(name: string): Admitted {
    const seconds = Math.max(1, Math.ceil(this.#limit.waitFor(name) / 1000));
    return {
      ok: false,
      fault: {
        status: 429,
        code: 'rate-limited',
        detail: 'Too many requests without a sufficient key. Try again later.',
        headers: { 'Retry-After': String(seconds) },
      },
    };
  }
}

/** Tells keys apart without keeping them. */
function digest(keys: readonly string[]): string {
  return createHash('sha256').update(keys.join(' ')).digest('base64url');
}
