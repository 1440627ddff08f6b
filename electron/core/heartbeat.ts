import type { Cancel, Clock } from './clock.ts';
import { msToNextTick, tickAt } from './status/ticks.ts';

/** ms after a tick: by then its polls have been answered from the cache. */
const sampleDelay = 1000;

export interface HeartbeatTasks {
  /** Once a second. */
  readonly everySecond: () => void;
  /** Once for each poll tick, a second after it; `tick` is its UTC ms. */
  readonly everyTick: (tick: number) => void;
}

/** Drives what main does by itself: one timer, on whole seconds. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #pollMs: number;
  readonly #tasks: HeartbeatTasks;
  #cancel: Cancel | null = null;
  #sampled = 0;

  constructor(clock: Clock, pollMs: number, tasks: HeartbeatTasks) {
    this.#clock = clock;
    this.#pollMs = pollMs;
    this.#tasks = tasks;
  }

  start(): void {
    this.#cancel = this.#clock.after(msToNextTick(this.#clock.wall(), 1000), () => {
      this.start();
      this.#beat();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #beat(): void {
    this.#tasks.everySecond();
    const tick = tickAt(this.#clock.wall() - sampleDelay, this.#pollMs);
    if (tick === this.#sampled) return;
    this.#sampled = tick;
    this.#tasks.everyTick(tick);
  }
}
