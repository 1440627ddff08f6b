import type { RuleState } from '../../../../shared/contract/alerts.ts';
import { isFresh } from '../../../../shared/model/freshness.ts';
import type { Reading } from '../../../../shared/model/reading.ts';

/** What a rule finds at a tick. */
export interface Finding {
  /** null: cannot be told now; what was before stays. */
  readonly condition: boolean | null;
  /** Fresh loads in a row that say no; loads of the input, not looks at it. */
  readonly goodPolls: number;
  readonly shown: RuleState['condition'];
}

/** A load and what it brought; `at`: when it was made, UTC ms. */
export interface Load<T> {
  readonly value: T;
  readonly at: number;
}

/** Judges each load of a source once, and says between two loads what it said at the last. */
export class LoadJudge<T> {
  readonly #judge: (load: Load<T>) => boolean | null;
  #judgedAt: number | null = null;
  #condition: boolean | null = null;
  #goodPolls = 0;

  /** @param judge called once for each fresh load, in order; null: it does not tell */
  constructor(judge: (load: Load<T>) => boolean | null) {
    this.#judge = judge;
  }

  look(reading: Reading<T>): Finding {
    const { value, loadedAt } = reading;
    if (!reading.supported) return this.#unknown('not-judged');
    if (value === null || loadedAt === null || !isFresh(reading)) return this.#unknown('unknown');
    if (loadedAt !== this.#judgedAt) {
      this.#judgedAt = loadedAt;
      this.#condition = this.#judge({ value, at: loadedAt });
      this.#goodPolls = this.#condition === false ? this.#goodPolls + 1 : 0;
    }
    const condition = this.#condition;
    return { condition, goodPolls: this.#goodPolls, shown: shownOf(condition) };
  }

  #unknown(shown: Finding['shown']): Finding {
    this.#goodPolls = 0;
    return { condition: null, goodPolls: 0, shown };
  }
}

/** A fact of the app itself, which is never stale: each look counts as a poll. */
export class OwnFactJudge {
  #goodPolls = 0;

  look(condition: boolean | null, shown = shownOf(condition)): Finding {
    this.#goodPolls = condition === false ? this.#goodPolls + 1 : 0;
    return { condition, goodPolls: this.#goodPolls, shown };
  }
}

function shownOf(condition: boolean | null): Finding['shown'] {
  return condition === null ? 'not-judged' : condition ? 'true' : 'false';
}
