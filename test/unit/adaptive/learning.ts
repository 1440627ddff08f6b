import { TtlLearner } from '../../../electron/core/adaptive/ttl-learner.ts';
import type { ChosenTtl } from '../../../electron/core/adaptive/ttl-learner.ts';
import type { Conditions } from '../../../electron/core/adaptive/ttl-rule.ts';

export const second = 1000;
export const minute = 60 * second;

interface Step {
  /** ms since the load before; default: one poll. */
  readonly gap?: number;
  readonly ms?: number;
  readonly changed?: boolean;
  /** ms by which the wall clock moves beside the monotonic one. */
  readonly jump?: number;
}

/** A learner whose resource is loaded as told. */
export class Learning {
  readonly learner = new TtlLearner();
  conditions: Conditions;
  #mono = 0;
  #wall = 1_000_000_000_000;

  constructor(conditions: Partial<Conditions> = {}) {
    this.conditions = {
      configured: 3 * second,
      bounds: { min: 2 * second, max: 15 * second },
      pollMs: 5 * second,
      ...conditions,
    };
  }

  get chosen(): ChosenTtl {
    return this.learner.choose(this.conditions);
  }

  get ttl(): number {
    return this.chosen.ttl;
  }

  load({ gap = this.conditions.pollMs, ms = 40, changed = false, jump = 0 }: Step = {}): this {
    this.#mono += gap;
    this.#wall += gap + jump;
    this.learner.loaded({ at: { mono: this.#mono, wall: this.#wall }, ms, changed }, this.conditions);
    return this;
  }

  /** So many loads alike, `changed` at each `every`th. */
  loads(count: number, step: Step & { readonly every?: number } = {}): this {
    const { every = Infinity, ...rest } = step;
    for (let nth = 1; nth <= count; nth += 1) {
      this.load({ ...rest, changed: rest.changed ?? nth % every === 0 });
    }
    return this;
  }
}
