import type { Snooze } from './api.ts';
import type { AlertMemory } from './memory.ts';
import type { Snoozes } from './snoozes.ts';
import type { IsLive } from './sources.ts';

/** What keeps messages about single alerts from being told: a parent that is live, or the operator. */
export class Mutes {
  readonly #snoozes: Snoozes;
  readonly #isLive: IsLive;
  #parents: Map<string, string>;
  #liveBefore = new Set<string>();

  /** @param isLive whether an alert is firing or recovering now */
  constructor(snoozes: Snoozes, isLive: IsLive, parents: AlertMemory['parents']) {
    this.#parents = new Map(parents);
    this.#snoozes = snoozes;
    this.#isLive = isLive;
  }

  /** @param judged the alerts of this tick; `liveBefore`: those that were live before it */
  update(judged: readonly { key: string; parent: string | null }[], liveBefore: Set<string>): void {
    this.#parents = new Map();
    for (const { key, parent } of judged) if (parent !== null) this.#parents.set(key, parent);
    this.#liveBefore = liveBefore;
  }

  inhibited(key: string): boolean {
    return this.#hasAncestor(key, this.#isLive);
  }

  snoozeOf(key: string): Snooze | null {
    return this.#snoozes.of(key);
  }

  /** Why nothing is told of `key`. */
  of(key: string): 'inhibited' | 'snoozed' | null {
    return this.inhibited(key) ? 'inhibited' : this.snoozeOf(key) ? 'snoozed' : null;
  }

  /** The same of its recovery: one that comes along with its parent's is silent, too. */
  ofRecovery(key: string): 'inhibited' | 'snoozed' | null {
    return this.#hasAncestor(key, (parent) => this.#liveBefore.has(parent)) ? 'inhibited' : this.of(key);
  }

  parentOf(key: string): string | undefined {
    return this.#parents.get(key);
  }

  export(): AlertMemory['parents'] {
    return [...this.#parents];
  }

  #hasAncestor(key: string, is: IsLive): boolean {
    const parent = this.parentOf(key);
    return parent !== undefined && (is(parent) || this.#hasAncestor(parent, is));
  }
}
