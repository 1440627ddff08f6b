import type { Footprint } from '../../../shared/contract/charts.ts';
import { spanSince, stamp } from '../clock.ts';
import type { Cancel, Clock, Stamp } from '../clock.ts';
import { Feed } from '../feed.ts';

const every = 5000;

/** What the process that owns the cache has used. */
export interface Usage {
  /** Time on a processor since it started, ms. */
  readonly cpuMs: number;
  /** Resident now. */
  readonly memoryBytes: number;
}

export type Work = Pick<Footprint, 'cacheBytes' | 'callsPerMinute' | 'savedPerMinute'>;

interface FootprintOptions {
  readonly clock: Clock;
  readonly usage: () => Usage;
  /** What the connected profile does; null: another one is being connected. */
  readonly work: () => Work | null;
}

const noWork: Work = { cacheBytes: 0, callsPerMinute: 0, savedPerMinute: 0 };

/** What the app itself uses, every 5 s. */
export class FootprintMeter {
  readonly feed: Feed<Footprint>;
  readonly #options: FootprintOptions;
  #last: { readonly at: Stamp; readonly cpuMs: number } | null = null;
  #cancel: Cancel = () => {};

  constructor(options: FootprintOptions) {
    this.#options = options;
    this.feed = new Feed(this.#measure());
  }

  start(): void {
    this.#cancel = this.#options.clock.after(every, () => {
      this.start();
      this.feed.set(this.#measure());
    });
  }

  stop(): void {
    this.#cancel();
  }

  #measure(): Footprint {
    const { clock, usage, work } = this.#options;
    const { cpuMs, memoryBytes } = usage();
    const last = this.#last;
    const span = last ? spanSince(clock, last.at) : 0;
    this.#last = { at: stamp(clock), cpuMs };
    return {
      at: clock.wall(),
      cpuPercent: last && span > 0 ? Math.max(0, (100 * (cpuMs - last.cpuMs)) / span) : null,
      memoryBytes,
      ...(work() ?? noWork),
    };
  }
}
