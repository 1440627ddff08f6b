import { sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { spanSince } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { SessionStore } from './session-store.ts';
import { activeFor } from './session-user.ts';
import { sessionKey } from './session-values.ts';

/** Sessions that end soon, of users active in the last day who alone can sign in again. */
export interface Expiring {
  readonly sessions: number;
  /** Calls to the portal that loading them again would take. */
  readonly calls: number;
}

interface ExpiringOptions {
  readonly store: SessionStore;
  readonly cache: TtlCache;
  readonly clock: Clock;
  /** Whether the user's token is renewed without them: then so is their session, ahead of its end. */
  readonly canRenew: (email: string) => boolean;
  /** The call a field comes from; several may come from one. */
  readonly callOf: (field: SessionField) => string;
}

/**
 * Counts them without counting as a use.
 * @param within ms. A field that counts for less than twice that ends soon from half of its time on.
 */
export function expiringSessions(options: ExpiringOptions, within: number): Expiring {
  const { store, clock, canRenew, callOf } = options;
  let sessions = 0;
  let calls = 0;
  for (const { ref, email, lastUsed } of store.users) {
    if (spanSince(clock, lastUsed) >= activeFor || canRenew(email)) continue;
    const ending = sessionFields.filter((field) => endsSoon(options, ref, field, within));
    if (ending.length > 0) sessions += 1;
    calls += new Set(ending.map(callOf)).size;
  }
  return { sessions, calls };
}

function endsSoon({ cache }: ExpiringOptions, ref: string, field: SessionField, within: number): boolean {
  const { fresh, ttl, age } = cache.peek(sessionKey(ref, field));
  return fresh && ttl !== null && age !== null && ttl - age <= Math.min(within, ttl / 2);
}
