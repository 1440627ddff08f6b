import type { Session } from 'electron';
import type { Log } from '../core/log.ts';

/** Cancels every download of a page: files for the operator are written by main, where they say so in its dialog. */
export function cancelDownloads(session: Pick<Session, 'on'>, log: Log): void {
  session.on('will-download', (event) => {
    event.preventDefault();
    log.warn('page: a download was refused');
  });
}
