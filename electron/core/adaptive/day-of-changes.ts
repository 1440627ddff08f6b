const hour = 3_600_000;
const hours = 24;

export interface DayOfChanges {
  /** Pairs of loads in a row, in how many the value changed, and the ms between them in all. */
  readonly pairs: number;
  readonly changes: number;
  readonly watchedMs: number;
}

interface Hour {
  readonly start: number;
  pairs: number;
  changes: number;
  watchedMs: number;
}

/** Adds up, by the hour, what was seen of a value in the last 24 h. */
export class ChangeHours {
  #hours: Hour[] = [];

  /** @param at UTC ms @param gap ms */
  add(at: number, gap: number, changed: boolean): void {
    const start = Math.floor(at / hour) * hour;
    let current = this.#hours.at(-1);
    if (current?.start !== start) {
      current = { start, pairs: 0, changes: 0, watchedMs: 0 };
      // Of a clock set back what lies ahead is forgotten too.
      this.#hours = [...this.#within(at).slice(1 - hours), current];
    }
    current.pairs += 1;
    current.changes += Number(changed);
    current.watchedMs += gap;
  }

  /** @param now UTC ms */
  day(now: number): DayOfChanges {
    const sum = { pairs: 0, changes: 0, watchedMs: 0 };
    for (const { pairs, changes, watchedMs } of this.#within(now)) {
      sum.pairs += pairs;
      sum.changes += changes;
      sum.watchedMs += watchedMs;
    }
    return sum;
  }

  #within(now: number): Hour[] {
    return this.#hours.filter(({ start }) => start <= now && start > now - hours * hour);
  }
}
