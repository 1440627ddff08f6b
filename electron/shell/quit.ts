import type { App } from 'electron';
import type { Clock } from '../core/clock.ts';

/** ms the parts get to stop; with Electron's own ending the app is gone within a second. */
const stopLimit = 800;

export interface Ending {
  /** The app is on its way out; windows may close. */
  readonly quitting: boolean;
}

/** Stops the app's parts before it quits, and quits without them when they take too long. */
export function stopBeforeQuit(
  app: Pick<App, 'on' | 'exit'>,
  clock: Clock,
  stop: () => Promise<void>,
  onError: (reason: string) => void,
): Ending {
  let quitting = false;
  let stopping = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    clock.after(stopLimit, () => app.exit(0));
    stop()
      .catch((error: unknown) => onError(error instanceof Error ? error.message : 'no reason given'))
      .finally(() => app.exit(0));
  });
  return {
    get quitting() {
      return quitting;
    },
  };
}
