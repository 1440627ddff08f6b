import { CSPProvider } from '@base-ui/react/csp-provider';
import { Toast } from '@base-ui/react/toast';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider, notifyManager } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../shared/rpc/client.ts';
import { ActionsProvider } from './frame/actions.tsx';
import { Frame } from './frame/frame.tsx';
import { ClientContext } from './live/client-context.ts';
import { changeTogether } from './live/together.ts';
import { WatchedProvider } from './live/watched.tsx';
import { Overview } from './pages/overview.tsx';
import { Toasts } from './ui/toasts.tsx';

notifyManager.setScheduler(changeTogether);

/** The whole page over any client. */
export function App({ client }: { readonly client: Client }) {
  const [queries] = useState(() => new QueryClient());
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>
        {/* The content security policy allows no inline style elements. */}
        <CSPProvider disableStyleElements>
          <Tooltip.Provider>
            <Toast.Provider limit={3}>
              <WatchedProvider>
                <ActionsProvider>
                  <Frame>
                    <Overview />
                  </Frame>
                </ActionsProvider>
              </WatchedProvider>
              <Toasts />
            </Toast.Provider>
          </Tooltip.Provider>
        </CSPProvider>
      </QueryClientProvider>
    </ClientContext>
  );
}
