import type { App, WebContents } from 'electron';
import type { Log } from '../core/log.ts';

/** Reloads a page whose process is gone, once: one that dies again would die forever. */
export function recoverFromCrash(contents: Pick<WebContents, 'on' | 'reload'>, log: Log): void {
  let reloaded = false;
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error(`page: its process is gone (${reason}, exit code ${exitCode})`);
    if (reloaded) return;
    reloaded = true;
    contents.reload();
  });
  contents.on('unresponsive', () => log.warn('page: does not respond'));
}

/** Logs helper processes (GPU, network) that end unasked; Electron starts them again. */
export function logLostProcesses(app: Pick<App, 'on'>, log: Log): void {
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (reason !== 'clean-exit') log.warn(`electron: ${type} process is gone (${reason})`);
  });
}
