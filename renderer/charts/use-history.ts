import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ChartBand } from '../../shared/contract/charts.ts';
import type { History } from '../../shared/contract/events.ts';
import type { CallOutput, Client } from '../../shared/rpc/client.ts';
import { maxHistoryPoints } from '../../shared/model/history.ts';
import { useClient } from '../live/client-context.ts';
import { useTicking } from '../live/ticker.ts';
import { useWhileVisible } from '../ui/use-visible.ts';
import { boundsOf, stepOf } from './time-range.ts';
import type { TimeRange } from './time-range.ts';

export interface Asked<T> {
  /** undefined: nothing was answered yet. */
  readonly data: T | undefined;
  /** What `data` is of: the range before while the next one is asked. */
  readonly range: TimeRange;
  readonly error: Error | null;
}

interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** Asks main for a range, again whenever it has moved on; not while nobody sees the page. */
function useRange<T>(
  name: string,
  range: TimeRange,
  ask: (client: Client, bounds: Bounds, signal: AbortSignal) => Promise<T>,
): Asked<T> {
  const client = useClient();
  const step = stepOf(range);
  // By step, so that the second in between asks nothing.
  const at = useWhileVisible(useTicking(({ wall }) => (Number.isFinite(step) ? Math.floor(wall / step) : 0)));
  const bounds = boundsOf(range, Number.isFinite(step) ? at * step : 0);
  const { data, error } = useQuery({
    queryKey: [name, bounds.from, bounds.to],
    queryFn: async ({ signal }) => ({ value: await ask(client, bounds, signal), range }),
    placeholderData: keepPreviousData,
    structuralSharing: false, // thousands of samples, new each time: comparing them buys nothing
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return { data: data?.value, range: data?.range ?? range, error };
}

const points = maxHistoryPoints;

export function useHistory(range: TimeRange): Asked<History> {
  return useRange('history.query', range, (client, bounds, signal) =>
    client.call('history.query', { ...bounds, points }, signal),
  );
}

export function useScopes(range: TimeRange): Asked<CallOutput<'history.scopes'>> {
  return useRange('history.scopes', range, (client, bounds, signal) =>
    client.call('history.scopes', { ...bounds, points }, signal),
  );
}

/** Times without samples: sleep, a closed app, a pause. */
export function useBands(range: TimeRange): readonly ChartBand[] {
  const { data } = useRange('history.bands', range, (client, bounds, signal) =>
    client.call('history.bands', bounds, signal),
  );
  return data?.bands ?? none;
}

const none: readonly ChartBand[] = [];
