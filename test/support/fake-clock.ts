import type { Cancel, Clock } from '../../electron/core/clock.ts';

interface Task {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that moves only when told; whole milliseconds. */
export class FakeClock implements Clock {
  #mono = 0;
  #wall: number;
  #order = 0;
  readonly #tasks = new Set<Task>();

  constructor(wall = 1_000_000_000_000) {
    this.#wall = wall;
  }

  wall(): number {
    return this.#wall;
  }

  mono(): number {
    return this.#mono;
  }

  after(ms: number, run: () => void): Cancel {
    const task: Task = { due: this.#mono + Math.max(0, ms), order: this.#order++, run };
    this.#tasks.add(task);
    return () => void this.#tasks.delete(task);
  }

  get pending(): number {
    return this.#tasks.size;
  }

  /** Moves both clocks, running what falls due in order and letting promises settle after each task. */
  async advance(ms: number): Promise<void> {
    const end = this.#mono + ms;
    await settle();
    for (;;) {
      let next: Task | undefined;
      for (const task of this.#tasks) {
        if (task.due > end) continue;
        if (!next || task.due < next.due || (task.due === next.due && task.order < next.order)) next = task;
      }
      if (!next) break;
      this.#tasks.delete(next);
      this.#move(Math.max(0, next.due - this.#mono));
      next.run();
      await settle();
    }
    this.#move(end - this.#mono);
    await settle();
  }

  /** Moves the wall clock alone: set by hand, or back from suspend (the monotonic clock stood still). */
  jumpWall(ms: number): void {
    this.#wall += ms;
  }

  #move(ms: number): void {
    this.#mono += ms;
    this.#wall += ms;
  }
}

/** Lets every promise that can settle without time passing settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
