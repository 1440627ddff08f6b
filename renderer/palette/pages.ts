import { tabs as alertTabs } from '../alerts/tabs.ts';
import { cacheTabs } from '../cache/tabs.ts';
import { fleetTabs } from '../fleet/tabs.ts';
import { goTo, routeNames, routes } from '../frame/routes.ts';
import type { Route } from '../frame/routes.ts';
import type { Command } from './command.ts';

/** Pages with tabs, by the fragment of each but the first, which is the page's own. */
const tabs: Partial<Record<Route, Readonly<Record<string, string>>>> = {
  engines: fleetTabs,
  cache: cacheTabs,
  alerts: alertTabs,
};

/** The way to each page and to each of its tabs. */
export function pageCommands(): readonly Command[] {
  return routeNames.flatMap((route) => {
    const { title, hash, key } = routes[route];
    const page: Command = {
      id: `page ${route}`,
      group: 'pages',
      title,
      also: 'page',
      shortcut: key,
      movesFocus: true,
      run: () => goTo(route),
    };
    const [, ...others] = Object.entries(tabs[route] ?? {});
    return [
      page,
      ...others.map(([name, tab]): Command => ({
        id: `page ${route}/${name}`,
        group: 'pages',
        title: `${title}: ${tab}`,
        also: 'tab',
        movesFocus: true,
        run: () => {
          window.location.hash = `${hash}/${name}`;
        },
      })),
    ];
  });
}
