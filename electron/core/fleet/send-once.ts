import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Clock } from '../clock.ts';
import { SourceError } from '../sources/source-error.ts';
import { describeError } from '../status/readings.ts';
import { rpcCodes } from '../status/rpc-codes.ts';

/** ms a change may take. */
export const changeLimit = 30_000;

/** What was not answered: nobody knows what the server did. */
export interface Unanswered {
  readonly outcome: 'unknown';
  readonly said: string;
  readonly retryInSeconds: null;
}

/** Sends changes, each once, and keeps two of the same kind from one target. */
export class SendOnce {
  readonly #clock: Clock;
  readonly #ending: AbortSignal;
  readonly #busy = new Set<string>();

  /** @param ending fires when the profile is disconnected */
  constructor(clock: Clock, ending: AbortSignal) {
    this.#clock = clock;
    this.#ending = ending;
  }

  /**
   * Runs `work` while nobody else does the same to any of `targets`.
   * @throws RpcError `conflict`
   */
  async alone<T>(targets: readonly string[], work: () => Promise<T>): Promise<T> {
    if (targets.some((target) => this.#busy.has(target))) {
      throw new RpcError('conflict', 'The same is under way; wait for what comes of it.');
    }
    for (const target of targets) this.#busy.add(target);
    try {
      return await work();
    } finally {
      for (const target of targets) this.#busy.delete(target);
    }
  }

  /**
   * Sends one change and waits for its answer, at most 30 s.
   * @throws RpcError when it never reached the server, or when the profile was disconnected before the answer.
   */
  async send<A>(run: (signal: AbortSignal) => Promise<A>): Promise<A | Unanswered> {
    const control = new AbortController();
    const timedOut = new DOMException('The time limit has passed.', 'TimeoutError');
    const cancel = this.#clock.after(changeLimit, () => control.abort(timedOut));
    try {
      return await run(AbortSignal.any([control.signal, this.#ending]));
    } catch (error) {
      const { code, message } = describeError(error);
      if (error instanceof SourceError && !error.arrived) {
        throw new RpcError(rpcCodes[code], `${message} Nothing was changed.`);
      }
      if (this.#ending.aborted) {
        throw new RpcError(
          'cancelled',
          'The profile was disconnected before the orchestrator had answered. What it did is not known.',
        );
      }
      return { outcome: 'unknown', said: message, retryInSeconds: null };
    } finally {
      cancel();
    }
  }
}
