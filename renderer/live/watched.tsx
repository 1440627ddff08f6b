import { createContext, use, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { EngineTotals, OrchestratorStatus, VpnStatus } from '../../shared/contract/orchestrator.ts';
import type { CacheStatistics } from '../../shared/contract/cache.ts';
import type { Source } from './source.ts';
import { usePoll, useShorterInterval, useStatistics } from './use-poll.ts';

/** What frame and pages both show; polled once. */
export interface Watched {
  readonly totals: Source<EngineTotals>;
  readonly status: Source<OrchestratorStatus>;
  readonly vpn: Source<VpnStatus>;
}

const WatchedContext = createContext<Watched | null>(null);
/** Apart, because the statistics come a moment after the rest and would draw all of the page again. */
const StatisticsContext = createContext<CacheStatistics | undefined>(undefined);

export function WatchedProvider({ children }: { readonly children: ReactNode }) {
  useShorterInterval();
  const totals = usePoll('engines.totals');
  const status = usePoll('orchestrator.status');
  const vpn = usePoll('vpn.status');
  const statistics = useStatistics('cache.statistics');
  const watched = useMemo(() => ({ totals, status, vpn }), [totals, status, vpn]);
  return (
    <WatchedContext value={watched}>
      <StatisticsContext value={statistics}>{children}</StatisticsContext>
    </WatchedContext>
  );
}

/** What main's cache did; undefined until the first reply. */
export function useCacheStatistics(): CacheStatistics | undefined {
  return use(StatisticsContext);
}

export function useWatched(): Watched {
  const watched = use(WatchedContext);
  if (!watched) throw new Error('WatchedProvider is missing');
  return watched;
}

/** The three sources in the order they are shown. */
export function sourcesOf({ totals, status, vpn }: Watched): readonly Source<unknown>[] {
  return [totals, status, vpn];
}
