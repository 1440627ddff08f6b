import type { App, WebContents } from 'electron';
import type { Log } from '../core/log.ts';
import { isOwnDocument } from './identity.ts';

/** Keeps every page in its place: no navigation but to the entry and the error page, no windows, no webviews. */
export function guardNavigation(app: Pick<App, 'on'>, entry: string, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, entry, log));
}

function guardContents(contents: WebContents, entry: string, log: Log): void {
  contents.on('will-navigate', (event) => {
    if (!event.isMainFrame || !isOwnDocument(event.url, entry)) refuse(event, 'navigation');
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnDocument(event.url, entry)) refuse(event, 'frame navigation');
  });
  contents.on('will-redirect', (event) => refuse(event, 'redirect'));
  contents.on('will-attach-webview', (event) => refuse(event, 'webview'));
  contents.setWindowOpenHandler(() => {
    log.warn('page: opening a window was refused');
    return { action: 'deny' };
  });

  function refuse(event: { preventDefault(): void }, what: string): void {
    event.preventDefault();
    log.warn(`page: ${what} was refused`);
  }
}
