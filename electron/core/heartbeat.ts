import { spanSince, stamp } from './clock.ts';
import type { Cancel, Clock, Stamp } from './clock.ts';
import { msToNextTick, tickAt } from './status/ticks.ts';

/** ms after a tick: by then its polls have been answered from the cache. */
const sampleDelay = 1000;
/** ms between two beats from which the computer was asleep, whether or not an event told so. */
const sleepGap = 10_000;

interface HeartbeatTasks {
  /** Before the others, at the first beat after a sleep. */
  readonly afterSleep: () => void;
  /** Once a second. */
  readonly everySecond: () => void;
  /** Once for each poll tick, a second after it; `tick` is its UTC ms. */
  readonly everyTick: (tick: number) => void;
}

/** Drives what main does by itself: one timer, on whole seconds. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #pollMs: () => number;
  readonly #tasks: HeartbeatTasks;
  #cancel: Cancel | null = null;
  #sampled = 0;
  #interval: number;
  #lastBeat: Stamp;

  /** @param pollMs ms between two ticks now; may change at any time */
  constructor(clock: Clock, pollMs: () => number, tasks: HeartbeatTasks) {
    this.#clock = clock;
    this.#pollMs = pollMs;
    this.#interval = pollMs();
    this.#tasks = tasks;
    this.#lastBeat = stamp(clock);
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

  /** ms since the last beat: after a sleep, how long that was. */
  get sinceBeat(): number {
    return spanSince(this.#clock, this.#lastBeat);
  }

  #beat(): void {
    if (this.sinceBeat > sleepGap) this.#tasks.afterSleep();
    this.#lastBeat = stamp(this.#clock);
    this.#tasks.everySecond();
    const interval = this.#pollMs();
    const changed = interval !== this.#interval;
    this.#interval = interval;
    const tick = tickAt(this.#clock.wall() - sampleDelay, interval);
    // The last multiple of another interval may lie before what was told; a clock set back is no reason to wait.
    const told = changed ? tick <= this.#sampled : tick === this.#sampled;
    this.#sampled = tick;
    if (told) return;
    this.#tasks.everyTick(tick);
  }
}
