import type { Undo } from '../../../shared/contract/cache.ts';
import { undoFor } from '../../../shared/model/explorer.ts';
import { defaultMaxBytes } from '../cache/options.ts';
import type { Taken } from '../cache/removal.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Cancel, Clock, Stamp } from '../clock.ts';

const mostRemovals = 5;

interface Kept {
  readonly id: string;
  readonly taken: Taken;
  readonly at: Stamp;
  readonly forget: Cancel;
}

interface KeptRemovalsOptions {
  readonly clock: Clock;
  readonly newId: () => string;
}

/** The last five removals, each for 30 s and together no larger than a cache, so that they can be undone. */
export class KeptRemovals {
  readonly #options: KeptRemovalsOptions;
  #kept: Kept[] = [];

  constructor(options: KeptRemovalsOptions) {
    this.#options = options;
  }

  /** null: no value was removed, only loads. */
  keep(taken: Taken): Undo {
    if (taken.values.length === 0) return null;
    const { clock, newId } = this.#options;
    const id = newId();
    const at = stamp(clock);
    const forget = clock.after(undoFor, () => this.#drop(id));
    this.#kept.push({ id, taken, at, forget });
    const bytes = (): number => this.#kept.reduce((sum, one) => sum + one.taken.bytes, 0);
    while (this.#kept.length > mostRemovals || bytes() > defaultMaxBytes) this.#drop(this.#kept[0]?.id);
    return this.#kept.length > 0 ? { id, until: at.wall + undoFor } : null;
  }

  /** What was removed, once; undefined when it is too late. The timer alone would not do: it stands still in sleep. */
  take(id: string): Taken | undefined {
    const kept = this.#kept.find((one) => one.id === id);
    this.#drop(id);
    return kept && spanSince(this.#options.clock, kept.at) < undoFor ? kept.taken : undefined;
  }

  clear(): void {
    for (const { forget } of this.#kept) forget();
    this.#kept = [];
  }

  #drop(id: string | undefined): void {
    this.#kept.find((one) => one.id === id)?.forget();
    this.#kept = this.#kept.filter((one) => one.id !== id);
  }
}
