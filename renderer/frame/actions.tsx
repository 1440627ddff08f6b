import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { DemoFault } from '../../shared/contract/app.ts';
import { resourceKeys } from '../../shared/model/resources.ts';
import { useTellRemoved } from '../cache/undo.ts';
import { useClient } from '../live/client-context.ts';
import { usePaused } from '../live/feed.ts';
import { useSay } from '../ui/toasts.tsx';
import { routeOf } from './routes.ts';
import { resultLine } from './refresh-words.ts';

/** ms between two presses of Force refresh. */
const refreshRestMs = 2000;

/** What an operator can do, by button and by key. */
export interface Actions {
  /** Loads past the cache: what the page shows, or everything with a subscriber. `where`: who tells the result. */
  readonly refresh: (all: boolean, where?: 'in-place' | 'toast') => void;
  /** Pressed within the last 2 s. */
  readonly refreshResting: boolean;
  readonly togglePause: () => void;
  readonly setRefreshAhead: (on: boolean) => void;
  readonly simulate: (fault: DemoFault) => void;
  readonly clearCache: () => void;
  readonly dialog: Dialog;
  readonly openDialog: (dialog: Dialog) => void;
}

export type Dialog = 'none' | 'clear' | 'keys';

const ActionsContext = createContext<Actions | null>(null);

export function useActions(): Actions {
  const actions = use(ActionsContext);
  if (!actions) throw new Error('ActionsProvider is missing');
  return actions;
}

export function ActionsProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const tellRemoved = useTellRemoved();
  const paused = usePaused();
  const [dialog, openDialog] = useState<Dialog>('none');
  const [refreshResting, setResting] = useState(false);
  useEffect(() => {
    if (!refreshResting) return;
    const timer = setTimeout(() => setResting(false), refreshRestMs);
    return () => clearTimeout(timer);
  }, [refreshResting]);

  const actions = useMemo((): Actions => {
    const attempt = (what: string, work: Promise<unknown>): void => {
      work.catch((error: unknown) => {
        say(`${what} did not work`, error instanceof Error ? error.message : String(error), 'bad');
      });
    };
    const refresh = async (all: boolean, toast: boolean): Promise<void> => {
      setResting(true);
      const [progress] = await Promise.all([
        client.call('refresh.force', { resources: all ? 'all' : [...resourceKeys] }),
        routeOf(window.location.hash) === 'workstations' && client.call('workstations.refresh', {}),
      ]);
      await queries.invalidateQueries();
      if (!toast) return; // the list beside the button tells
      const failed = progress.items.some(({ state }) => state === 'failed');
      say(failed ? 'Refreshed in part' : 'Refreshed', resultLine(progress), failed ? 'attention' : 'ok');
    };
    const clear = async (): Promise<void> => {
      tellRemoved('Cleared', await client.call('cache.clear', {}));
      await queries.invalidateQueries();
    };
    return {
      refresh: (all, where = 'toast') => {
        if (!refreshResting) attempt('Force refresh', refresh(all, where === 'toast'));
      },
      refreshResting,
      togglePause: () => {
        attempt(
          paused ? 'Resume' : 'Pause',
          (paused ? client.call('polling.resume', {}) : client.call('polling.pause', { minutes: null })).then(
            () => queries.invalidateQueries(),
          ),
        );
      },
      setRefreshAhead: (on) => {
        attempt('Refresh ahead', client.call('polling.setRefreshAhead', { on }));
      },
      simulate: (fault) => {
        attempt('Simulate', client.call('demo.simulate', { fault }));
      },
      clearCache: () => {
        attempt('Clear cache', clear());
      },
      dialog,
      openDialog,
    };
  }, [client, queries, say, tellRemoved, paused, refreshResting, dialog]);
  return <ActionsContext value={actions}>{children}</ActionsContext>;
}
