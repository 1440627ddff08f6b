import { Suspense, lazy } from 'react';
import { Overview } from '../pages/overview.tsx';
import { useZone } from '../live/appearance.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { routes } from './routes.ts';
import type { Route } from './routes.ts';

const Engines = lazy(async () => ({ default: (await import('../pages/engines.tsx')).Engines }));
const Cache = lazy(async () => ({ default: (await import('../pages/cache.tsx')).Cache }));
const Sessions = lazy(async () => ({ default: (await import('../pages/sessions.tsx')).Sessions }));
const Portal = lazy(async () => ({ default: (await import('../pages/portal.tsx')).Portal }));
const Workstations = lazy(async () => ({
  default: (await import('../pages/workstations.tsx')).Workstations,
}));
const Alerts = lazy(async () => ({ default: (await import('../pages/alerts.tsx')).Alerts }));
const Events = lazy(async () => ({ default: (await import('../pages/events.tsx')).Events }));
const Settings = lazy(async () => ({ default: (await import('../pages/settings.tsx')).Settings }));

const pages = {
  overview: Overview,
  engines: Engines,
  cache: Cache,
  sessions: Sessions,
  portal: Portal,
  workstations: Workstations,
  alerts: Alerts,
  events: Events,
  settings: Settings,
} as const;

/** The page of a route: each but the first is a chunk of its own, and a failure stays within it. */
export function Page({ route }: { readonly route: Route }) {
  const Shown = pages[route];
  const { title } = routes[route];
  const zone = useZone();
  // Another zone changes every time on a page; in the settings, where it is chosen, nothing may be lost for it.
  const key = route === 'settings' ? route : `${route} ${zone}`;
  return (
    <ErrorBoundary key={key} title={title} reload={() => window.location.reload()}>
      <Suspense fallback={<p className="empty page-space">Opening {title}…</p>}>
        <Shown />
      </Suspense>
    </ErrorBoundary>
  );
}
