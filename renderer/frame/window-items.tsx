import { Menu } from '@base-ui/react/menu';
import { wallboardRoute } from '../../shared/model/pages.ts';
import type { PageRoute } from '../../shared/model/pages.ts';
import { useClient } from '../live/client-context.ts';
import { useAppInfo } from '../live/use-app-info.ts';
import { useSay } from '../ui/toasts.tsx';
import { routeOf, routes } from './routes.ts';

/** Entries that open this page, or the wallboard, in a window beside this one: a tab in the browser host. */
export function WindowItems() {
  const client = useClient();
  const say = useSay();
  const windows = useAppInfo()?.capabilities.windows ?? false;
  const open = (route: PageRoute): void => {
    if (!windows) return void window.open(route, '_blank', 'noopener');
    client.call('windows.open', { route }).catch((error: unknown) => {
      say('No window was opened', error instanceof Error ? error.message : String(error), 'attention');
    });
  };
  return (
    <>
      <Menu.Item className="menu-item" onClick={() => open(routes[routeOf(window.location.hash)].hash)}>
        <span className="menu-check" />
        <span>{windows ? 'New window' : 'New tab'}</span>
      </Menu.Item>
      <Menu.Item className="menu-item" onClick={() => open(wallboardRoute)}>
        <span className="menu-check" />
        <span>
          Wallboard
          <span className="menu-note">The state of everything, to be read from across the room.</span>
        </span>
      </Menu.Item>
      <Menu.Separator className="menu-line" />
    </>
  );
}
