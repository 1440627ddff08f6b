import type {
  ManagerSessionState,
  WorkstationAction,
  WorkstationRole,
} from '../../../shared/contract/workstations.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';
import { SourceError } from '../sources/source-error.ts';
import type { WorkstationsAccount } from '../sources/workstations/sign-in.ts';
import type { SendSignedIn } from '../sources/workstations/workstations-source.ts';
import { Account } from './account.ts';

/** The workstation manager of a profile; without `user` or `password` somebody has to sign in on the page. */
export interface ManagerTarget {
  /** http or https. */
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
}

interface ManagerSessionOptions {
  /** null: the profile has no workstation manager. */
  readonly target: ManagerTarget | null;
  readonly clock: Clock;
  /** Called with each password and token before it is used. */
  readonly onSecret: (secret: string) => void;
}

const none = 'This profile has no workstation manager.';

/** As the manager documents them; what it says in a refusal counts more. Trying a connection is open to every role. */
const documentedNeeds: ManagerSessionState['needs'] = {
  create: 'operator',
  testConnection: 'viewer',
  cache: 'admin',
  metrics: 'admin',
  clearCache: 'admin',
  invalidate: 'admin',
};

/** Who is signed in to the workstation manager: the profile's account, or one typed on the page and kept in memory. */
export class ManagerSession {
  readonly state: Feed<ManagerSessionState>;
  readonly #options: ManagerSessionOptions;
  readonly #url: URL | null;
  readonly #stopping = new AbortController();
  #account: Account | null = null;
  /** Sign-ins that are under way. */
  #signingIn = new AbortController();

  constructor(options: ManagerSessionOptions) {
    const { target } = options;
    this.#options = options;
    this.#url = target && new URL(target.url.trim());
    const { user = null, password = null } = target ?? {};
    if (this.#url && user && password) this.#account = this.#open(this.#url, { user, password });
    this.state = new Feed<ManagerSessionState>({
      connected: target !== null,
      url: this.#url?.href ?? null,
      user,
      role: null,
      signedOut: this.#account?.state.signedOut ?? whyNobody(target),
      needs: documentedNeeds,
    });
  }

  /** Sends as whoever is signed in. @throws SourceError, `unauthorized` with the reason when nobody is. */
  readonly send: SendSignedIn = (signal, send, secrets) => {
    if (this.#account) return this.#account.send(signal, send, secrets);
    const { connected, signedOut } = this.state.value;
    const code = connected ? 'unauthorized' : 'not-found';
    return Promise.reject(new SourceError(code, signedOut ?? none));
  };

  /**
   * Signs in as another account; the present one stays where that fails.
   * @throws SourceError with the server's reason
   */
  async signIn(account: WorkstationsAccount, signal: AbortSignal): Promise<void> {
    if (!this.#url) throw new SourceError('not-found', none);
    const candidate = this.#open(this.#url, account);
    const patience = AbortSignal.any([signal, this.#stopping.signal, this.#signingIn.signal]);
    await candidate.signIn(patience).catch((error: unknown) => {
      candidate.end();
      throw error;
    });
    this.#account?.end();
    this.#account = candidate;
    this.#tell(candidate);
  }

  /**
   * Forgets every token, and the account until somebody signs in or the profile is connected anew. Gives up sign-ins that
   * are under way.
   */
  signOut(): void {
    this.#signingIn.abort();
    this.#signingIn = new AbortController();
    this.#account?.end();
    this.#account = null;
    this.#change({ user: null, role: null, signedOut: 'Signed out. Sign in to go on.' });
  }

  /** Remembers that the server wants `role` for `action`. */
  learn(action: WorkstationAction, role: WorkstationRole): void {
    const { needs } = this.state.value;
    if (needs[action] !== role) this.#change({ needs: { ...needs, [action]: role } });
  }

  stop(): void {
    this.#stopping.abort();
    this.#account?.end();
  }

  #open(url: URL, account: WorkstationsAccount): Account {
    const { clock, onSecret } = this.#options;
    onSecret(account.password);
    const onState = (): void => this.#tell(opened);
    const opened: Account = new Account({ url, account, clock, onSecret, onState });
    return opened;
  }

  /** Only the present account's news count. */
  #tell(account: Account): void {
    if (account === this.#account) this.#change({ user: account.user, ...account.state });
  }

  #change(change: Partial<ManagerSessionState>): void {
    this.state.set({ ...this.state.value, ...change });
  }
}

function whyNobody(target: ManagerTarget | null): string {
  if (!target) return none;
  if (!target.user) return 'The profile names no account for the workstation manager. Sign in to see it.';
  return `The password of ${target.user} is missing. Sign in to see the workstations.`;
}
