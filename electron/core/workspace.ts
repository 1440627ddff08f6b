import type { LoggedEvent } from '../../shared/contract/events.ts';
import type { DemoFault, DemoState, PollingState, RefreshProgress } from '../../shared/contract/app.ts';
import { watchedResources } from '../../shared/model/resources.ts';
import type { ResourceKey } from '../../shared/model/resources.ts';
import { RpcError } from '../../shared/rpc/wire.ts';
import type { AdaptiveTtls } from './adaptive/adaptive-ttls.ts';
import type { AlertService } from './alerts/alert-service.ts';
import { lookupsOf } from './cache/counters.ts';
import { TtlCache } from './cache/ttl-cache.ts';
import type { Backend } from './connect-backend.ts';
import { CacheExplorer } from './explorer/cache-explorer.ts';
import { Feed } from './feed.ts';
import { FleetService } from './fleet/fleet-service.ts';
import type { Work } from './footprint/footprint.ts';
import { Heartbeat } from './heartbeat.ts';
import { cacheSwitched } from './history/bands.ts';
import { CacheEventLog } from './history/cache-event-log.ts';
import { HitRateRing } from './history/hit-rate-ring.ts';
import { RibbonLog } from './history/ribbons.ts';
import { userScope } from './history/scope-names.ts';
import { ScopeSampler } from './history/scope-sampler.ts';
import type { ScopeCounters } from './history/scope-sampler.ts';
import { sessionLabel } from './metrics/resource-labels.ts';
import { stillOn } from './pause.ts';
import type { Pause } from './pause.ts';
import { PortalRoom } from './portal/portal-room.ts';
import type { Warmer } from './warming/warmer.ts';
import { warmerOf } from './warming/warmer-of.ts';
import { WorkstationsService } from './workstations/workstations-service.ts';
import { StatusService } from './status/status-service.ts';
import { steadyRandom } from './steady-random.ts';
import { TrayWatch } from './tray/tray-watch.ts';
import type { WorkspaceOptions } from './workspace-options.ts';
import { pollingOf, trayFactsOf } from './workspace-views.ts';

/** ms within which failures of several resources are one failure of their backend. */
const sameFailureMs = 2000;

/** Everything that lives and dies with one connected profile: cache, reading, watching. */
export class Workspace {
  readonly backend: Backend;
  readonly cache: TtlCache;
  readonly explorer: CacheExplorer;
  readonly status: StatusService;
  readonly ttls: AdaptiveTtls;
  readonly fleet: FleetService;
  readonly cacheEvents: CacheEventLog;
  readonly warmer: Warmer;
  readonly rates = new HitRateRing();
  readonly scopes = new ScopeSampler();
  readonly ribbons: RibbonLog;
  readonly alerts: AlertService;
  readonly polling: Feed<PollingState>;
  readonly tray: TrayWatch;
  readonly demo: Feed<DemoState>;
  readonly portal: PortalRoom;
  readonly workstations: WorkstationsService;
  /** Fires when the workspace ends. */
  readonly ending: AbortSignal;
  readonly #options: WorkspaceOptions;
  readonly #ending = new AbortController();
  readonly #heartbeat: Heartbeat;
  readonly #stopEvents: () => void;
  readonly #beforeReset: () => void;
  #pause: Pause | null;
  #online: boolean;
  #suspended = false;

  constructor(options: WorkspaceOptions) {
    const { clock, log, backend } = options;
    const pollMs = options.pollMs();
    this.#options = options;
    this.#online = options.online();
    this.#pause = stillOn(clock, options.pause);
    this.backend = backend;
    this.ttls = options.ttls;
    this.ending = this.#ending.signal;
    this.cache = new TtlCache({
      clock,
      log,
      random: steadyRandom(clock, options.random, sameFailureMs),
      max: options.maxEntries,
      freeze: options.freeze,
      onTime: (time) => {
        options.meter.time(time);
        this.scopes.time(time.key, time);
      },
    });
    this.status = new StatusService({
      clock,
      cache: this.cache,
      source: backend.source,
      specs: options.specs,
      watched: watchedResources,
      pollMs,
      random: options.random,
      ttlOf: (key) => options.ttls.ttlOf(key),
      onLoad: (end) => options.ttls.ended(end),
      onRequest: (request) => {
        this.alerts.ended(request);
        options.onRequest(request);
      },
    });
    this.status.refreshAhead = options.refreshAhead;
    this.fleet = new FleetService({
      source: backend.source,
      status: this.status,
      cache: this.cache,
      clock,
      ending: this.ending,
      record: options.record,
    });
    this.explorer = new CacheExplorer({
      clock,
      cache: this.cache,
      reload: (keys) => this.status.loadActive(keys),
      onClear: () => this.warmer.begin('clear'),
      newId: options.newId,
      record: (event) => {
        if (!this.ending.aborted) options.record(event);
      },
    });
    this.cacheEvents = new CacheEventLog(clock);
    this.ribbons = new RibbonLog(pollMs);
    this.#stopEvents = this.cache.on((event) => this.cacheEvents.add(event));
    this.#heartbeat = new Heartbeat(clock, () => this.status.pollMs, {
      afterSleep: () => this.resume(),
      everySecond: () => {
        if (this.#pause && !stillOn(clock, this.#pause)) this.setPause(null);
        this.#lookForNetwork();
        // Nothing is loaded meanwhile; a computer that is falling asleep, or half awake, may run timers all the same.
        if (!this.#suspended) this.alerts.tick();
        options.everySecond();
        this.tray.update();
      },
      everyTick: (tick) => {
        this.#updatePolling();
        const { counters } = this.cache.statistics();
        const step = this.rates.add(tick, counters, this.polling.value.callsPerMinute);
        this.ribbons.add(tick, (key) => this.status.peek(key), this.status.paused);
        if (step) options.everyTick(tick, step);
      },
    });
    this.status.paused = this.#pause !== null;
    this.polling = new Feed(pollingOf(this.status, this.#pause));
    const { random, freeze, sessions, record } = options;
    this.portal = new PortalRoom({
      target: backend.portal,
      clock,
      random,
      log,
      freeze,
      record,
      ...sessions,
      onCall: (field) => options.meter.calls(field === null ? 'other' : sessionLabel(field), 1),
      onTime: (time) => {
        options.meter.time(time);
        if (time.user !== undefined) this.scopes.time(userScope(time.user), time);
      },
    });
    this.#beforeReset = options.meter.follow('main', this.cache);
    options.meter.follow('sessions', this.portal.cache);
    this.workstations = new WorkstationsService({
      target: backend.workstations,
      clock,
      cache: this.cache,
      pollMs: () => this.status.pollMs,
      paused: () => this.status.paused,
      record,
      onRequest: options.onRequest,
      onSecret: sessions.onSecret,
    });
    this.warmer = warmerOf(this, {
      clock,
      settings: options.warming,
      allowed: () => !this.status.paused && !this.#suspended && !this.ending.aborted && this.status.cacheOn,
      specs: options.specs,
      record: (event) => {
        if (!this.ending.aborted) record(event);
      },
    });
    this.demo = new Feed({ available: backend.demo !== null, fault: backend.demo?.fault ?? 'none' });
    this.alerts = options.alerts({
      readings: () => ({
        'stats:total': this.status.peek('stats:total'),
        'orchestrator:status': this.status.peek('orchestrator:status'),
        'vpn:status': this.status.peek('vpn:status'),
      }),
      hitRate5m: () => this.cache.statistics().hitRate5m,
      refreshAhead: () => this.status.refreshAhead,
      expiring: (within) => this.portal.expiring(within),
      paused: () => this.status.paused,
    });
    this.tray = new TrayWatch({
      clock,
      facts: () => trayFactsOf(this, this.#pause, options),
      hitRate5m: () => this.cache.statistics().hitRate5m,
    });
  }

  start(): void {
    this.updateInterval(); // settings or power may have changed since it was made
    this.cache.start();
    if (!this.status.paused) this.status.start();
    this.portal.start();
    this.portal.refreshing = !this.status.paused;
    this.warmer.begin('start');
    this.#heartbeat.start();
  }

  /** Aborts what is in flight and disconnects the backend. */
  async stop(): Promise<void> {
    this.#heartbeat.stop();
    this.warmer.stop();
    this.status.stop();
    this.#stopEvents();
    this.cacheEvents.stop();
    this.#ending.abort();
    this.alerts.stop();
    this.portal.stop();
    this.workstations.stop();
    this.explorer.forget();
    this.cache.stop();
    await this.backend.close();
    this.#options.meter.end();
  }

  /** Pauses, changes how long the pause lasts, or goes on (null). One with an end goes on by itself. */
  setPause(pause: Pause | null): void {
    const paused = pause !== null;
    const changed = paused !== this.status.paused;
    this.#pause = pause;
    if (changed) {
      this.status.paused = paused;
      this.ttls.interrupt();
      if (paused) this.warmer.stop();
      this.portal.refreshing = !paused;
      this.#record(paused ? 'pause' : 'resume', paused ? 'Paused' : 'Resumed');
    }
    this.#updatePolling();
    this.tray.update();
  }

  /** Takes up the interval that settings and power ask for now. What is held stays. */
  updateInterval(): void {
    const pollMs = this.#options.pollMs();
    if (pollMs === this.status.pollMs) return;
    this.status.pollMs = pollMs;
    this.ribbons.intervalMs = pollMs;
    this.#updatePolling();
  }

  setRefreshAhead(on: boolean): void {
    if (on === this.status.refreshAhead) return;
    this.status.refreshAhead = on;
    this.#updatePolling();
  }

  /** false: every lookup goes to the backend. Lasts until it is changed or the profile is switched. */
  setCacheOn(on: boolean): void {
    if (on === this.status.cacheOn) return;
    this.explorer.forget(); // with the cache off there is nothing to put it back into
    this.warmer.stop();
    this.status.cacheOn = on;
    this.#options.record(cacheSwitched(on));
    this.#updatePolling();
  }

  async forceRefresh(resources: readonly ResourceKey[] | 'all'): Promise<RefreshProgress> {
    const joined = this.status.progress.value.running;
    const result = this.status.forceRefresh(resources);
    if (joined) return result;
    const { items, changes } = await result;
    const ok = items.filter(({ state }) => state === 'ok').length;
    const failed = items.filter(({ state }) => state === 'failed').length;
    const words = [`${ok} refreshed`, ...(failed > 0 ? [`${failed} failed`] : [])].join(', ');
    const detail = changes.length === 0 ? null : changes.join('; ');
    this.#record('refresh', `Force refresh: ${words}`, failed > 0 ? 'attention' : 'info', null, detail);
    return result;
  }

  /** Nothing is loaded while the computer sleeps. */
  suspend(): void {
    this.#suspended = true;
    this.ttls.interrupt();
    this.warmer.stop();
    this.status.suspend();
    this.portal.refreshing = false;
  }

  /** Back from sleep; a second event of the same waking changes nothing. */
  resume(): void {
    this.#suspended = false;
    this.portal.refreshing = !this.status.paused;
    if (!this.status.resume()) return;
    this.ttls.interrupt();
    this.#record('sleep', 'Computer was asleep', 'info', this.#heartbeat.sinceBeat);
    this.alerts.rearm();
  }

  /** Counters of each resource that was ever asked, and of each portal user there is. */
  scopeCounters(): ScopeCounters[] {
    return [...this.#resourceCounters(), ...this.portal.counters()];
  }

  /** Zeroes the cache's counters; what they counted until now is in the history all the same. */
  resetStatistics(): void {
    this.rates.beforeReset(this.cache.statistics().counters);
    this.scopes.beforeReset(this.#resourceCounters());
    this.#beforeReset();
    this.cache.resetStatistics();
    this.#record('action', 'Cache statistics were reset');
  }

  /** What the work of this profile comes to now. */
  work(): Work {
    const minute = this.cache.trailing(60_000);
    return {
      cacheBytes: this.cache.bytes,
      callsPerMinute: this.status.calls.perMinute().total,
      savedPerMinute: Math.max(0, lookupsOf(minute) - minute.loads),
    };
  }

  /**
   * Makes the demo backend misbehave.
   * @throws RpcError `conflict` for a real backend.
   */
  async simulate(fault: DemoFault): Promise<void> {
    const { demo } = this.backend;
    if (!demo) throw new RpcError('conflict', 'Only the demo backend can be told to misbehave.');
    const before = demo.fault;
    try {
      await demo.setFault(fault);
    } finally {
      // Not what was asked: of two calls at once the later one is in effect.
      this.demo.set({ available: true, fault: demo.fault });
    }
    if (demo.fault !== before) this.#record('demo', `Demo simulates: ${demo.fault}`);
  }

  /** What failed for want of a network is tried again when there is one. */
  #lookForNetwork(): void {
    const before = this.#online;
    this.#online = this.#options.online();
    if (before || !this.#online) return;
    this.status.reconnect();
    this.alerts.rearm();
  }

  #record(
    kind: LoggedEvent['kind'],
    title: string,
    severity: LoggedEvent['severity'] = 'info',
    span: number | null = null,
    detail: string | null = null,
  ): void {
    // What ends after the switch to another profile would be told as something that happened to that one.
    if (!this.ending.aborted) this.#options.record({ kind, severity, title, span, detail });
  }

  #resourceCounters(): ScopeCounters[] {
    return this.cache.keyStatistics().map(({ key, counters }) => ({ scope: key, counters }));
  }

  #updatePolling(): void {
    this.polling.set(pollingOf(this.status, this.#pause));
  }
}
