import { wallboardRoute } from '../../shared/model/pages.ts';
import type { PageRoute } from '../../shared/model/pages.ts';
import { useClient } from '../live/client-context.ts';
import { useAppInfo } from '../live/use-app-info.ts';
import { useSay } from '../ui/toasts.tsx';
import { routeOf, routes } from './routes.ts';

export interface WindowAction {
  readonly id: 'window' | 'wallboard' | 'full-screen';
  readonly title: string;
  readonly note?: string;
  readonly run: () => void;
}

/**
 * What can be done with windows here: another one for this page or the wallboard, a tab in the browser host; and there the
 * full screen, which the desktop app has in its own menu.
 */
export function useWindowActions(): readonly WindowAction[] {
  const client = useClient();
  const say = useSay();
  const windows = useAppInfo()?.capabilities.windows ?? false;
  const attempt = (failed: string, work: () => Promise<unknown>): void => {
    work().catch((error: unknown) => {
      say(failed, error instanceof Error ? error.message : String(error), 'attention');
    });
  };
  const open = (route: PageRoute): void => {
    if (!windows) return void window.open(route, '_blank', 'noopener');
    attempt('No window was opened', () => client.call('windows.open', { route }));
  };
  const full = Boolean(document.fullscreenElement);
  const fullScreen: WindowAction = {
    id: 'full-screen',
    title: full ? 'Leave full screen' : 'Full screen',
    run: () =>
      attempt('No full screen', () =>
        full ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
      ),
  };
  return [
    {
      id: 'window',
      title: windows ? 'New window' : 'New tab',
      run: () => open(routes[routeOf(window.location.hash)].hash),
    },
    {
      id: 'wallboard',
      title: 'Wallboard',
      note: 'The state of everything, to be read from across the room.',
      run: () => open(wallboardRoute),
    },
    ...(!windows && document.fullscreenEnabled ? [fullScreen] : []),
  ];
}
