import type { PortalContext, PortalState, VirtualMachine } from '../../../shared/contract/portal.ts';
import { sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';
import type { Log } from '../log.ts';
import type { AskPortal } from '../sessions/compare.ts';
import type { GetOptions } from '../sessions/session-store.ts';
import { createJsonClient } from '../sources/http-json.ts';
import type { ClusterList } from '../sources/portal/cluster-sites.ts';
import { createPortalSource } from '../sources/portal/portal-source.ts';
import { signInToPortal } from '../sources/portal/sign-in.ts';
import type { PortalAccount } from '../sources/portal/sign-in.ts';
import { PortalCalls } from './portal-calls.ts';
import { asRpcError, noPortal } from './portal-errors.ts';
import type { PortalSessions } from './portal-sessions.ts';
import { PortalUsers } from './portal-users.ts';
import { syncTime } from './sync-time.ts';
import type { SyncTime } from './sync-time.ts';
import { readContext } from './user-context.ts';
import { UserSession } from './user-session.ts';
import type { Listed } from './user-session.ts';

interface PortalServiceOptions {
  /** null: the profile has no portal. */
  readonly portal: {
    readonly url: string;
    readonly uatPaths: boolean;
    /** The service login; null: users paste their own tokens. */
    readonly account: PortalAccount | null;
  } | null;
  readonly sessions: PortalSessions;
  readonly clock: Clock;
  readonly log: Log;
  /** Called with every token before it is used. */
  readonly onSecret: (secret: string) => void;
  /** Called for each request with the session's field it is made for; null: for none. */
  readonly onCall?: (field: SessionField | null) => void;
}

interface Listing {
  /** Start of the operation, UTC ms. */
  readonly loadedAt: number;
  readonly engagementId: number;
}

type PortalVms = SyncTime & Listing & { vms: VirtualMachine[] };

/**
 * The portal of one profile, on behalf of one user at a time. A request carries the token of the user it is made for and
 * no other's. Methods throw `RpcError`: `unauthorized` when the user has to sign in, `conflict` when they have to choose
 * an engagement first.
 */
export class PortalService {
  readonly state: Feed<PortalState>;
  readonly #options: PortalServiceOptions;
  /** null: the profile has no portal. */
  readonly #portal: { readonly users: PortalUsers; readonly calls: PortalCalls } | null;

  constructor(options: PortalServiceOptions) {
    this.#options = options;
    const { portal, clock, log, onSecret, onCall = () => {} } = options;
    this.state = new Feed<PortalState>({ connected: false, url: null, users: [] });
    if (!portal) {
      this.#portal = null;
      return;
    }
    const baseUrl = new URL(portal.url.trim());
    const users = new PortalUsers({
      clock,
      account: portal.account,
      signIn: (account, signal) => signInToPortal(signInClient(baseUrl, account), account, signal),
      onSecret,
      onChange: () => this.#tell(),
    });
    const source = createPortalSource({ url: portal.url, uatPaths: portal.uatPaths, log, clock });
    this.#portal = { users, calls: new PortalCalls({ clock, host: baseUrl.host, source, users, onCall }) };
    this.#tell();
  }

  /** Keeps a user's own token in memory. @returns the user's ref */
  signIn(email: string, token: string): { user: string } {
    const { users } = this.#connected();
    const user = users.add(email, token);
    this.#options.sessions.resetBackOff(users.emailOf(user));
    return { user };
  }

  /** Forgets token and session of a user; what is in flight for them is cancelled. */
  signOut(user: string): void {
    const { users, calls } = this.#connected();
    const email = users.emailOf(user);
    calls.stopWork(user, 'The user signed out.');
    users.remove(user);
    this.#options.sessions.logout(email);
  }

  /** The user's context, field by field; asks for the list of engagements, and for what the store does not have. */
  async context(user: string): Promise<PortalContext> {
    return this.#inSession(user, (session) => readContext(session, this.#options.clock));
  }

  /**
   * Chooses one of the user's engagements. Everything known of the one before is dropped first, and what is in flight for
   * it is cancelled.
   * @throws RpcError `not-found` for one that the portal does not offer this user
   */
  async chooseEngagement(user: string, engagementId: number): Promise<PortalContext> {
    const { calls, users } = this.#connected();
    const listed = await this.#inSession(user, async (session) => {
      const listed = await session.engagements();
      const chosen = listed.engagements.find(({ id }) => id === engagementId);
      if (!chosen) throw new RpcError('not-found', 'The portal does not offer this engagement to the user.');
      session.throwIfStopped();
      calls.stopWork(user, 'Another engagement was chosen.');
      this.#options.sessions.setEngagement(users.emailOf(user), chosen);
      return listed;
    });
    return this.#inSession(user, (session) => readContext(session, this.#options.clock), listed);
  }

  /** The user's machines, asked for each time. `signal`: nobody waits any more. */
  async vms(user: string, signal?: AbortSignal): Promise<PortalVms> {
    return this.#inSession(user, async (session) => {
      const loadedAt = this.#options.clock.wall();
      const { vms, syncedAt } = await session.vms(signal);
      session.throwIfStopped();
      const { engagementId } = session;
      return { vms, ...syncTime(syncedAt, this.#options.clock.wall()), loadedAt, engagementId };
    });
  }

  /** The user's clusters by data centre, asked for each time. `signal`: nobody waits any more. */
  async clusters(user: string, signal?: AbortSignal): Promise<ClusterList & Listing> {
    return this.#inSession(user, async (session) => {
      const loadedAt = this.#options.clock.wall();
      const { sites, complete } = await session.clusters(signal);
      session.throwIfStopped();
      return { sites, loadedAt, complete, engagementId: session.engagementId };
    });
  }

  /** One field of a user's session, with what it needs before it. */
  async readField(user: string, field: SessionField, options: GetOptions = {}): Promise<void> {
    await this.#inSession(user, (session) => session.field(field, options));
  }

  /** @throws RpcError `unauthorized` */
  emailOf(user: string): string {
    return this.#connected().users.emailOf(user);
  }

  /** Sends single requests as the user, past the session store: for measuring. They throw `SourceError`. */
  asker(user: string): AskPortal {
    const { calls } = this.#connected();
    // Of now: after a sign-out the service account would sign in anew.
    const work = calls.workOf(user);
    return (signal, send) => calls.ask(user, 'list', [work, signal], send);
  }

  /**
   * Every field of a user's session past the store, in order. What fails keeps no other field from being loaded; the
   * first failure is thrown at the end.
   */
  async refresh(user: string): Promise<void> {
    await this.#inSession(user, async (session) => {
      const failures: unknown[] = [];
      for (const field of sessionFields) {
        session.throwIfStopped();
        await session.field(field, { forceRefresh: true }).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    });
  }

  /** Whether the user's token is renewed without a person, so that their session may be refreshed ahead of expiry. */
  canRenew(user: string): boolean {
    return this.#portal?.users.canRenew(user) ?? false;
  }

  /** Cancels what is in flight and forgets every token; sessions stay. */
  stop(): void {
    this.#portal?.calls.stopAll('The profile was disconnected.');
    this.#portal?.users.clear();
  }

  #connected(): { readonly users: PortalUsers; readonly calls: PortalCalls } {
    if (!this.#portal) throw noPortal();
    return this.#portal;
  }

  async #inSession<T>(user: string, work: (session: UserSession) => Promise<T>, listed?: Listed): Promise<T> {
    const { users, calls } = this.#connected();
    const { sessions, clock } = this.#options;
    const known = listed ? { listed } : {};
    try {
      const email = users.emailOf(user);
      return await work(new UserSession({ clock, calls, sessions, ref: user, email, ...known }));
    } catch (error) {
      throw asRpcError(error);
    }
  }

  #tell(): void {
    const { portal } = this.#options;
    this.state.set({
      connected: portal !== null,
      url: portal === null ? null : new URL(portal.url.trim()).href,
      users: this.#portal?.users.list() ?? [],
    });
  }
}

function signInClient(baseUrl: URL, { password }: PortalAccount): ReturnType<typeof createJsonClient> {
  return createJsonClient({
    who: 'The portal',
    baseUrl,
    headers: {},
    secrets: [password],
    credential: 'e-mail address and password',
  });
}
