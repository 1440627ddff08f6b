import type { App, Dialog } from 'electron';
import { logCrash } from '../core/logs/crashes.ts';
import type { AppLog } from '../core/logs/log-file.ts';
import { productName } from './identity.ts';

export interface FailureNeeds {
  readonly app: Pick<App, 'isPackaged' | 'exit'>;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  readonly log: AppLog;
  /** Takes secrets out of a text, as the log does by itself. */
  readonly clean: (text: string) => string;
}

export interface Failure {
  /** The reason is a sentence for a person: a wrong variable, a folder that cannot be used. */
  couldNotStart(error: unknown): void;
  /** Something nobody handled: the log gets its stack. */
  crashed(error: unknown): void;
}

/**
 * The end by an error: logged, shown to a person who has no terminal, exit code 1. Once: an error while ending cannot
 * go round.
 */
export function createFailure({ app, dialog, log, clean }: FailureNeeds): Failure {
  let failed = false;

  function end(title: string, error: unknown, write: (reason: string) => void): void {
    if (failed) return;
    failed = true;
    const reason = error instanceof Error ? error.message : 'No reason was given.';
    write(reason);
    if (app.isPackaged) dialog.showErrorBox(title, clean(reason));
    app.exit(1);
  }

  return {
    couldNotStart(error) {
      end(`${productName} could not start`, error, (reason) => {
        log.writeThrough();
        log.error(reason);
      });
    },
    crashed(error) {
      end(`${productName} stopped because of an error`, error, () => logCrash(log, error));
    },
  };
}
