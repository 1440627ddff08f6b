import type { SessionField } from '../../../shared/model/sessions.ts';
import type { Stamp } from '../clock.ts';
import type { IdField } from './session-values.ts';

/** ms without use after which a user's session is left to expire. */
export const activeFor = 86_400_000;

/**
 * What the store knows of a user beside the values in the cache. The ids here outlive the cached ones: they say which
 * engagement everything else of the user belongs to, also when the id itself has expired.
 */
export class SessionUser {
  /** Normalised. */
  readonly email: string;
  readonly ref: string;
  readonly ids: Record<IdField, number | null> = { paas_engagement_id: null, ipc_engagement_id: null };
  /** Fields that are as an earlier run of the app left them. */
  readonly restored = new Set<SessionField>();
  /** Last tries to refresh a field ahead of its expiry. */
  readonly tried = new Map<SessionField, Stamp>();
  lastUsed: Stamp;
  /** `lastUsed.wall` as the file has it. */
  savedUse: number | null = null;
  /** Lookups and refreshes that have not ended. */
  pending = 0;
  #order = 0;
  readonly #decided: Record<IdField, number> = { paas_engagement_id: 0, ipc_engagement_id: 0 };

  constructor(email: string, ref: string, now: Stamp) {
    this.email = email;
    this.ref = ref;
    this.lastUsed = now;
  }

  /** A number for something that begins now, for `decide`. */
  begin(): number {
    this.#order += 1;
    return this.#order;
  }

  /**
   * Whether an id that was asked for at `begun` may count: not when a choice or a later request has decided since. The
   * same id again changes nothing and always may.
   */
  mayDecide(id: IdField, value: number, begun: number): boolean {
    return this.ids[id] === value || begun > this.#decided[id];
  }

  /** Takes an id. Returns whether it is another one than before. */
  decide(id: IdField, value: number, begun: number): boolean {
    const before = this.ids[id];
    this.ids[id] = value;
    this.#decided[id] = Math.max(begun, this.#decided[id]);
    if (id === 'paas_engagement_id' && before !== value) {
      // The IPC id of another engagement is none of this one's, nor is one that is being asked for.
      this.ids.ipc_engagement_id = null;
      this.#decided.ipc_engagement_id = this.begin();
    }
    return before !== null && before !== value;
  }
}
