import { useSyncExternalStore } from 'react';
import { routes } from './routes.ts';
import type { Route } from './routes.ts';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/**
 * The tab that the address names by the second part of its fragment, and the way to another: `#/cache/history`. What
 * no tab has is the first one.
 */
export function useTab<T extends string>(route: Route, names: readonly T[]): readonly [T, (tab: T) => void] {
  const named = useSyncExternalStore(subscribe, () => window.location.hash.split('/')[2] ?? '');
  const [first] = names;
  if (first === undefined) throw new Error('a page with tabs has one');
  const tab = names.find((name) => name === named) ?? first;
  return [
    tab,
    (next) => {
      // Back leads to the tab before.
      window.location.hash = next === first ? routes[route].hash : `${routes[route].hash}/${next}`;
    },
  ];
}
