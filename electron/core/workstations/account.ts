import type { WorkstationRole } from '../../../shared/contract/workstations.ts';
import { orWhenAborted } from '../../../shared/rpc/abort.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import { stoppedError } from '../sources/http-failure.ts';
import type { JsonClient } from '../sources/http-json.ts';
import { SourceError } from '../sources/source-error.ts';
import { createManagerClient, manager, roleIn } from '../sources/workstations/manager-client.ts';
import {
  readAccount,
  renewWorkstationsSession,
  roleInToken,
  signInToWorkstations,
} from '../sources/workstations/sign-in.ts';
import type { WorkstationsAccount, WorkstationsSession } from '../sources/workstations/sign-in.ts';

/** ms a sign-in or a renewal may take: nobody's own time limit ends one that others wait for. */
const timeLimit = 10_000;
/** ms before its end from which on an access token is not used any more: it has to last for the way there. */
const margin = 30_000;
/** ms a refresh token is good for. */
const refreshLifetime = 7 * 24 * 3_600_000;
/** One with the tokens held, one after a refresh, one after a sign-in. */
const mostSends = 3;

interface Held {
  readonly tokens: WorkstationsSession;
  readonly since: Stamp;
  /** When the refresh token was handed out. */
  readonly refreshSince: Stamp;
  readonly by: 'password' | 'refresh';
  /** A request went through with these tokens. */
  worked: boolean;
}

export interface AccountOptions {
  readonly url: URL;
  readonly account: WorkstationsAccount;
  readonly clock: Clock;
  /** Called with each token before it is used. */
  readonly onSecret: (secret: string) => void;
  /** Called when `state` has changed. */
  readonly onState: () => void;
}

export interface AccountState {
  /** null: not known. */
  readonly role: WorkstationRole | null;
  /** Why it is not signed in, in a sentence; null: it is. */
  readonly signedOut: string | null;
}

/**
 * One account of a workstation manager and its tokens. Every request waits for one renewal, and each sends the tokens
 * of this account only.
 */
export class Account {
  readonly user: string;
  readonly #options: AccountOptions;
  readonly #ending = new AbortController();
  #state: AccountState = {
    role: null,
    signedOut: 'Not signed in yet: that happens with the first request.',
  };
  #held: Held | null = null;
  #renewing: Promise<Held> | null = null;
  /** Why this account is not tried any more: a wrong password sent again and again locks accounts. */
  #refused: SourceError | null = null;

  constructor(options: AccountOptions) {
    this.#options = options;
    this.user = options.account.user;
  }

  get state(): AccountState {
    return this.#state;
  }

  /** Signs in, where that has not happened yet. @throws SourceError */
  async signIn(signal: AbortSignal): Promise<void> {
    await this.#tokens(null, signal);
  }

  /**
   * Sends a request with a valid token. A 401 is given before a request is acted on, so sending again after one does
   * nothing twice, not even an action; nothing else is ever sent again.
   * @throws SourceError; `unauthorized` when neither a refresh nor the password helps
   */
  async send<T>(
    signal: AbortSignal,
    send: (client: JsonClient) => Promise<T>,
    secrets: readonly string[] = [],
  ): Promise<T> {
    let held = await this.#tokens(null, signal);
    for (let sends = 1; ; sends += 1) {
      try {
        const reply = await send(this.#client(held, secrets));
        held.worked = true;
        return reply;
      } catch (error) {
        if (!isUnauthorized(error)) {
          held.worked ||= isAnswer(error);
          throw error;
        }
        if (!held.worked && held.by === 'password' && held === this.#held) throw this.#refuse(error);
        if (sends === mostSends) throw error;
      }
      held = await this.#tokens(held, signal);
    }
  }

  /** Ends what is being renewed; nothing is sent as this account any more. */
  end(): void {
    this.#held = null;
    this.#ending.abort();
  }

  /** The tokens to use: others than `stale`, which the server refused. */
  async #tokens(stale: Held | null, signal: AbortSignal): Promise<Held> {
    if (this.#ending.signal.aborted) throw new SourceError('cancelled', 'This account was signed out.');
    if (this.#refused) throw this.#refused;
    const held = this.#held;
    if (held !== null && held !== stale && !this.#expired(held)) return held;
    if (signal.aborted) throw stopped(signal);
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
    const renewed = await orWhenAborted(this.#renewing, signal, null);
    if (renewed === null) throw stopped(signal);
    return renewed;
  }

  #expired({ tokens, since }: Held): boolean {
    const { expiresInSeconds } = tokens;
    if (expiresInSeconds === null) return false;
    return spanSince(this.#options.clock, since) >= Math.max(0, expiresInSeconds * 1000 - margin);
  }

  async #renew(): Promise<Held> {
    const { clock, account } = this.#options;
    const control = new AbortController();
    const timedOut = new DOMException('The time limit has passed.', 'TimeoutError');
    const cancel = clock.after(timeLimit, () => control.abort(timedOut));
    const signal = AbortSignal.any([control.signal, this.#ending.signal]);
    try {
      const refreshed = await this.#refresh(signal);
      if (refreshed) return refreshed;
      const since = stamp(clock);
      const tokens = await signInToWorkstations(this.#client(null), account, signal).catch(
        (error: unknown) => {
          const no = error instanceof SourceError && (error.code === 'forbidden' || isUnauthorized(error));
          throw no ? this.#refuse(error) : error;
        },
      );
      return await this.#hold({ tokens, since, refreshSince: since, by: 'password', worked: false }, signal);
    } finally {
      cancel();
    }
  }

  /** null: the refresh token is gone, too old, or of tokens that never worked, or the server does not take it. */
  async #refresh(signal: AbortSignal): Promise<Held | null> {
    const { clock } = this.#options;
    const old = this.#held;
    const token = old?.tokens.refreshToken ?? null;
    if (!old?.worked || token === null || spanSince(clock, old.refreshSince) >= refreshLifetime) return null;
    const since = stamp(clock);
    try {
      const tokens = await renewWorkstationsSession(this.#client(null, [token]), token, signal);
      const another = tokens.refreshToken !== null;
      const kept = { ...tokens, refreshToken: tokens.refreshToken ?? token };
      const refreshSince = another ? since : old.refreshSince;
      return await this.#hold({ tokens: kept, since, refreshSince, by: 'refresh', worked: false }, signal);
    } catch (error) {
      if (isAnswer(error)) return null;
      throw error;
    }
  }

  async #hold(held: Held, signal: AbortSignal): Promise<Held> {
    const { onSecret } = this.#options;
    const { accessToken, refreshToken } = held.tokens;
    onSecret(accessToken);
    if (refreshToken !== null) onSecret(refreshToken);
    const role = roleInToken(accessToken) ?? (await this.#askRole(held, signal));
    this.#held = held;
    this.#tell({ role: roleIn(role), signedOut: null });
    return held;
  }

  /** The role only says what is greyed on a page: without an answer it is not known, and the server decides anyway. */
  async #askRole(held: Held, signal: AbortSignal): Promise<string> {
    try {
      return (await readAccount(this.#client(held), signal)).role;
    } catch (error) {
      if (error instanceof SourceError && !signal.aborted) return '';
      throw error;
    }
  }

  #client(held: Held | null, secrets: readonly string[] = []): JsonClient {
    const { url, account } = this.#options;
    const { accessToken = null, refreshToken = null } = held?.tokens ?? {};
    const all = [account.password, ...(refreshToken === null ? [] : [refreshToken]), ...secrets];
    return createManagerClient({ url, accessToken, secrets: all });
  }

  #refuse(error: SourceError): SourceError {
    this.#refused = error;
    this.#held = null;
    this.#tell({ role: null, signedOut: error.message });
    return error;
  }

  #tell(state: AccountState): void {
    this.#state = state;
    this.#options.onState();
  }
}

function isUnauthorized(error: unknown): error is SourceError {
  return error instanceof SourceError && error.code === 'unauthorized';
}

/** The server answered, and not with trouble of its own. */
function isAnswer(error: unknown): boolean {
  if (!(error instanceof SourceError)) return false;
  return ['unauthorized', 'forbidden', 'not-found', 'bad-reply'].includes(error.code);
}

function stopped(signal: AbortSignal): SourceError {
  return stoppedError(signal, { who: manager, what: 'the sign-in', host: '', credential: '' });
}
