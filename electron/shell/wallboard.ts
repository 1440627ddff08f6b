import type { BrowserWindow, WebContents } from 'electron';
import { pageRoutes, wallboardRoute } from '../../shared/model/pages.ts';
import type { PageRoute } from '../../shared/model/pages.ts';
import { routes } from './navigate.ts';

/** The page that an address shows, by the first part of its fragment; the Overview where it names none. */
export function routeOf(url: string): PageRoute {
  const [, name = ''] = (URL.parse(url)?.hash ?? '').split('/');
  return pageRoutes.find((route) => route === `#/${name}`) ?? routes.overview;
}

/**
 * F11 on a window: the wallboard fills its screen; pressed again, the page from before is back. A window that was made
 * to fill its screen stops doing so when its page leaves the wallboard by itself, as with Escape.
 */
export function createWallboard(
  window: Pick<BrowserWindow, 'isFullScreen' | 'setFullScreen'> & {
    readonly webContents: Pick<WebContents, 'getURL' | 'on'>;
  },
  navigate: (route: PageRoute) => void,
): () => void {
  const { webContents: contents } = window;
  let before: PageRoute = routes.overview;
  let filled = false;

  function onMove(_event: unknown, url: string): void {
    if (!filled || routeOf(url) === wallboardRoute) return;
    filled = false;
    window.setFullScreen(false);
  }
  contents.on('did-navigate-in-page', onMove);
  contents.on('did-navigate', onMove);

  return () => {
    const shown = routeOf(contents.getURL());
    if (shown === wallboardRoute && window.isFullScreen()) return navigate(before);
    if (shown !== wallboardRoute) {
      before = shown;
      navigate(wallboardRoute);
    }
    if (window.isFullScreen()) return;
    filled = true;
    window.setFullScreen(true);
  };
}
