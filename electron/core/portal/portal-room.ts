import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InspectedSession, SessionComparison } from '../../../shared/contract/sessions.ts';
import { sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { TtlCache } from '../cache/ttl-cache.ts';
import type { AnswerTime } from '../cache/types.ts';
import type { Clock } from '../clock.ts';
import type { PortalTarget } from '../connect-backend.ts';
import type { EventDraft } from '../events/event-log.ts';
import { userScope } from '../history/scope-names.ts';
import type { ScopeCounters } from '../history/scope-sampler.ts';
import type { Log } from '../log.ts';
import type { CountedCache } from '../metrics/followed-cache.ts';
import { checkIsolation } from '../sessions/check-isolation.ts';
import type { Isolation } from '../sessions/check-isolation.ts';
import { compareSessions } from '../sessions/compare.ts';
import { comparisonStores } from '../sessions/comparison-stores.ts';
import { inspectSession, listSessions } from '../sessions/for-pages.ts';
import type { SessionList } from '../sessions/for-pages.ts';
import { expiringSessions } from '../sessions/expiring.ts';
import type { Expiring } from '../sessions/expiring.ts';
import { SessionFiles } from '../sessions/session-files.ts';
import { SessionRefresher } from '../sessions/session-refresher.ts';
import { SessionStore } from '../sessions/session-store.ts';
import { partsOfKey } from '../sessions/session-values.ts';
import { maskEmail, userRef } from '../sessions/user-id.ts';
import { diskFault } from '../storage/disk-fault.ts';
import { Problems } from '../storage/problems.ts';
import type { OpenStore } from '../storage/store-file.ts';
import { sessionTasks } from '../warming/session-tasks.ts';
import type { SessionTasksOptions } from '../warming/session-tasks.ts';
import type { WarmTask } from '../warming/warm-task.ts';
import { asRpcError, noPortal } from './portal-errors.ts';
import { PortalService } from './portal-service.ts';

const maxUsers = 1000;

/** The portal's call each field comes from, with what it takes in braces. */
const callOf: Readonly<Record<SessionField, string>> = {
  paas_engagement_id: 'GET /paasservice/paas/engagements',
  engagement_data: 'GET /paasservice/paas/engagements',
  ipc_engagement_id: 'GET /paasservice/paas/getIpcEngFromPaasEng/{PaaS id}',
  endpoints: 'GET /portalservice/configservice/getEndpointsByEngagement/{PaaS id}',
  business_units: 'GET /portalservice/securityservice/departments/{IPC id}',
  environments_list: 'GET /portalservice/securityservice/environmentsperengagement/{IPC id}',
  zones: 'GET /portalservice/api/v1/{IPC id}/zonelist',
};

export interface PortalRoomOptions {
  /** null: the profile has no portal. */
  readonly target: PortalTarget | null;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly freeze: boolean;
  readonly ttlOf: (field: SessionField) => number;
  /** Of this portal's sessions; null: they are kept in memory only. */
  readonly folder: string | null;
  /** Another process holds the data folder. */
  readonly readOnly: boolean;
  readonly problems: Problems;
  readonly openStore: OpenStore;
  readonly onSecret: (secret: string) => void;
  readonly record: (event: EventDraft) => void;
  /** Called with each time that answers from the sessions' cache take. */
  readonly onTime: (time: AnswerTime) => void;
  /** Called for each request to the portal with the field it is made for; null: for none, as lists are. */
  readonly onCall: (field: SessionField | null) => void;
}

/** A profile's portal with the sessions of its users. Methods throw `RpcError`. */
export class PortalRoom {
  readonly service: PortalService;
  readonly #options: PortalRoomOptions;
  readonly #cache: TtlCache;
  readonly #files: SessionFiles | null;
  readonly #store: SessionStore;
  readonly #ahead: Omit<SessionTasksOptions, 'store'>;
  readonly #refresher: SessionRefresher;

  constructor(options: PortalRoomOptions) {
    const { target, clock, random, log, freeze, ttlOf, folder, problems, openStore, readOnly, onSecret } =
      options;
    this.#options = options;
    const max = maxUsers * sessionFields.length;
    this.#cache = new TtlCache({ clock, random, log, freeze, max, onTime: options.onTime });
    this.#files = folder === null ? null : new SessionFiles({ folder, clock, problems, openStore, readOnly });
    this.#store = new SessionStore({ cache: this.#cache, clock, ttlOf, maxUsers, files: this.#files });
    const { onCall } = options;
    this.service = new PortalService({ portal: target, sessions: this.#store, clock, log, onSecret, onCall });
    this.#ahead = {
      cache: this.#cache,
      clock,
      canRenew: (email) => this.service.canRenew(userRef(email)),
      refresh: (email, field) => this.service.readField(userRef(email), field, { ahead: true }),
    };
    this.#refresher = new SessionRefresher({ ...this.#ahead, store: this.#store, log });
    for (const { email, token } of target?.tokens ?? []) this.service.signIn(email, token);
  }

  /** Takes up what an earlier run left. To be called once. */
  start(): void {
    if (this.#options.target) this.#store.restore();
    this.#cache.start();
  }

  /** Whether sessions are refreshed ahead of their expiry: not while paused or asleep. */
  set refreshing(on: boolean) {
    if (on && this.#options.target) this.#refresher.start();
    else this.#refresher.stop();
  }

  /** Cancels what is in flight, writes what is not on disk yet, and forgets every token. */
  stop(): void {
    this.#refresher.stop();
    this.service.stop();
    this.#store.stop();
    this.#cache.stop();
  }

  /** What the sessions' cache holds and counted, for looking at. */
  get cache(): CountedCache {
    return this.#cache;
  }

  /** Users of whom something is kept; null: the profile has no portal. */
  get kept(): number | null {
    if (!this.#options.target) return null;
    return new Set(this.#cache.keys().map((key) => partsOfKey(key)?.ref)).size;
  }

  /** What loads the sessions of recent users whose token renews itself. */
  toWarm(): WarmTask[] {
    return sessionTasks({ ...this.#ahead, store: this.#store });
  }

  list(): SessionList {
    return listSessions(this.#store, this.#cache);
  }

  /** What was asked for each user since the app started, or since their session was cleared. */
  counters(): ScopeCounters[] {
    return this.#store.users.map(({ ref }) => ({
      scope: userScope(ref),
      counters: this.#cache.userStatistics(ref).counters,
    }));
  }

  /** A user's address, masked; undefined: nobody of that reference is known. */
  maskedOf(ref: string): string | undefined {
    const email = this.#store.emailOf(ref);
    return email === undefined ? undefined : maskEmail(email);
  }

  inspect(ref: string): InspectedSession {
    this.#requirePortal();
    const found = inspectSession(this.#store, this.#cache, (field) => callOf[field], ref);
    if (!found) throw notKnown();
    return found;
  }

  /** Loads every field past the store. One that fails does not keep the next from it. */
  refresh(ref: string): Promise<void> {
    return this.service.refresh(ref);
  }

  /** What expires within `within` ms and cannot be refreshed ahead; null: the profile has no portal. */
  expiring(within: number): Expiring | null {
    if (!this.#options.target) return null;
    return expiringSessions(
      {
        store: this.#store,
        cache: this.#cache,
        clock: this.#options.clock,
        canRenew: (email) => this.service.canRenew(userRef(email)),
        callOf: (field) => callOf[field],
      },
      within,
    );
  }

  clear(ref: string): { removed: number } {
    const email = this.#emailOf(ref);
    const removed = this.#store.clear(email);
    this.#record(`Session of ${maskEmail(email)} cleared: ${fieldsText(removed)}`);
    return { removed };
  }

  clearAll(): { removed: number } {
    this.#requirePortal();
    const removed = this.#store.clearAll();
    this.#record(`Sessions of all users cleared: ${fieldsText(removed)}`);
    return { removed };
  }

  checkIsolation(): Promise<Isolation> {
    return checkIsolation(this.#store, this.#cache, this.#files);
  }

  /** Measures the portal's operations with and without a session store, on stores of its own. */
  async compare(ref: string, signal: AbortSignal): Promise<SessionComparison> {
    const { clock, random, openStore, ttlOf } = this.#options;
    const email = this.service.emailOf(ref);
    const folder = temporaryFolder();
    // What becomes of these files says nothing about the real ones.
    const problems = new Problems(clock);
    const stores = comparisonStores({ clock, random, problems, openStore, ttlOf, folder });
    try {
      return await compareSessions({
        portal: this.service.asker(ref),
        email,
        engagementId: this.#store.engagementId(email),
        newStore: () => stores.newStore(),
        clock,
        signal,
      });
    } catch (error) {
      throw asRpcError(error);
    } finally {
      stores.remove();
    }
  }

  #requirePortal(): void {
    if (!this.#options.target) throw noPortal();
  }

  #emailOf(ref: string): string {
    this.#requirePortal();
    const email = this.#store.emailOf(ref);
    if (email === undefined) throw notKnown();
    return email;
  }

  #record(title: string): void {
    this.#options.record({ kind: 'clear', severity: 'info', title });
  }
}

/** @throws RpcError `unavailable` */
function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'cachedeck-compare-'));
  } catch (error) {
    throw new RpcError('unavailable', `The comparison needs a temporary folder: ${diskFault(error)}.`);
  }
}

function notKnown(): RpcError {
  return new RpcError('not-found', 'Nothing is kept of such a user.');
}

function fieldsText(count: number): string {
  return `${count} ${count === 1 ? 'field' : 'fields'}`;
}
