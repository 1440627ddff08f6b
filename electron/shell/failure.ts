import type { App, Dialog } from 'electron';
import type { Log } from '../core/log.ts';
import { productName } from './identity.ts';

export interface FailureNeeds {
  readonly app: Pick<App, 'isPackaged' | 'exit'>;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  readonly log: Log;
}

/**
 * The end by an error nobody handled: logged, shown to a person who has no terminal, exit code 1.
 * What has already failed once is not tried again, so that an error while ending cannot go round.
 */
export function createFailure({ app, dialog, log }: FailureNeeds): (what: string, error: unknown) => void {
  let failed = false;
  return (what, error) => {
    if (failed) return;
    failed = true;
    const reason = error instanceof Error ? error.message : 'no reason given';
    log.error(`${what}: ${reason}`);
    if (app.isPackaged) dialog.showErrorBox(`${productName} ${what}`, reason);
    app.exit(1);
  };
}
