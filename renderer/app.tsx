import { CSPProvider } from '@base-ui/react/csp-provider';
import { Toast } from '@base-ui/react/toast';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider, notifyManager } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Client } from '../shared/rpc/client.ts';
import { browserAfter } from './client/feed-stream.ts';
import { ActionsProvider } from './frame/actions.tsx';
import { VoiceRegion } from './frame/announcer.tsx';
import { Frame } from './frame/frame.tsx';
import { followAppearance } from './live/appearance.ts';
import { ClientContext } from './live/client-context.ts';
import { useFeed } from './live/feed.ts';
import { followPresence } from './live/presence.ts';
import { RoleContext, useToldRole } from './live/use-may.ts';
import { changeTogether } from './live/together.ts';
import { VoiceContext, createVoice } from './live/voice.ts';
import { WatchedProvider } from './live/watched.tsx';
import { Messages } from './notifications/messages.tsx';
import { expectPage } from './ui/page-heading.tsx';
import { Toasts } from './ui/toasts.tsx';

notifyManager.setScheduler(changeTogether);

/** The whole page over any client. */
export function App({ client }: { readonly client: Client }) {
  useEffect(() => followAppearance(client), [client]);
  useEffect(() => followPresence(client), [client]);
  const [voice] = useState(() => createVoice(() => performance.now(), browserAfter));
  useEffect(() => () => voice.end(), [voice]);
  const role = useToldRole(client);
  return (
    <ClientContext value={client}>
      <RoleContext value={role}>
        {/* The content security policy allows no inline style elements. */}
        <CSPProvider disableStyleElements>
          <Tooltip.Provider>
            <VoiceContext value={voice}>
              <Toast.Provider limit={3}>
                <Messages>
                  <Connections />
                </Messages>
                <Toasts />
              </Toast.Provider>
              <VoiceRegion />
            </VoiceContext>
          </Tooltip.Provider>
        </CSPProvider>
      </RoleContext>
    </ClientContext>
  );
}

/** A page for each connection that main makes: nothing that was known of one is there for the next. */
function Connections() {
  const generation = useFeed('profiles.state')?.generation;
  const [first, setFirst] = useState<number>();
  const [shown, setShown] = useState<number>();
  if (generation !== undefined && generation !== shown) {
    if (first === undefined) setFirst(generation);
    else expectPage(); // its heading takes the focus that is lost with the page before
    setShown(generation);
  }
  return <Connected key={shown === first ? 'first' : shown} />;
}

function Connected() {
  const [queries] = useState(() => new QueryClient());
  useEffect(() => () => queries.clear(), [queries]);
  return (
    <QueryClientProvider client={queries}>
      <WatchedProvider>
        <ActionsProvider>
          <Frame />
        </ActionsProvider>
      </WatchedProvider>
    </QueryClientProvider>
  );
}
