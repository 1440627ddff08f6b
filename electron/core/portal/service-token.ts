import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';
import { SharedAnswer } from '../sources/shared-answer.ts';
import { SourceError } from '../sources/source-error.ts';

/** ms a token is used: the portal keeps one for 8 min, and it is renewed 5 min before. */
const usedFor = 180_000;
/** ms a refused account is not tried again: portals lock accounts that are refused too often. */
const refusedFor = 30_000;

interface Held {
  readonly token: string;
  readonly since: Stamp;
}

/** The token of the service account: signed in for on first need, once for all who wait, and again before it ends. */
export class ServiceToken {
  readonly #clock: Clock;
  readonly #answer: SharedAnswer<Held>;
  #held: Held | null = null;
  #refused: { readonly why: SourceError; readonly since: Stamp } | null = null;

  /** @param signIn asks the portal for a token; throws `SourceError` */
  constructor(clock: Clock, signIn: (signal: AbortSignal) => Promise<string>) {
    this.#clock = clock;
    this.#answer = new SharedAnswer(async (signal) => {
      const since = stamp(clock);
      try {
        const held = { token: await signIn(signal), since };
        this.#refused = null;
        this.#held = signal.aborted ? null : held;
        return held;
      } catch (error) {
        if (error instanceof SourceError && error.code === 'unauthorized') {
          this.#refused = { why: error, since: stamp(clock) };
        }
        throw error;
      }
    });
  }

  /** @throws SourceError, or the signal's reason */
  async get(signal: AbortSignal): Promise<string> {
    const held = this.#held;
    if (held && spanSince(this.#clock, held.since) >= usedFor) this.forget(held.token);
    const refused = this.#refused;
    if (refused && spanSince(this.#clock, refused.since) < refusedFor) throw refused.why;
    return (await this.#answer.get(signal)).token;
  }

  /** Has the next caller sign in anew, unless somebody has done so since `token` was handed out. */
  forget(token: string): void {
    if (this.#held?.token !== token) return;
    this.clear();
  }

  /** Forgets whatever is held. */
  clear(): void {
    this.#held = null;
    this.#answer.forget();
  }
}
