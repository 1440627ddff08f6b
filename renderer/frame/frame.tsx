import { Suspense, lazy, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useFeed } from '../live/feed.ts';
import { useAppInfo } from '../live/use-app-info.ts';
import { Announcer, useProblemNews } from './announcer.tsx';
import { ClearDialog } from './clear-dialog.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { LinkBanner } from './link-banner.tsx';
import { Page } from './page.tsx';
import { Problems } from './problems.tsx';
import { ProfileBanner } from './profile-banner.tsx';
import { Rail } from './rail.tsx';
import { routes, useIsWallboard, useRoute } from './routes.ts';
import { Shortcuts } from './shortcuts.tsx';
import { StatusBar } from './status-bar.tsx';
import { Title } from './title.tsx';
import { TopBar } from './top-bar.tsx';

const FirstRun = lazy(async () => ({ default: (await import('../pages/first-run.tsx')).FirstRun }));

const Wallboard = lazy(async () => ({ default: (await import('../pages/wallboard.tsx')).Wallboard }));

/** What stands around every page; before anything was chosen, the first-run page alone. */
export function Frame() {
  const state = useFeed('profiles.state');
  const wallboard = useIsWallboard();
  // Until main has told which, neither: the one would be taken away from under the operator for the other.
  if (state?.firstRun !== false) return <Alone>{state && <FirstRun />}</Alone>;
  return wallboard ? <OnTheWall /> : <Framed />;
}

/** The wallboard is all there is on its screen. */
function OnTheWall() {
  return (
    <>
      <ErrorBoundary title="The wallboard" reload={() => window.location.reload()}>
        <Suspense fallback={null}>
          <Wallboard />
        </Suspense>
      </ErrorBoundary>
      <Announcer />
      <Title title="Wallboard" />
    </>
  );
}

/** A page with nothing around it. */
function Alone({ children }: { readonly children: ReactNode }) {
  useProblemNews();
  useEffect(() => {
    document.title = 'Cachedeck';
  }, []);
  return (
    <main id="content" className="content alone" tabIndex={-1}>
      <LinkBanner />
      <Problems />
      <ErrorBoundary title="The first page" reload={() => window.location.reload()}>
        <Suspense fallback={null}>{children}</Suspense>
      </ErrorBoundary>
    </main>
  );
}

function Framed() {
  const route = useRoute();
  const content = useRef<HTMLElement>(null);
  const info = useAppInfo();
  return (
    <div className="frame">
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault(); // the fragment names the page
          content.current?.focus();
        }}
      >
        Skip to content
      </a>
      <Rail route={route} />
      <TopBar info={info} />
      <main id="content" className="content" tabIndex={-1} ref={content}>
        <LinkBanner />
        <ProfileBanner />
        <Problems />
        <Page route={route} />
      </main>
      <StatusBar info={info} />
      <Announcer />
      <Title title={routes[route].title} />
      <Shortcuts />
      <ClearDialog />
    </div>
  );
}
