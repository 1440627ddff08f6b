import type { Contract } from '../../shared/contract/index.ts';
import type { DemoState, PollingState, RefreshProgress, TrayModel } from '../../shared/contract/app.ts';
import { watchedResources } from '../../shared/model/resources.ts';
import type { ResourceKey } from '../../shared/model/resources.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import type { StaleNotices } from './alerts/stale-notices.ts';
import type { TtlCache } from './cache/ttl-cache.ts';
import type { Backend } from './connect-backend.ts';
import { Feed } from './feed.ts';
import type { CacheEventLog } from './history/cache-event-log.ts';
import { explainRate } from './history/explain-rate.ts';
import type { HitRateRing } from './history/hit-rate-ring.ts';
import type { RibbonLog } from './history/ribbons.ts';
import type { CoreOptions } from './ports.ts';
import type { Handlers } from './router.ts';
import { clearServerCache } from './status/clear-server-cache.ts';
import type { StatusService } from './status/status-service.ts';

/** Keys listed to a page; there are six resources, the rest is room. */
const maxKeys = 1000;

interface Services {
  readonly options: CoreOptions;
  readonly backend: Backend;
  readonly cache: TtlCache;
  readonly status: StatusService;
  readonly events: CacheEventLog;
  readonly rates: HitRateRing;
  readonly ribbons: RibbonLog;
  readonly notices: StaleNotices;
  readonly polling: Feed<PollingState>;
  readonly tray: Feed<TrayModel>;
  readonly setPaused: (paused: boolean) => void;
  readonly clearCache: () => { removed: number; reloading: number };
  readonly forceRefresh: (resources: readonly ResourceKey[] | 'all') => Promise<RefreshProgress>;
  /** Fires when the core stops. */
  readonly stopping: AbortSignal;
}

/** One handler for each entry of the contract; each only says which service answers. */
export function createHandlers(services: Services): Handlers<Contract> {
  const { options, backend, cache, status, rates } = services;
  const demo = new Feed<DemoState>({
    available: backend.demo !== null,
    fault: backend.demo?.fault ?? 'none',
  });

  return {
    'app.info': () => ({
      version: options.version,
      host: options.host,
      capabilities: options.capabilities,
      profile: { name: backend.name, kind: backend.kind, url: backend.url },
      pollMs: status.pollMs,
    }),

    'engines.totals': () => status.poll('stats:total'),
    'engines.list': () => status.poll('engines:list'),
    'orchestrator.status': () => status.poll('orchestrator:status'),
    'orchestrator.health': () => status.poll('health:status'),
    'orchestrator.cache': () => status.poll('orchestrator:cache'),
    'vpn.status': () => status.poll('vpn:status'),
    'orchestrator.clearCache': () =>
      clearServerCache(backend.source, status, options.clock, services.stopping),

    'polling.state': services.polling,
    'polling.pause': () => changed(() => services.setPaused(true)),
    'polling.resume': () => changed(() => services.setPaused(false)),
    'polling.setRefreshAhead': ({ on }) =>
      changed(() => {
        status.refreshAhead = on;
        services.polling.set({ ...services.polling.value, refreshAhead: on });
      }),

    'refresh.force': ({ resources }) => services.forceRefresh(resources),
    'refresh.progress': status.progress,

    'status.ribbons': services.ribbons.feed,
    'tray.model': services.tray,
    'alerts.notices': services.notices.feed,

    'cache.statistics': () => ({ ...cache.statistics(), keys: cache.keyStatistics().slice(0, maxKeys) }),
    'cache.history': () => ({ ...rates.columns(), explanation: explain(services) }),
    'cache.events': services.events.feed,
    'cache.clearPreview': () => ({
      entries: cache.size,
      bytes: cache.bytes,
      extraCalls: status.callsToReload(),
    }),
    'cache.clear': () => services.clearCache(),

    'demo.state': demo,
    'demo.simulate': async ({ fault }) => {
      if (!backend.demo) throw new RpcError('conflict', 'Only the demo backend can be told to misbehave.');
      try {
        await backend.demo.setFault(fault);
      } finally {
        // Not what was asked: of two calls at once the later one is in effect.
        demo.set({ available: true, fault: backend.demo.fault });
      }
      return {};
    },
  };
}

function changed(change: () => void): Record<string, never> {
  change();
  return {};
}

function explain({ status, cache }: Services): string {
  return explainRate({
    paused: status.paused,
    refreshAhead: status.refreshAhead,
    pollMs: status.pollMs,
    ttls: watchedResources.map((key) => status.peek(key).ttl),
    leadMs: status.longestLead(watchedResources),
    failing: watchedResources.filter((key) => status.peek(key).failure !== null),
    lookups: cache.statistics().hitRate1m.n,
  });
}
