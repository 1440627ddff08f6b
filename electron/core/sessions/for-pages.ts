import type { InspectedSession, SessionStatistics, UserSession } from '../../../shared/contract/sessions.ts';
import { sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import type { ScopeStatistics, Snapshot } from '../cache/types.ts';
import { approximateBytes } from '../cache/size.ts';
import { describeError } from '../status/readings.ts';
import type { SessionStore } from './session-store.ts';
import type { SessionUser } from './session-user.ts';
import { sessionKey, sessionNamespace } from './session-values.ts';
import { maskEmail } from './user-id.ts';

/** The most the contract lets a list be. */
const maxListed = 1000;

export interface SessionList {
  readonly users: UserSession[];
  readonly total: SessionStatistics;
  /** Approximate. */
  readonly bytes: number;
}

/** Everyone of whom something is kept or being loaded, the one used last first. Counts nothing. */
export function listSessions(store: SessionStore, cache: TtlCache): SessionList {
  const bytesOf = new Map(cache.keyStatistics().map(({ key, bytes }) => [key, bytes]));
  const users = store.users
    .map((user) => userSession(user, cache, bytesOf))
    .filter((one) => one !== null)
    .toReversed()
    .slice(0, maxListed);
  const total = cache.namespaceStatistics().find(({ namespace }) => namespace === sessionNamespace);
  return {
    users,
    total: total ? sessionStatistics(total) : none,
    bytes: users.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/**
 * One user's session field by field, with the address in full; undefined: nobody of that reference is known.
 * @param sourceOf the portal's call a field comes from
 */
export function inspectSession(
  store: SessionStore,
  cache: TtlCache,
  sourceOf: (field: SessionField) => string,
  ref: string,
): InspectedSession | undefined {
  const email = store.emailOf(ref);
  if (email === undefined) return undefined;
  const fields = sessionFields.map((field) => {
    const snapshot = cache.peek(sessionKey(ref, field));
    const { fresh, value, dataAge, loadingFor, failure } = snapshot;
    return {
      field,
      present: fresh,
      age: fresh ? dataAge : null,
      expiresIn: timeLeft(snapshot),
      bytes: fresh ? approximateBytes(value) : 0,
      source: sourceOf(field),
      loading: loadingFor !== null,
      failure: failure && describeError(failure.error),
      // Values are of closed shapes without a place for a token.
      json: fresh ? JSON.stringify(value, null, 2) : null,
    };
  });
  return { user: ref, email, fields };
}

function userSession(
  user: SessionUser,
  cache: TtlCache,
  bytesOf: ReadonlyMap<string, number>,
): UserSession | null {
  const snapshots = sessionFields.map((field) => cache.peek(sessionKey(user.ref, field)));
  const held = snapshots.filter(({ fresh }) => fresh);
  if (held.length === 0 && snapshots.every(({ loadingFor }) => loadingFor === null)) return null;
  return {
    user: user.ref,
    masked: maskEmail(user.email),
    cachedAt: least(held.map(({ loadedAt }) => loadedAt)),
    expiresIn: least(held.map(timeLeft)),
    bytes: held.reduce((sum, { key }) => sum + (bytesOf.get(key) ?? 0), 0),
    present: held.length,
    lastUsedAt: user.lastUsed.wall,
    restored: user.restored.size > 0,
    statistics: sessionStatistics(cache.userStatistics(user.ref)),
  };
}

/** ms until the value counts no longer; null: none does now. */
function timeLeft({ fresh, ttl, age }: Snapshot): number | null {
  return fresh && ttl !== null && age !== null ? ttl - age : null;
}

function least(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function sessionStatistics({ counters, callsSaved, savedMs, hit, load }: ScopeStatistics): SessionStatistics {
  const { hits, misses, coalesced, bypasses, loads, loadErrors } = counters;
  return {
    hits,
    misses,
    coalesced,
    bypasses,
    loads,
    loadErrors,
    callsSaved,
    savedMs,
    hitMs: hit,
    loadMs: load,
  };
}

const noTimes = { n: 0, p50: 0, p95: 0 };
const none: SessionStatistics = {
  hits: 0,
  misses: 0,
  coalesced: 0,
  bypasses: 0,
  loads: 0,
  loadErrors: 0,
  callsSaved: 0,
  savedMs: 0,
  hitMs: noTimes,
  loadMs: noTimes,
};
