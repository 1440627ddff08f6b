import { useEffect } from 'react';
import { useOverall } from './overall.tsx';
import { routes } from './routes.ts';
import type { Route } from './routes.ts';

/** The document's title carries the worst state and the page, so that a tab or task bar tells both. */
export function Title({ route }: { readonly route: Route }) {
  const { prefix } = useOverall();
  const { title } = routes[route];
  useEffect(() => {
    document.title = prefix === '' ? `${title} · Cachedeck` : `${prefix} · ${title} · Cachedeck`;
  }, [prefix, title]);
  return null;
}
