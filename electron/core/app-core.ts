import { contract } from '../../shared/contract/index.ts';
import type { PollingState, RefreshProgress, TrayModel } from '../../shared/contract/app.ts';
import { watchedResources } from '../../shared/model/resources.ts';
import type { ResourceKey } from '../../shared/model/resources.ts';
import { StaleNotices } from './alerts/stale-notices.ts';
import { seedCacheStats } from './cache/seed-shapes.ts';
import { TtlCache } from './cache/ttl-cache.ts';
import { connectBackend } from './connect-backend.ts';
import type { Backend } from './connect-backend.ts';
import { Feed } from './feed.ts';
import { createHandlers } from './handlers.ts';
import { Heartbeat } from './heartbeat.ts';
import { CacheEventLog } from './history/cache-event-log.ts';
import { HitRateRing } from './history/hit-rate-ring.ts';
import { RibbonLog } from './history/ribbons.ts';
import type { AppCore, CoreOptions } from './ports.ts';
import { createRouter } from './router.ts';
import { StatusService } from './status/status-service.ts';
import { resourceSpecs } from './status/resources.ts';
import { checkTtls, withEnvironmentTtls } from './status/ttl-settings.ts';
import { steadyRandom } from './steady-random.ts';
import { sameTray, trayModel } from './tray/tray-model.ts';

const pollMs = 5000;
/** ms within which failures of several resources are one failure of their backend. */
const sameFailureMs = 2000;

/**
 * Starts the product behind a host: backend, cache, watchers, bridge.
 * @param connect another backend than the profile's: for tests
 * @throws SourceError for a profile whose address or key cannot be used.
 */
export async function startAppCore(
  options: CoreOptions,
  connect: (options: CoreOptions) => Promise<Backend> = connectBackend,
): Promise<AppCore> {
  const { clock, log } = options;
  const backend = await connect(options);
  const ttls = withEnvironmentTtls(resourceSpecs, options.environment);
  const chosen = ttls.specs.filter((spec) => !resourceSpecs.includes(spec));
  for (const warning of [...ttls.warnings, ...checkTtls(chosen, pollMs, true)]) log.warn(warning);

  const cache = new TtlCache({
    clock,
    log,
    random: steadyRandom(clock, options.random, sameFailureMs),
    freeze: options.freeze ?? false,
  });
  const status = new StatusService({
    clock,
    cache,
    source: backend.source,
    specs: ttls.specs,
    watched: watchedResources,
    pollMs,
  });
  const events = new CacheEventLog(clock);
  const rates = new HitRateRing();
  const ribbons = new RibbonLog(pollMs);
  const notices = new StaleNotices({ clock, read: (key) => status.peek(key), timeOfDay });
  const stopEvents = cache.on((event) => events.add(event));

  const stopping = new AbortController();
  let pausedSince: number | null = null;
  const polling = new Feed<PollingState>(pollingNow());
  const tray = new Feed<TrayModel>(trayNow());

  function pollingNow(): PollingState {
    const { total, byResource } = status.calls.perMinute();
    return {
      paused: status.paused,
      pausedSince,
      refreshAhead: status.refreshAhead,
      pollMs,
      callsPerMinute: total,
      callsByResource: byResource,
    };
  }

  function trayNow(): TrayModel {
    return trayModel({
      totals: status.peek('stats:total'),
      orchestrator: status.peek('orchestrator:status'),
      vpn: status.peek('vpn:status'),
      paused: status.paused,
      refreshing: status.progress.value.running,
      hitRate5m: cache.statistics().hitRate5m,
      canQuit: options.capabilities.quit,
    });
  }

  function updateTray(): void {
    const next = trayNow();
    if (!sameTray(tray.value, next)) tray.set(next);
  }

  function setPaused(paused: boolean): void {
    if (paused === status.paused) return;
    pausedSince = paused ? clock.wall() : null;
    status.paused = paused;
    notices.rearm();
    rates.mark({
      at: clock.wall(),
      kind: paused ? 'pause' : 'resume',
      label: paused ? 'Paused' : 'Resumed',
    });
    polling.set(pollingNow());
    updateTray();
  }

  function forceRefresh(resources: readonly ResourceKey[] | 'all'): Promise<RefreshProgress> {
    if (!status.progress.value.running) {
      rates.mark({ at: clock.wall(), kind: 'refresh', label: 'Force refresh' });
    }
    return status.forceRefresh(resources);
  }

  function resume(): void {
    if (!status.resume()) return;
    rates.mark({ at: clock.wall(), kind: 'sleep', label: 'Computer was asleep' });
    notices.rearm();
  }

  function clearCache(): { removed: number; reloading: number } {
    const removed = cache.clear();
    rates.mark({ at: clock.wall(), kind: 'clear', label: `Cleared ${removed} entries` });
    return { removed, reloading: status.loadActive() };
  }

  const heartbeat = new Heartbeat(clock, pollMs, {
    afterSleep: resume,
    everySecond: () => {
      notices.tick(status.paused);
      updateTray();
    },
    everyTick: (tick) => {
      polling.set(pollingNow());
      rates.add(tick, cache.statistics().counters, polling.value.callsPerMinute);
      ribbons.add(tick, (key) => status.peek(key), status.paused);
    },
  });

  const router = createRouter(
    contract,
    createHandlers({
      options,
      backend,
      cache,
      status,
      events,
      rates,
      ribbons,
      notices,
      polling,
      tray,
      setPaused,
      clearCache,
      forceRefresh,
      stopping: stopping.signal,
    }),
    { log },
  );
  cache.start();
  status.start();
  heartbeat.start();

  return {
    router,
    tray,
    onNotice: (listener) => notices.onNotice(listener),
    async refreshAll() {
      await forceRefresh('all');
    },
    setPaused,
    suspend: () => status.suspend(),
    resume,
    cacheStats: () => seedCacheStats(cache),
    clearCache: () => clearCache().removed,
    async stop() {
      heartbeat.stop();
      status.stop();
      stopEvents();
      events.stop();
      cache.stop();
      stopping.abort();
      await backend.close();
    },
  };
}

function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}
