import { Suspense, lazy, useRef } from 'react';
import { useFeed } from '../live/feed.ts';
import { useAppInfo } from '../live/use-app-info.ts';
import { Announcer } from './announcer.tsx';
import { ClearDialog } from './clear-dialog.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { LinkBanner } from './link-banner.tsx';
import { Page } from './page.tsx';
import { Problems } from './problems.tsx';
import { ProfileBanner } from './profile-banner.tsx';
import { Rail } from './rail.tsx';
import { useRoute } from './routes.ts';
import { Shortcuts } from './shortcuts.tsx';
import { StatusBar } from './status-bar.tsx';
import { Title } from './title.tsx';
import { TopBar } from './top-bar.tsx';

const FirstRun = lazy(async () => ({ default: (await import('../pages/first-run.tsx')).FirstRun }));

/** What stands around every page; before anything was chosen, the first-run page alone. */
export function Frame() {
  const firstRun = useFeed('profiles.state')?.firstRun ?? false;
  return firstRun ? <Welcome /> : <Framed />;
}

function Welcome() {
  return (
    <main id="content" className="content welcome" tabIndex={-1}>
      <LinkBanner />
      <Problems />
      <ErrorBoundary title="The first page" reload={() => window.location.reload()}>
        <Suspense fallback={null}>
          <FirstRun />
        </Suspense>
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
      <Title route={route} />
      <Shortcuts />
      <ClearDialog />
    </div>
  );
}
