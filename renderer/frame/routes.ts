import { useSyncExternalStore } from 'react';
import { wallboardRoute } from '../../shared/model/pages.ts';
import type { PageRoute } from '../../shared/model/pages.ts';
import { expectPage } from '../ui/page-heading.tsx';

/** The pages there are, in the order of the rail; `key` as operators read it. */
export const routes = {
  overview: { title: 'Overview', hash: '#/', key: '1' },
  engines: { title: 'Engines & VPN', hash: '#/engines', key: '2' },
  cache: { title: 'Cache', hash: '#/cache', key: '3' },
  sessions: { title: 'Sessions', hash: '#/sessions', key: '4' },
  portal: { title: 'Portal', hash: '#/portal', key: '5' },
  workstations: { title: 'Workstations', hash: '#/workstations', key: '6' },
  alerts: { title: 'Alerts', hash: '#/alerts', key: '7' },
  events: { title: 'Events', hash: '#/events', key: '8' },
  settings: { title: 'Settings', hash: '#/settings', key: 'Ctrl or Cmd ,' },
} as const satisfies Record<string, { title: string; hash: PageRoute; key: string }>;
export type Route = keyof typeof routes;
export const routeNames = Object.keys(routes) as readonly Route[];

/** The page an address names by the first part of its fragment; what no page has is the Overview. */
export function routeOf(hash: string): Route {
  const [, name] = hash.split('/');
  return routeNames.find((route) => routes[route].hash === `#/${name ?? ''}`) ?? 'overview';
}

/** The page that a single key leads to. */
export function routeByKey(key: string): Route | undefined {
  return routeNames.find((route) => routes[route].key === key);
}

export function goTo(route: Route): void {
  window.location.hash = routes[route].hash;
}

/** A page that is gone to begins at its top, with the focus on its heading. */
function subscribe(listener: () => void): () => void {
  let shown = routeOf(window.location.hash);
  const onChange = (): void => {
    const next = routeOf(window.location.hash);
    if (next === shown) return;
    shown = next;
    expectPage();
    document.documentElement.scrollTop = 0;
    listener();
  };
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => routeOf(window.location.hash));
}

/** Where the wallboard was opened from: its whole fragment. */
let beforeWallboard: string = routes.overview.hash;

function isWallboard(hash: string): boolean {
  return hash.split('/', 2).join('/') === wallboardRoute;
}

function subscribeWallboard(listener: () => void): () => void {
  const onChange = ({ oldURL }: HashChangeEvent): void => {
    const { hash } = new URL(oldURL, window.location.href);
    if (!isWallboard(hash)) beforeWallboard = hash;
    if (isWallboard(hash) !== isWallboard(window.location.hash)) expectPage();
    listener();
  };
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** Whether the address names the wallboard, which has nothing around it. */
export function useIsWallboard(): boolean {
  return useSyncExternalStore(subscribeWallboard, () => isWallboard(window.location.hash));
}

/** Back to the page it was opened from. */
export function leaveWallboard(): void {
  window.location.hash = beforeWallboard;
}
