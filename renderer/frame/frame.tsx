import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useClient } from '../live/client-context.ts';
import { Announcer, Title } from './announcer.tsx';
import { ClearDialog } from './clear-dialog.tsx';
import { LinkBanner } from './link-banner.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';

/** What stands around every page. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const { data: info } = useQuery({
    queryKey: ['app.info'],
    queryFn: ({ signal }) => client.call('app.info', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: true,
    retryDelay: 2000,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <div className="frame">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <TopBar info={info} />
      <main id="content" className="content" tabIndex={-1}>
        <LinkBanner />
        {children}
      </main>
      <StatusBar info={info} />
      <Announcer />
      <Title />
      <Shortcuts />
      <ClearDialog />
    </div>
  );
}
