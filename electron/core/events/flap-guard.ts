import { verbsOf } from '../../../shared/model/resources.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Clock, Stamp } from '../clock.ts';

/** ms in which changes are counted, and ms without one after which it is over. */
const calm = 15 * 60_000;
/** Changes within that time that are told one by one. */
const toldChanges = 6;

/** Keeps something that changes all the time from filling the event log. */
export class FlapGuard {
  readonly #clock: Clock;
  #recent: Stamp[] = [];
  /** Changes since it became unstable, those that led to it included; null: it is not unstable. */
  #changes: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a change. `tell` it; or tell once that it is `unstable`; or be `quiet`. */
  change(): 'tell' | 'unstable' | 'quiet' {
    this.#recent = this.#recent.filter((at) => spanSince(this.#clock, at) < calm);
    this.#recent.push(stamp(this.#clock));
    if (this.#changes !== null) {
      this.#changes += 1;
      return 'quiet';
    }
    if (this.#recent.length <= toldChanges) return 'tell';
    this.#changes = this.#recent.length;
    return 'unstable';
  }

  /**
   * How many changes there were, once, when it has held still long enough; else null.
   * @param watchedFor ms it has been watched without a break: what nobody looked at did not hold still
   */
  settled(watchedFor: number): number | null {
    const changes = this.#changes;
    const last = this.#recent.at(-1);
    if (changes === null || !last) return null;
    if (watchedFor < calm || spanSince(this.#clock, last) < calm) return null;
    this.#changes = null;
    this.#recent = [];
    return changes;
  }
}

/** What the guard's two messages say, for something called `title` at the start of a sentence. */
export const unstableText = (
  title: string,
  { is } = verbsOf(null),
): { readonly title: string; readonly detail: string } => ({
  title: `${title} ${is} unstable`,
  detail: `More than ${toldChanges} changes in 15 min. Quiet until it holds still for 15 min.`,
});

/** @param now what it is at present, in a word or two */
export const settledText = (
  title: string,
  now: string,
  changes: number,
  { has } = verbsOf(null),
): { readonly title: string; readonly detail: string } => ({
  title: `${title} ${has} settled`,
  detail: `${now} for 15 min after ${changes} changes.`,
});
