import type { WebContents } from 'electron';
import type { PageRoute } from '../../shared/model/pages.ts';
import type { Recovery } from './crash.ts';

/** Pages that menu and notifications lead to, by the fragment of their address. */
export const routes = {
  overview: '#/',
  sessions: '#/sessions',
  alerts: '#/alerts',
  events: '#/events',
  settings: '#/settings',
} as const satisfies Record<string, PageRoute>;

/**
 * Loads the page, or takes the one that is loaded to a route. Another fragment keeps the document, so nothing in the
 * page is lost; from the error page it is a fresh start. No code is sent to the page.
 */
export function createNavigator(
  contents: Pick<WebContents, 'loadURL' | 'getURL'>,
  entry: string,
  recovery: Pick<Recovery, 'failedToLoad'>,
): (route?: PageRoute) => void {
  return (route) => {
    const url = route === undefined ? entry : new URL(route, entry).href;
    if (contents.getURL() === url) return; // the very same address would be a reload
    contents.loadURL(url).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED') return; // another one came
      recovery.failedToLoad(error instanceof Error ? error.message : 'no reason given');
    });
  };
}
