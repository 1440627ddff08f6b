import type { App } from 'electron';
import type { Clock } from '../core/clock.ts';

/** ms the parts get to stop; with Electron's own ending the app is gone within a second. */
const stopLimit = 800;
/** ms that what runs last gets to end the process. */
const lastLimit = 5000;

export interface Ending {
  /** The app is on its way out; windows may close. */
  readonly quitting: boolean;
  /** Quits; `last` runs once the parts have stopped and ends the process by itself, or has it ended in 5 s. */
  quitWith(last: () => void): void;
}

/** Stops the app's parts before it quits, and quits without them when they take too long. */
export function stopBeforeQuit(
  app: Pick<App, 'on' | 'quit' | 'exit'>,
  clock: Clock,
  stop: () => Promise<void>,
  onError: (reason: string) => void,
): Ending {
  let quitting = false;
  let stopping = false;
  let ended = false;
  let last: (() => void) | null = null;

  function end(): void {
    if (ended) return;
    ended = true;
    if (last === null) return app.exit(0);
    clock.after(lastLimit, () => app.exit(0));
    last();
  }

  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('will-quit', (event) => {
    if (ended) return; // what ran last quits in its own way
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    clock.after(stopLimit, end);
    stop()
      .catch((error: unknown) => onError(error instanceof Error ? error.message : 'no reason given'))
      .finally(end);
  });
  return {
    get quitting() {
      return quitting;
    },
    quitWith(task) {
      last = task;
      app.quit();
    },
  };
}
