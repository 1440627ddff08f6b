import type { Clock } from '../../electron/core/clock.ts';
import { FakeClock } from './fake-clock.ts';

/**
 * Time that passes only while a server "works": a server under test is given `server`, its clients the clock itself, and
 * what a call takes is then exactly what the server says it takes, however long the machine needed.
 */
export class AskedTime extends FakeClock {
  #turn: Promise<void> = Promise.resolve();

  readonly server: Clock = {
    wall: () => this.wall(),
    mono: () => this.mono(),
    after: (ms, task) => {
      const due = this.mono() + ms;
      let cancelled = false;
      const pass = async (): Promise<void> => {
        // Waits that began together pass together.
        await new Promise((resolve) => void setImmediate(resolve));
        if (cancelled) return;
        await this.advance(Math.max(0, due - this.mono()));
        if (!cancelled) task();
      };
      this.#turn = this.#turn.then(pass);
      return () => {
        cancelled = true;
      };
    },
  };
}
