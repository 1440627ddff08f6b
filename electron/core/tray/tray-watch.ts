import type { TrayModel } from '../../../shared/contract/app.ts';
import type { Clock } from '../clock.ts';
import { Feed } from '../feed.ts';
import { tickAt } from '../status/ticks.ts';
import { trayModel } from './tray-model.ts';
import type { TrayFacts } from './tray-model.ts';

/** ms between two looks at the hit rate: a share that trembles around a half per cent redraws nothing in between. */
const rateEvery = 15_000;

interface TrayWatchOptions {
  readonly clock: Clock;
  readonly facts: () => Omit<TrayFacts, 'hitRate5m'>;
  readonly hitRate5m: () => TrayFacts['hitRate5m'];
}

/** The tray of one profile, told only when a word of it changes: an open menu closes when it is redrawn. */
export class TrayWatch {
  readonly feed: Feed<TrayModel>;
  readonly #options: TrayWatchOptions;
  #rate: TrayFacts['hitRate5m'];
  #rateAt: number;

  constructor(options: TrayWatchOptions) {
    this.#options = options;
    this.#rate = options.hitRate5m();
    this.#rateAt = tickAt(options.clock.wall(), rateEvery);
    this.feed = new Feed(this.#now());
  }

  /** To be called once a second, and after whatever an operator did. */
  update(): void {
    const at = tickAt(this.#options.clock.wall(), rateEvery);
    if (at !== this.#rateAt) this.#rate = this.#options.hitRate5m();
    this.#rateAt = at;
    const next = this.#now();
    if (!sameTray(this.feed.value, next)) this.feed.set(next);
  }

  #now(): TrayModel {
    return trayModel({ ...this.#options.facts(), hitRate5m: this.#rate });
  }
}

/** Whether two models would be drawn alike. */
export function sameTray(a: TrayModel, b: TrayModel): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
