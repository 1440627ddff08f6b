import type { App, WebContents } from 'electron';
import { spanSince, stamp } from '../core/clock.ts';
import type { Clock, Stamp } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Fault } from './error-page.ts';
import { errorPageOf, isErrorPage } from './identity.ts';

/** A page that is lost twice within this time (ms) is not started a third time. */
export const crashWindow = 10 * 60_000;
/** Chromium's code for a load that another one replaced. */
const aborted = -3;

/** Reasons of Electron's `render-process-gone`, as the end of "The page's process …". */
const reasons: Readonly<Record<string, string>> = {
  'abnormal-exit': 'ended by itself',
  killed: 'was ended from outside',
  crashed: 'crashed',
  oom: 'ran out of memory',
  'launch-failed': 'could not be started',
  'integrity-failure': 'was refused by the system as damaged',
  'memory-eviction': 'was ended to free memory',
};

export interface RecoveryNeeds {
  readonly contents: Pick<
    WebContents,
    'id' | 'on' | 'reload' | 'loadURL' | 'isDestroyed' | 'forcefullyCrashRenderer'
  >;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells the person in a native way: the error page cannot be shown either. */
  readonly tell: (title: string, text: string) => void;
}

export interface Recovery {
  /** What is wrong with the page; null: nothing. The error page tells it. */
  readonly fault: Fault | null;
  /** Shows the error page: the page could not be loaded. */
  failedToLoad(reason: string, code?: number): void;
  /** Ends the page's process and starts the page anew, because somebody asked for it: not counted as a loss. */
  restart(): void;
}

/**
 * Brings the page back: one reload when its process is lost, the error page when that happens again within ten minutes
 * or when the page cannot be loaded. Later the count starts anew.
 */
export function recoverPage({ contents, clock, log, tell }: RecoveryNeeds): Recovery {
  let fault: Fault | null = null;
  let lastLoss: Stamp | null = null;
  let restarting = false;
  let planned = false;

  /** Not within the event: Chromium takes no new navigation while it reports the end of the old one. */
  function soon(task: () => void): void {
    if (planned) return;
    planned = true;
    clock.after(0, () => {
      planned = false;
      if (!contents.isDestroyed()) task();
    });
  }

  function showFault(next: Fault): void {
    if (planned) return; // the same failure, reported in a second way
    log.error(`page: ${next.text}`);
    soon(() => {
      fault = next;
      contents.loadURL(errorPageOf(contents.id)).catch((error: unknown) => {
        log.error(
          `page: the error page failed too (${error instanceof Error ? error.message : 'no reason'})`,
        );
        tell(next.title, next.text);
      });
    });
  }

  function failedToLoad(reason: string, code?: number): void {
    showFault({
      title: 'The page could not be loaded',
      text: 'Cachedeck goes on watching in the background; only its window has nothing to show.',
      facts: [['Reason', code === undefined ? reason : `${reason} (${code})`]],
    });
  }

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    if (restarting) {
      restarting = false;
      return;
    }
    const again = lastLoss !== null && spanSince(clock, lastLoss) < crashWindow;
    lastLoss = stamp(clock);
    log.error(`page: its process is gone (${reason}, exit code ${exitCode})`);
    if (fault !== null) return tell(fault.title, fault.text); // the error page itself: trying on would never end
    if (!again) return soon(() => contents.reload());
    showFault({
      title: 'The page stopped working',
      text: `Its process ${reasons[reason] ?? 'is gone'}, for the second time within ten minutes. Cachedeck goes on watching in the background; only its window was not started once more.`,
      facts: [
        ['Reason', reason],
        ['Exit code', String(exitCode)],
      ],
    });
  });

  contents.on('did-navigate', (_event, url) => {
    if (!isErrorPage(url)) fault = null;
  });

  contents.on('did-fail-load', (_event, code, reason, url, isMainFrame) => {
    if (!isMainFrame || code === aborted || isErrorPage(url)) return;
    failedToLoad(reason, code);
  });

  return {
    get fault() {
      return fault;
    },
    failedToLoad,
    restart() {
      restarting = true;
      contents.forcefullyCrashRenderer();
      contents.reload(); // right after it, so in a new process
    },
  };
}

/** Logs helper processes (GPU, network) that end unasked; Electron starts them again. */
export function logLostProcesses(app: Pick<App, 'on'>, log: Log): void {
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (reason !== 'clean-exit') log.warn(`electron: ${type} process is gone (${reason})`);
  });
}
