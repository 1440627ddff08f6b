import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { DemoFault } from '../../shared/contract/app.ts';
import { everyAlert } from '../../shared/model/alerts.ts';
import type { PauseMinutes, SnoozeChoice } from '../../shared/model/alerts.ts';
import { resourceKeys } from '../../shared/model/resources.ts';
import type { CallName } from '../../shared/rpc/client.ts';
import { useTellRemoved } from '../cache/undo.ts';
import { useClient } from '../live/client-context.ts';
import { usePaused } from '../live/feed.ts';
import { needsWords, useMayOf } from '../live/use-may.ts';
import { minuteText } from '../ui/format.ts';
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
  /** Until resumed, or goes on. */
  readonly togglePause: () => void;
  /** For so many minutes; null: until resumed. */
  readonly pause: (minutes: PauseMinutes) => void;
  readonly resume: () => void;
  /** Mutes all alerts of the connected profile. */
  readonly snoozeAll: (until: SnoozeChoice) => void;
  readonly unsnoozeAll: () => void;
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
  const mayOf = useMayOf();
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
    const changePause = (what: string, work: Promise<unknown>): void => {
      attempt(
        what,
        work.then(() => queries.invalidateQueries()),
      );
    };
    const pause = (minutes: PauseMinutes): void =>
      changePause('Pause', client.call('polling.pause', { minutes }));
    const resume = (): void => changePause('Resume', client.call('polling.resume', {}));
    const snoozeAll = async (choice: SnoozeChoice): Promise<void> => {
      const { until } = await client.call('alerts.snooze', { key: everyAlert, until: choice });
      say(
        until === null ? 'Alerts are snoozed' : `Alerts are snoozed until ${minuteText(until)}`,
        'What happens meanwhile is in the history of the Alerts page.',
      );
    };
    /** A key and a dialog's button have no tooltip: they say here why nothing happens. */
    const allowed = (name: CallName): boolean => {
      const { may, needs } = mayOf(name);
      if (!may) say('Not allowed', `${needsWords(needs)}.`, 'attention');
      return may;
    };
    return {
      refresh: (all, where = 'toast') => {
        if (!refreshResting && allowed('refresh.force'))
          attempt('Force refresh', refresh(all, where === 'toast'));
      },
      refreshResting,
      togglePause: () => {
        if (!allowed('polling.pause')) return;
        if (paused) resume();
        else pause(null);
      },
      pause,
      resume,
      snoozeAll: (until) => {
        attempt('Snooze', snoozeAll(until));
      },
      unsnoozeAll: () => {
        attempt('End snooze', client.call('alerts.unsnooze', { key: everyAlert }));
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
      openDialog: (next) => {
        if (next !== 'clear' || allowed('cache.clear')) openDialog(next);
      },
    };
  }, [client, queries, say, tellRemoved, paused, refreshResting, dialog, mayOf]);
  return <ActionsContext value={actions}>{children}</ActionsContext>;
}
