import { sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { stamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { FoundSession } from './session-files.ts';
import { SessionUser } from './session-user.ts';
import { sessionKey } from './session-values.ts';
import type { SessionValues } from './session-values.ts';
import type { StoredSession } from './stored-session.ts';

type StoredField<F extends SessionField> = {
  value: SessionValues[F];
  loadedAt: number;
  storedAt: number;
} | null;

/** What a user's file has to hold now: what is fresh. null: nothing is. */
export function sessionContent(user: SessionUser, cache: TtlCache, clock: Clock): StoredSession | null {
  const now = clock.wall();
  let held = false;
  // The wall clock may have been set since a value was loaded: its age counts, not what the clock said then.
  const stored = <F extends SessionField>(field: F): StoredField<F> => {
    const { value, fresh, age, dataAge } = cache.peek<SessionValues[F]>(sessionKey(user.ref, field));
    if (!fresh || value === undefined || age === null || dataAge === null) return null;
    held = true;
    return { value, loadedAt: now - dataAge, storedAt: now - age };
  };
  const fields = {
    paas_engagement_id: stored('paas_engagement_id'),
    engagement_data: stored('engagement_data'),
    ipc_engagement_id: stored('ipc_engagement_id'),
    endpoints: stored('endpoints'),
    business_units: stored('business_units'),
    environments_list: stored('environments_list'),
    zones: stored('zones'),
  };
  if (!held) return null;
  return {
    email: user.email,
    savedAt: now,
    lastUsedAt: user.lastUsed.wall,
    paasId: user.ids.paas_engagement_id,
    ipcId: user.ids.ipc_engagement_id,
    ...fields,
  };
}

/**
 * Takes a user's file into the cache, each field with its true age; what has expired is left out. A file from a time to
 * come tells no ages: all of it has expired.
 */
export function restoreSession(
  { ref, session }: FoundSession,
  cache: TtlCache,
  clock: Clock,
  ttlOf: (field: SessionField) => number,
): SessionUser {
  const now = stamp(clock);
  const unused = Math.max(0, now.wall - session.lastUsedAt);
  const lastUsed = { wall: now.wall - unused, mono: now.mono - unused };
  const user = new SessionUser(session.email, ref, lastUsed);
  user.ids.paas_engagement_id = session.paasId;
  user.ids.ipc_engagement_id = session.ipcId;
  if (session.savedAt > now.wall) return user;
  for (const field of sessionFields) {
    const stored = session[field];
    const ttl = ttlOf(field);
    if (stored === null || stored.storedAt > now.wall || now.wall - stored.storedAt >= ttl) continue;
    cache.restore(sessionKey(ref, field), { ...stored, ttl });
    user.restored.add(field);
  }
  return user;
}
