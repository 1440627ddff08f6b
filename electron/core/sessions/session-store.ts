import type { Engagement } from '../../../shared/contract/portal.ts';
import { dependants, longestSession, sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import { cancelled, checkDuration } from '../cache/errors.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import type { CacheEvent, Loader, LoadPolicy, Lookup } from '../cache/types.ts';
import { stamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { restoreSession, sessionContent } from './keep-session.ts';
import type { SessionFiles } from './session-files.ts';
import { SessionSaver } from './session-saver.ts';
import { SessionUser } from './session-user.ts';
import { dueAfter, idOf, ownValue, partsOfKey, sessionKey } from './session-values.ts';
import type { IdField, SessionValues } from './session-values.ts';
import { normaliseEmail, userRef } from './user-id.ts';

export interface SessionStoreOptions {
  /** Holds at least `maxUsers` × 7 entries. */
  readonly cache: TtlCache;
  readonly clock: Clock;
  /** ms a field counts; never above 24 h. */
  readonly ttlOf: (field: SessionField) => number;
  /** ms until a load is given up. Default 10 000. */
  readonly timeout?: number;
  /** Users kept; the one used longest ago goes first. Default 1000. */
  readonly maxUsers?: number;
  /** null: nothing outlives the app. */
  readonly files: SessionFiles | null;
}

export interface GetOptions {
  /** Loads whatever is held; a failure leaves what was there and is what the caller gets. */
  readonly forceRefresh?: boolean;
  /**
   * Nobody asked: what expires soon is to be loaded ahead of that, what does not is handed out as it is. Counts neither
   * as use nor as a lookup. To be given for the ids that the field needs, too.
   */
  readonly ahead?: boolean;
}

/** Fields that are asked for with an engagement's id. */
export type DependantField = Exclude<SessionField, 'paas_engagement_id'>;

export interface DependantOptions extends GetOptions {
  /**
   * The id `load` sends: the PaaS id, for business units, environments and zones the IPC id. When the user's engagement
   * has changed since the caller learnt it, the request is not made.
   */
  readonly of: number;
}

export interface SessionReading<T> {
  readonly value: T;
  /** ms since the start of the load that brought it. */
  readonly age: number;
  /** Start of that load, UTC ms. */
  readonly loadedAt: number;
  readonly served: 'hit' | 'miss' | 'coalesced' | 'bypass';
}

const defaultMaxUsers = 1000;
const defaultTimeout = 10_000;
/** ms by which the last use of a user on disk may be behind. */
const useNoted = 600_000;

/**
 * What is known of each portal user, field by field, each with its own age. A user is asked for by e-mail address and
 * never gets what was loaded for another, nor for an engagement other than the one that holds when the value is handed
 * over. An expired value is never served.
 */
export class SessionStore {
  readonly #options: SessionStoreOptions;
  readonly #cache: TtlCache;
  readonly #clock: Clock;
  /** By reference; the one used longest ago comes first. */
  readonly #users = new Map<string, SessionUser>();
  readonly #saver: SessionSaver | null;
  readonly #stopEvents: () => void;

  constructor(options: SessionStoreOptions) {
    const { cache, clock, files } = options;
    this.#options = options;
    this.#cache = cache;
    this.#clock = clock;
    for (const field of sessionFields) this.#ttlOf(field);
    this.#saver =
      files &&
      new SessionSaver({
        clock,
        files,
        content: (ref) => {
          const user = this.#users.get(ref);
          if (user) user.savedUse = user.lastUsed.wall;
          return user ? sessionContent(user, cache, clock) : null;
        },
      });
    this.#stopEvents = cache.on((event) => this.#follow(event));
  }

  /** Takes up what an earlier run left on disk, with its true ages. To be called once, before anyone asks. */
  restore(): void {
    const { files, maxUsers = defaultMaxUsers } = this.#options;
    const found = files?.read() ?? [];
    const byUse = found.toSorted((a, b) => a.session.lastUsedAt - b.session.lastUsedAt);
    for (const { ref } of byUse.splice(0, Math.max(0, byUse.length - maxUsers))) files?.remove(ref);
    for (const one of byUse) {
      const user = restoreSession(one, this.#cache, this.#clock, (field) => this.#ttlOf(field));
      user.savedUse = one.session.lastUsedAt;
      this.#users.set(user.ref, user);
      if (sessionFields.some((field) => one.session[field] !== null && !user.restored.has(field))) {
        this.#saver?.changed(user.ref); // what has expired has no business on the disk
      }
    }
  }

  /**
   * A field of a user, loaded where nothing fresh is held; many who ask at once share one load.
   * @throws UserIdError for a blank address; the load's own error; CacheError `cancelled` when the user logged out or the
   * engagement changed meanwhile, `timeout`, or `bad-reply` for a value of another shape. Another try may succeed.
   */
  get(
    email: string,
    field: 'paas_engagement_id',
    load: Loader<number>,
    options?: GetOptions,
  ): Promise<SessionReading<number>>;
  get<F extends DependantField>(
    email: string,
    field: F,
    load: Loader<SessionValues[F]>,
    options: DependantOptions,
  ): Promise<SessionReading<SessionValues[F]>>;
  async get<F extends SessionField>(
    email: string,
    field: F,
    load: Loader<SessionValues[F]>,
    options: GetOptions & { readonly of?: number } = {},
  ): Promise<SessionReading<SessionValues[F]>> {
    const user = options.ahead ? this.#open(email) : this.#use(email);
    const of = options.of ?? null;
    if (!this.#belongs(user, field, of)) throw cancelled();
    user.pending += 1;
    let lookup: Lookup<SessionValues[F]>;
    try {
      lookup = await this.#lookUp(user, field, this.#bound(user, field, load, of), options);
    } finally {
      user.pending -= 1;
    }
    if (!this.#belongs(user, field, of)) throw cancelled();
    const { value, served, error, snapshot } = lookup;
    if (value === undefined || served === 'none' || served === 'last-good') throw error;
    // An id that no longer holds would be used for requests.
    if (isId(field) && value !== user.ids[field]) throw cancelled();
    return {
      value,
      age: snapshot.dataAge ?? 0,
      loadedAt: snapshot.loadedAt ?? this.#clock.wall(),
      served: served === 'restored' ? 'hit' : served,
    };
  }

  /**
   * The operator's choice among a user's engagements. Another one than before drops everything known of the user first,
   * also what is being loaded: whoever waits for that gets `cancelled`.
   */
  setEngagement(email: string, engagement: Engagement): void {
    const user = this.#use(email);
    const begun = user.begin();
    if (user.ids.paas_engagement_id !== engagement.id) this.#drop(user, sessionFields, true);
    // The list of engagements may be on its way to decide otherwise.
    else this.#drop(user, ['paas_engagement_id', 'engagement_data'], true);
    user.decide('paas_engagement_id', engagement.id, begun);
    this.#keep(user, 'paas_engagement_id', engagement.id);
    this.#keep(user, 'engagement_data', ownValue('engagement_data', engagement));
    this.#saver?.save(user.ref);
  }

  /** The engagement that everything known of the user belongs to; null: none is known. */
  engagementId(email: string): number | null {
    return this.#users.get(userRef(email))?.ids.paas_engagement_id ?? null;
  }

  /** Lets the next lookups of the user load at once, after a failure that is over: they signed in anew. */
  resetBackOff(email: string): void {
    const ref = userRef(email);
    for (const field of sessionFields) this.#cache.resetBackOff(sessionKey(ref, field));
  }

  /**
   * Drops what is kept of a user. Loads in flight end for those who wait, but nothing of them is kept.
   * @returns how many fields were kept or being loaded
   */
  clear(email: string): number {
    const user = this.#users.get(userRef(email));
    if (!user) return 0;
    const removed = this.#drop(user, sessionFields, false);
    this.#saver?.forget(user.ref);
    return removed;
  }

  /** `clear` for every user. */
  clearAll(): number {
    let removed = 0;
    for (const user of this.#users.values()) removed += this.#drop(user, sessionFields, false);
    this.#saver?.forgetAll();
    return removed;
  }

  /** Forgets a user altogether. Whoever waits for a load of theirs gets `cancelled`. */
  logout(email: string): void {
    const user = this.#users.get(userRef(email));
    if (user) this.#forget(user);
  }

  /** The users, the one used longest ago first; not to be changed by callers. */
  get users(): readonly SessionUser[] {
    return [...this.#users.values()];
  }

  /** The address behind a reference; undefined: nobody known. */
  emailOf(ref: string): string | undefined {
    return this.#users.get(ref)?.email;
  }

  /** Writes what is not on disk yet and keeps nothing more. */
  stop(): void {
    this.#stopEvents();
    this.#saver?.stop();
  }

  #lookUp<T>(
    user: SessionUser,
    field: SessionField,
    load: Loader<T>,
    options: GetOptions,
  ): Promise<Lookup<T>> {
    const key = sessionKey(user.ref, field);
    const policy: LoadPolicy = {
      ttl: this.#ttlOf(field),
      timeout: this.#options.timeout ?? defaultTimeout,
      user: user.ref,
    };
    if (options.forceRefresh) return this.#cache.refresh(key, load, policy);
    return options.ahead ? this.#lookAhead(key, load, policy) : this.#cache.read(key, load, policy);
  }

  async #lookAhead<T>(key: string, load: Loader<T>, policy: LoadPolicy): Promise<Lookup<T>> {
    const held = this.#cache.peek<T>(key);
    if (held.fresh && held.age !== null && held.age < dueAfter(held.ttl ?? 0)) {
      return { value: held.value, served: 'hit', snapshot: held, error: undefined };
    }
    const snapshot = await this.#cache.prefetch(key, load, policy);
    const { value, fresh, failure } = snapshot;
    return fresh && failure === null
      ? { value, served: 'miss', snapshot, error: undefined }
      : { value: undefined, served: 'none', snapshot, error: failure?.error ?? cancelled() };
  }

  /** A load that is worth nothing once the user is gone or the id it was made with no longer holds. */
  #bound<F extends SessionField>(
    user: SessionUser,
    field: F,
    load: Loader<SessionValues[F]>,
    of: number | null,
  ): Loader<SessionValues[F]> {
    return async (signal) => {
      const begun = user.begin();
      const value = ownValue(field, await load(signal));
      if (!this.#belongs(user, field, of)) throw cancelled();
      if (isId(field) && typeof value === 'number') this.#decide(user, field, value, begun);
      return value;
    };
  }

  /** Drops what another id makes worthless, before that id can be seen. */
  #decide(user: SessionUser, id: IdField, value: number, begun: number): void {
    if (!user.mayDecide(id, value, begun)) throw cancelled();
    if (user.decide(id, value, begun)) this.#drop(user, dependants[id] ?? [], true);
  }

  /** Whether the user is still here and `of` is the id that the field hangs on. */
  #belongs(user: SessionUser, field: SessionField, of: number | null): boolean {
    const id = idOf(field);
    return this.#users.get(user.ref) === user && (id === null || user.ids[id] === of);
  }

  #keep<F extends SessionField>(user: SessionUser, field: F, value: SessionValues[F]): void {
    this.#cache.set(sessionKey(user.ref, field), value, { ttl: this.#ttlOf(field) });
  }

  #drop(user: SessionUser, fields: readonly SessionField[], cancel: boolean): number {
    let dropped = 0;
    for (const field of fields) {
      if (this.#cache.delete(sessionKey(user.ref, field), { cancel })) dropped += 1;
    }
    return dropped;
  }

  #forget(user: SessionUser): void {
    // First, so that what is cancelled finds nobody to keep anything for.
    this.#users.delete(user.ref);
    this.#drop(user, sessionFields, true);
    this.#cache.forgetUser(user.ref);
    this.#saver?.forget(user.ref);
  }

  /** What becomes of values in the cache, by whatever hand, becomes of the files. */
  #follow({ kind, key }: CacheEvent): void {
    const changes =
      kind === 'set' || kind === 'delete' || kind === 'invalidate' || kind === 'evict' || kind === 'expire';
    const parts = changes ? partsOfKey(key) : null;
    const user = parts && this.#users.get(parts.ref);
    if (!user) return;
    user.restored.delete(parts.field);
    this.#saver?.changed(user.ref);
  }

  #use(email: string): SessionUser {
    const user = this.#open(email);
    user.lastUsed = stamp(this.#clock);
    // Which user was used last has to be known after a restart, but only roughly.
    if (user.savedUse !== null && user.lastUsed.wall - user.savedUse > useNoted)
      this.#saver?.changed(user.ref);
    this.#users.delete(user.ref);
    this.#users.set(user.ref, user);
    return user;
  }

  #open(email: string): SessionUser {
    const normal = normaliseEmail(email);
    const ref = userRef(normal);
    const known = this.#users.get(ref);
    if (known) return known;
    this.#makeRoom();
    const user = new SessionUser(normal, ref, stamp(this.#clock));
    this.#users.set(ref, user);
    return user;
  }

  #makeRoom(): void {
    const max = this.#options.maxUsers ?? defaultMaxUsers;
    for (const user of this.#users.values()) {
      if (this.#users.size < max) return;
      if (user.pending === 0) this.#forget(user);
    }
  }

  #ttlOf(field: SessionField): number {
    const ttl = this.#options.ttlOf(field);
    checkDuration('A session field’s ttl', ttl);
    if (ttl > longestSession) throw new RangeError('A session field counts for 24 h at most');
    return ttl;
  }
}

function isId(field: SessionField): field is IdField {
  return field === 'paas_engagement_id' || field === 'ipc_engagement_id';
}
