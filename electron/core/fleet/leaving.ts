import type { EngineList } from '../../../shared/contract/orchestrator.ts';
import type { Clock, Stamp } from '../clock.ts';
import { spanSince, stamp } from '../clock.ts';

/** ms; the server goes on listing a deleted engine for up to 10 s (its monitor's next pass). */
const remembered = 30_000;

/** Engines that the server said it deleted and still lists. */
export class Leaving {
  readonly #clock: Clock;
  readonly #since = new Map<string, Stamp>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(id: string): void {
    this.#since.set(id, stamp(this.#clock));
  }

  has(id: string): boolean {
    const since = this.#since.get(id);
    if (since === undefined) return false;
    if (spanSince(this.#clock, since) < remembered) return true;
    this.#since.delete(id);
    return false;
  }

  /** `list` with the leaving ones marked. One that is listed no more has left. */
  mark(list: EngineList): EngineList {
    if (this.#since.size === 0) return list;
    const listed = new Set(list.engines.map(({ id }) => id));
    for (const id of this.#since.keys()) if (!listed.has(id)) this.#since.delete(id);
    return {
      engines: list.engines.map((one) => (this.has(one.id) ? { ...one, leaving: true } : one)),
    };
  }
}
