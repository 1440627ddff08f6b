import type { Problem } from '../../../shared/contract/settings.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';

const kept = 50;

/** What of the app's own does not work, for every page to show. Live values do not depend on any of it. */
export class Problems {
  readonly feed = new Feed<Problem[]>([]);
  readonly #clock: Clock;
  readonly #listeners = new Set<(problem: Problem) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Lists a problem, in place of an older one with the same id: a store that fails at each tick is one problem. */
  report(problem: Omit<Problem, 'at'>): void {
    const known = this.feed.value.find(({ id }) => id === problem.id);
    if (known?.text === problem.text && known.title === problem.title) return;
    const listed = { ...problem, at: this.#clock.wall() };
    this.feed.set([...this.feed.value.filter(({ id }) => id !== problem.id), listed].slice(-kept));
    for (const listener of this.#listeners) listener(listed);
  }

  /** Takes a problem off the list: it is over, or the operator has read it. */
  remove(id: string): void {
    if (this.feed.value.some((one) => one.id === id)) {
      this.feed.set(this.feed.value.filter((one) => one.id !== id));
    }
  }

  /** Calls `listener` for each new problem. Returns the way to stop. */
  onReport(listener: (problem: Problem) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
