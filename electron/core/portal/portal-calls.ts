import type { SessionField } from '../../../shared/model/sessions.ts';
import type { Clock } from '../clock.ts';
import { stoppedError } from '../sources/http-failure.ts';
import type { PortalRequest, PortalSource } from '../sources/portal/portal-source.ts';
import { SourceError } from '../sources/source-error.ts';
import { Limiter } from '../status/limiter.ts';
import type { PortalUsers } from './portal-users.ts';

/** `context`: ids and names, answered fast; `list`: machines and clusters, which may take half a minute. */
type CallKind = 'context' | 'list';

/** ms a call may take. */
const timeLimits: Readonly<Record<CallKind, number>> = { context: 10_000, list: 30_000 };
/** A portal sees four requests at once; half of them are kept from slow lists. */
const places = 2;

interface PortalCallsOptions {
  readonly clock: Clock;
  /** Host and port of the portal. */
  readonly host: string;
  readonly source: PortalSource;
  readonly users: PortalUsers;
  /** Called for each request that is sent. */
  readonly onCall: (field: SessionField | null) => void;
}

/** Asks the portal in the name of one user at a time. What a user has running can be given up as a whole. */
export class PortalCalls {
  readonly #options: PortalCallsOptions;
  readonly #limiters = { context: new Limiter(places), list: new Limiter(places) };
  readonly #work = new Map<string, AbortController>();

  constructor(options: PortalCallsOptions) {
    this.#options = options;
  }

  /** Fires when everything that runs for the user from now on is given up. */
  workOf(ref: string): AbortSignal {
    const work = this.#work.get(ref) ?? new AbortController();
    this.#work.set(ref, work);
    return work.signal;
  }

  /** Gives up everything that runs for the user. `why`: what is told to those who wait. */
  stopWork(ref: string, why: string): void {
    this.#work.get(ref)?.abort(new SourceError('cancelled', why));
    this.#work.delete(ref);
  }

  stopAll(why: string): void {
    for (const ref of this.#work.keys()) this.stopWork(ref, why);
  }

  /**
   * Sends one request with the user's token, within its time limit.
   * @param signals the user's work, and whoever waits
   * @param field what of a session it brings; null: nothing
   * @throws SourceError
   */
  async ask<T>(
    ref: string,
    kind: CallKind,
    signals: readonly AbortSignal[],
    send: (source: PortalSource, request: PortalRequest) => Promise<T>,
    field: SessionField | null = null,
  ): Promise<T> {
    const { clock, source, users, host, onCall } = this.#options;
    const limit = new AbortController();
    const signal = AbortSignal.any([...signals, limit.signal]);
    try {
      return await this.#limiters[kind].run(signal, async () => {
        const tooLong = new DOMException('The time limit has passed.', 'TimeoutError');
        const cancel = clock.after(timeLimits[kind], () => limit.abort(tooLong));
        try {
          return await users.withToken(ref, signal, (token) => {
            onCall(field);
            return send(source, { token, signal });
          });
        } finally {
          cancel();
        }
      });
    } catch (error) {
      if (error instanceof SourceError || !signal.aborted) throw error;
      throw stoppedError(signal, { who: 'The portal', what: 'the request', host, credential: 'token' });
    }
  }
}
