import { createContext, use, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { EngineTotals, OrchestratorStatus, VpnStatus } from '../../shared/contract/orchestrator.ts';
import type { CacheStatistics } from '../../shared/contract/cache.ts';
import type { Source } from './source.ts';
import { usePoll, useStatistics } from './use-poll.ts';

/** What frame and pages both show; polled once. */
export interface Watched {
  readonly totals: Source<EngineTotals>;
  readonly status: Source<OrchestratorStatus>;
  readonly vpn: Source<VpnStatus>;
  readonly statistics: CacheStatistics | undefined;
}

const WatchedContext = createContext<Watched | null>(null);

export function WatchedProvider({ children }: { readonly children: ReactNode }) {
  const totals = usePoll('engines.totals');
  const status = usePoll('orchestrator.status');
  const vpn = usePoll('vpn.status');
  const statistics = useStatistics('cache.statistics');
  const watched = useMemo(() => ({ totals, status, vpn, statistics }), [totals, status, vpn, statistics]);
  return <WatchedContext value={watched}>{children}</WatchedContext>;
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
