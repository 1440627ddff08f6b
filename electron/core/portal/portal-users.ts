import type { PortalUser } from '../../../shared/contract/portal.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Cancel, Clock } from '../clock.ts';
import { maskEmail, normaliseEmail, UserIdError, userRef } from '../sessions/user-id.ts';
import type { PortalAccount } from '../sources/portal/sign-in.ts';
import { SourceError } from '../sources/source-error.ts';
import { ServiceToken } from './service-token.ts';
import { tokenExpiry } from './token-expiry.ts';

interface PortalUsersOptions {
  readonly clock: Clock;
  /** The profile's own account; null: every user pastes a token of their own. */
  readonly account: PortalAccount | null;
  /** Asks the portal for a token of the account; throws `SourceError`. */
  readonly signIn: (account: PortalAccount, signal: AbortSignal) => Promise<string>;
  /** Called with every token before it is used. */
  readonly onSecret: (secret: string) => void;
  /** Called when `list()` has changed. */
  readonly onChange: () => void;
}

interface TokenUser {
  readonly kind: 'token';
  readonly email: string;
  readonly token: string;
  /** UTC ms; null: the token does not say. */
  readonly expiresAt: number | null;
  refused: boolean;
  stopWatching: Cancel;
}

interface ServiceUser {
  readonly kind: 'service';
  readonly email: string;
  readonly token: ServiceToken;
}

/** As the contract allows. */
const mostUsers = 1000;
/** ms; timers further away overflow, and a machine may sleep meanwhile. */
const longestTimer = 3_600_000;
const needsSignIn = 'This user needs to sign in again.';

/**
 * Who may ask the portal, each with a token of their own, in memory only. There is no user "nobody": what is asked for is
 * asked in the name of one user, with that user's token or not at all.
 */
export class PortalUsers {
  readonly #options: PortalUsersOptions;
  readonly #users = new Map<string, ServiceUser | TokenUser>();

  constructor(options: PortalUsersOptions) {
    this.#options = options;
    const { account, clock, onSecret } = options;
    if (account === null) return;
    const email = normaliseEmail(account.email);
    const token = new ServiceToken(clock, async (signal) => {
      const fresh = await options.signIn(account, signal);
      onSecret(fresh);
      return fresh;
    });
    this.#users.set(userRef(email), { kind: 'service', email, token });
  }

  /** The service account first, then in the order of signing in. */
  list(): PortalUser[] {
    return [...this.#users].map(([user, one]) => ({
      user,
      masked: maskEmail(one.email),
      kind: one.kind,
      needsSignIn: one.kind === 'token' && this.#isSpent(one),
    }));
  }

  /** @throws RpcError `unauthorized` for somebody who has not signed in, or not since the app started */
  emailOf(ref: string): string {
    const user = this.#users.get(ref);
    if (!user) throw new RpcError('unauthorized', 'This user needs to sign in to the portal.');
    return user.email;
  }

  /** Whether the user's token can be renewed without a person. */
  canRenew(ref: string): boolean {
    return this.#users.get(ref)?.kind === 'service';
  }

  /**
   * Keeps a user's own token in the place of the one before. "Bearer" in front of it and spaces around it are dropped.
   * @returns the user's ref
   * @throws RpcError `bad-request` for what is no address or no token, or has expired; `conflict` for the service account,
   * for another user's token and for one user too many
   */
  add(address: string, pasted: string): string {
    const { clock, onSecret, onChange } = this.#options;
    const email = addressOf(address);
    const token = pasted.trim().replace(/^bearer\s+/i, '');
    onSecret(token);
    if (!/^[\x21-\x7e]{8,}$/.test(token))
      throw new RpcError('bad-request', 'This is not a token.', ['token']);
    const expiresAt = tokenExpiry(token);
    if (expiresAt !== null && expiresAt <= clock.wall()) {
      throw new RpcError('bad-request', 'This token has expired; copy a new one from the portal.', ['token']);
    }
    const ref = userRef(email);
    const before = this.#users.get(ref);
    if (before?.kind === 'service') {
      throw new RpcError('conflict', 'This account signs in by itself; it needs no token.');
    }
    // Two addresses with one token would show one person's data in the other's place.
    if (
      [...this.#users].some(([other, one]) => other !== ref && one.kind === 'token' && one.token === token)
    ) {
      throw new RpcError('conflict', 'Another user is signed in with this very token.');
    }
    if (!before && this.#users.size >= mostUsers) {
      throw new RpcError('conflict', `At most ${mostUsers} users can be signed in; sign one out first.`);
    }
    before?.stopWatching();
    const user: TokenUser = {
      kind: 'token',
      email,
      token,
      expiresAt,
      refused: false,
      stopWatching: () => {},
    };
    this.#users.set(ref, user);
    this.#watchExpiry(user);
    onChange();
    return ref;
  }

  /** Forgets a user's token. The service account stays: it signs in anew when it is next asked for. */
  remove(ref: string): void {
    const user = this.#users.get(ref);
    if (!user) return;
    if (user.kind === 'service') {
      user.token.clear();
      return;
    }
    user.stopWatching();
    this.#users.delete(ref);
    this.#options.onChange();
  }

  /**
   * The token of exactly this user.
   * @throws SourceError `unauthorized` when they have to sign in, or what signing in the service account ended with; the
   * signal's reason
   */
  async tokenOf(ref: string, signal: AbortSignal): Promise<string> {
    const user = this.#users.get(ref);
    if (!user) throw new SourceError('unauthorized', needsSignIn);
    if (user.kind === 'service') return user.token.get(signal);
    if (this.#isSpent(user)) throw new SourceError('unauthorized', needsSignIn);
    return user.token;
  }

  /**
   * Runs `ask` with the user's token. When the portal refuses the service account's, it is renewed and `ask` run once
   * more; a user whose own token is refused has to sign in again.
   */
  async withToken<T>(ref: string, signal: AbortSignal, ask: (token: string) => Promise<T>): Promise<T> {
    const token = await this.tokenOf(ref, signal);
    try {
      return await ask(token);
    } catch (error) {
      if (!(error instanceof SourceError) || error.code !== 'unauthorized') throw error;
      const user = this.#users.get(ref);
      if (user?.kind === 'service') {
        user.token.forget(token);
        return await ask(await user.token.get(signal));
      }
      if (user?.token === token) this.#refuse(user);
      throw error;
    }
  }

  /** Forgets every token. */
  clear(): void {
    for (const user of this.#users.values()) {
      if (user.kind === 'service') user.token.clear();
      else user.stopWatching();
    }
    this.#users.clear();
  }

  #refuse(user: TokenUser): void {
    if (user.refused) return;
    user.refused = true;
    this.#options.onChange();
  }

  #isSpent({ refused, expiresAt }: TokenUser): boolean {
    return refused || (expiresAt !== null && expiresAt <= this.#options.clock.wall());
  }

  /** Tells once when the token's time is over. */
  #watchExpiry(user: TokenUser): void {
    const { clock, onChange } = this.#options;
    if (user.expiresAt === null) return;
    const left = user.expiresAt - clock.wall();
    user.stopWatching = clock.after(Math.min(Math.max(left, 0), longestTimer), () => {
      if (this.#isSpent(user)) onChange();
      else this.#watchExpiry(user);
    });
  }
}

function addressOf(email: string): string {
  try {
    return normaliseEmail(email);
  } catch (error) {
    if (error instanceof UserIdError) throw new RpcError('bad-request', error.message, ['email']);
    throw error;
  }
}
