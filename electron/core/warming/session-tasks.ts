import { sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { spanSince } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { activeFor } from '../sessions/session-user.ts';
import type { SessionUser } from '../sessions/session-user.ts';
import { sessionKey } from '../sessions/session-values.ts';
import { maskEmail } from '../sessions/user-id.ts';
import type { WarmEnd, WarmTask } from './warm-task.ts';

/** Who used theirs last come first; the others load what they need when they need it. */
const mostUsers = 20;

/** The engagement first: its call brings the id as well. */
const order: readonly SessionField[] = [
  'engagement_data',
  ...sessionFields.filter((field) => field !== 'engagement_data'),
];

export interface SessionTasksOptions {
  readonly store: Pick<SessionStore, 'users'>;
  readonly cache: TtlCache;
  readonly clock: Clock;
  /** Whether the user's token can be renewed without them. */
  readonly canRenew: (email: string) => boolean;
  /** Loads a field, it and what it needs with `ahead`. */
  readonly refresh: (email: string, field: SessionField) => Promise<unknown>;
}

/** The sessions of users active in the last day who need not sign in: what is missing of each or has expired. */
export function sessionTasks(options: SessionTasksOptions): WarmTask[] {
  const { store, clock, canRenew } = options;
  return store.users
    .filter(({ lastUsed, email }) => spanSince(clock, lastUsed) < activeFor && canRenew(email))
    .slice(-mostUsers)
    .toReversed()
    .map((user) => taskOf(options, user));
}

function taskOf({ cache, refresh }: SessionTasksOptions, user: SessionUser): WarmTask {
  const missing = (): SessionField[] =>
    order.filter((field) => !cache.peek(sessionKey(user.ref, field)).fresh);
  const load = async (signal: AbortSignal): Promise<WarmEnd> => {
    let failed: string | null = null;
    for (const field of missing()) {
      if (signal.aborted) break;
      if (cache.peek(sessionKey(user.ref, field)).fresh) continue; // a call before brought it
      try {
        await refresh(user.email, field);
      } catch (error) {
        failed ??= error instanceof Error ? error.message : 'It could not be loaded.';
      }
    }
    return failed === null ? { state: 'ok', message: null } : { state: 'failed', message: failed };
  };
  return {
    key: `session:${maskEmail(user.email)}`,
    lane: 'further',
    now: () => (missing().length === 0 ? 'fresh' : 'cold'),
    load,
  };
}
