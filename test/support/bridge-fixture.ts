import { Feed } from '../../electron/core/feed.ts';
import type { Log } from '../../electron/core/log.ts';
import { createRouter } from '../../electron/core/router.ts';
import type { Handlers, Router } from '../../electron/core/router.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Contract } from '../../shared/contract/index.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { historySeriesNames } from '../../shared/model/history.ts';
import type { History, LoggedEvent } from '../../shared/contract/events.ts';
import { alertsOf, messageOf, recordOf } from './alert-world.ts';
import {
  cacheEntryOf,
  comparisonOf,
  entryPageOf,
  expiryOf,
  namespaces,
  scopeHistory,
} from './explorer-world.ts';
import { mutationResultOf, samplesOf, serverEventOf, streamOf } from './fleet-world.ts';
import { controlOf, profilesOf, settingsOf, updatesOf } from './page-world.ts';
import {
  comparison,
  customer,
  engineer,
  managerCache,
  managerMetrics,
  managerSession,
  portalContextOf,
  portalStateOf,
  sessionStatistics,
  userSessionOf,
  workstations,
} from './portal-world.ts';
import { reading } from './readings.ts';
import { tuningOf } from './tuning-world.ts';

/** A log that keeps its lines, each beginning with its level. */
export function memoryLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (line: string) => void lines.push(`${level}: ${line}`);
  return {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    debugging: false,
  };
}

const now = 1_000_000_001_000;
const poll = <T>(value: T): { reading: Reading<T>; nextTickInMs: number; now: number } => ({
  reading: reading(value),
  nextTickInMs: 4000,
  now,
});
const none = () => ({});

const counters = {
  hits: 3,
  staleHits: 0,
  misses: 1,
  coalesced: 0,
  bypasses: 0,
  prefetches: 2,
  loads: 3,
  loadErrors: 0,
  evictions: 0,
  expirations: 0,
  invalidations: 0,
  cacheErrors: 0,
};
const rate = { percent: 75, n: 4 };
const spread = { n: 3, p50: 100, p95: 180 };
const undo = { id: 'undo-1', until: now + 30_000 };

const loggedEvent: LoggedEvent = {
  id: 1,
  at: now,
  kind: 'start',
  severity: 'info',
  profile: 'Demo',
  subject: null,
  title: 'Cachedeck started',
  detail: null,
};

function emptySeries(): History['series'] {
  const series: Partial<History['series']> = {};
  for (const name of historySeriesNames) series[name] = [null];
  return series as History['series'];
}

/** A handler for each entry of the true contract, answering from memory at once. */
export function memoryHandlers(): Handlers<Contract> {
  const progress = {
    running: false,
    startedAt: null,
    finishedAt: now,
    items: [],
    changes: ['engines 7 → 8'],
  };
  return {
    'app.info': (_, { principal }) => ({
      version: '0.0.0',
      host: 'browser',
      role: principal.role,
      capabilities: {
        tray: false,
        notifications: false,
        quit: false,
        startAtLogin: false,
        openFolder: false,
        windows: false,
        saveFile: false,
      },
      dataFolder: null,
    }),
    'profiles.state': new Feed(profilesOf()),
    'profiles.save': () => ({ id: 'lab' }),
    'profiles.remove': none,
    'profiles.activate': none,
    'profiles.test': () => ({
      results: [{ backend: 'orchestrator', ok: true, code: null, sentence: 'It answers.', ms: 42 }],
    }),
    'profiles.export': () => ({ name: 'profiles.json', text: '{}', savedTo: null }),
    'profiles.import': () => ({ added: [{ id: 'lab', name: 'Lab' }] }),
    'settings.state': new Feed(settingsOf()),
    'settings.change': none,
    'problems.list': new Feed([]),
    'problems.dismiss': none,
    'events.list': () => ({ events: [loggedEvent], more: false }),
    'events.latest': new Feed([loggedEvent]),
    'history.query': () => ({
      from: now - 1000,
      to: now,
      bucketMs: 5000,
      at: [now],
      series: emptySeries(),
      marks: [],
    }),
    'diagnostics.bundle': () => ({ name: 'diagnostics.json', text: '{}', savedTo: null }),
    'logs.tail': () => ({ lines: ['info: started'], path: null }),
    'logs.open': none,
    'polling.state': new Feed({
      paused: false,
      pausedSince: null,
      pausedUntil: null,
      refreshAhead: true,
      pollMs: 5000,
      cacheOn: true,
      callsPerMinute: 36,
      callsByResource: { 'stats:total': 12 },
    }),
    'polling.pause': none,
    'polling.resume': none,
    'polling.setRefreshAhead': none,
    'refresh.force': () => progress,
    'refresh.progress': new Feed(progress),
    'status.ribbons': new Feed({
      cells: { 'stats:total': ['live'], 'orchestrator:status': [], 'vpn:status': [] },
      endsAt: now,
      intervalMs: 5000,
    }),
    'tray.model': new Feed({ state: 'ok', tooltip: 'Cachedeck: all live', lines: [], actions: [] }),
    'alerts.state': new Feed(alertsOf()),
    'alerts.messages': new Feed([messageOf()]),
    'alerts.history': () => ({ records: [recordOf()], more: false }),
    'alerts.snooze': () => ({ until: now }),
    'alerts.unsnooze': none,
    'alerts.test': none,
    'alerts.delivered': none,
    'app.presence': none,
    'windows.open': none,
    'control.state': new Feed(controlOf()),
    'control.configure': none,
    'control.addKey': () => ({ id: 'key-2' }),
    'control.removeKey': none,
    'updates.state': new Feed(updatesOf()),
    'updates.check': none,
    'updates.download': none,
    'updates.install': none,
    'demo.state': new Feed({ available: true, fault: 'none' }),
    'demo.simulate': none,
    'cache.statistics': () => ({
      entries: 3,
      bytes: 900,
      counters,
      hitRate: rate,
      hitRate1m: rate,
      hitRate5m: rate,
      hitRate15m: rate,
      loadReductionPercent: 25,
      callsSaved: 1,
      savedMs: 300,
      hitMs: spread,
      loadMs: spread,
      keys: [
        {
          key: 'stats:total',
          age: 1000,
          ttl: 3000,
          ttlRemaining: 2000,
          bytes: 300,
          counters,
          hitRate: rate,
          hit: spread,
          load: spread,
          callsSaved: 1,
          savedMs: 100,
        },
      ],
    }),
    'cache.history': () => ({
      at: [now],
      hits: [3],
      staleHits: [0],
      misses: [0],
      coalesced: [0],
      prefetches: [3],
      rate: [100],
      rateN: [36],
      cumulative: [100],
      callsPerMinute: [36],
      marks: [],
      explanation: 'Refresh ahead loads 1 s before each poll.',
    }),
    'cache.clearPreview': () => ({ entries: 3, bytes: 900, extraCalls: 3, nextMinuteCalls: 36 }),
    'cache.clear': () => ({ removed: 3, reloading: 3, undo }),
    'cache.resetStatistics': none,
    'cache.entries': () => entryPageOf([cacheEntryOf()], now),
    'cache.namespaces': () => namespaces,
    'cache.expiry': () => expiryOf(now),
    'cache.match': () => ({ keys: ['stats:total'], matching: 1, total: 3 }),
    'cache.invalidate': () => ({ removed: 1, reloading: 1, undo }),
    'cache.delete': () => ({ removed: 1, reloading: 1, undo }),
    'cache.undo': () => ({ restored: 1, newer: 0, expired: 0 }),
    'cache.switch': none,
    'cache.compareMinute': ({ minute }) => comparisonOf(minute),
    'history.scopes': ({ from, to }) => ({ from, to, bucketMs: 5000, at: [to], scopes: [scopeHistory] }),
    'tuning.state': () => tuningOf(now),
    'history.bands': () => ({ bands: [{ from: now - 1000, to: now, kind: 'asleep' }] }),
    'app.footprint': new Feed({
      at: now,
      cpuPercent: 1.5,
      memoryBytes: 90_000_000,
      cacheBytes: 900,
      callsPerMinute: 36,
      savedPerMinute: 24,
    }),
    'cache.events': new Feed([{ id: 1, at: now, kind: 'hit', key: 'stats:total', count: 1, ms: null }]),
    'engines.totals': () =>
      poll({
        cpuPercent: 120.5,
        memoryBytes: 1024,
        networkRxBytes: 1,
        networkTxBytes: 2,
        blockReadBytes: 3,
        blockWriteBytes: 4,
        containerCount: 8,
      }),
    'engines.list': () => poll({ engines: [] }),
    'orchestrator.status': () =>
      poll({
        status: 'healthy',
        engines: { total: 8, running: 8, healthy: 8, unhealthy: 0 },
        streams: { active: 2, total: 3 },
        capacity: { total: 10, used: 8, available: 2, maxReplicas: 10, minReplicas: 2 },
        vpn: { enabled: true, connected: true, health: 'healthy' },
        provisioning: { canProvision: true, breaker: 'closed', lastFailure: null, blocked: null },
        server: { version: '1.7.3', basePath: '' },
      }),
    'orchestrator.health': () =>
      poll({
        totalEngines: 8,
        healthyEngines: 8,
        unhealthyEngines: 0,
        markedForReplacement: 0,
        minimumRequired: 2,
        checkIntervalSeconds: 30,
        breakers: { general: null, replacement: null },
      }),
    'orchestrator.cache': () =>
      poll({ size: 3, hits: 125, misses: 15, hitRatePercent: 89.29, entries: null }),
    'orchestrator.clearCache': () => ({ message: 'Cache cleared' }),
    'streams.list': () => poll({ streams: [streamOf()] }),
    'streams.samples': () => samplesOf(),
    'streams.stop': ({ ids }) => ({
      results: ids.map((id) => ({ id, stopped: true, said: 'Stream stopped successfully' })),
      found: 'None of them runs any more.',
    }),
    'server.events': () => poll({ events: [serverEventOf()] }),
    'engines.provision': () => mutationResultOf(),
    'engines.remove': () => mutationResultOf({ outcome: 'done' }),
    'engines.logs': () => ({ at: now, text: 'engine started\n' }),
    'orchestrator.resetBreaker': () => mutationResultOf({ outcome: 'done' }),
    'files.save': () => ({ savedTo: '/home/operator/engines.csv' }),
    'portal.state': new Feed(portalStateOf()),
    'portal.signIn': () => ({ user: engineer }),
    'portal.signOut': none,
    'portal.context': () => portalContextOf(),
    'portal.chooseEngagement': () => portalContextOf(),
    'portal.vms': () => ({
      vms: [],
      syncedAt: now,
      syncedZone: 'assumed-utc',
      loadedAt: now,
      engagementId: 1234,
    }),
    'portal.clusters': () => ({ sites: [], loadedAt: now, complete: true, engagementId: 1234 }),
    'sessions.list': () => ({ users: [userSessionOf()], total: sessionStatistics, bytes: 25_000 }),
    'sessions.inspect': () => ({ user: customer, email: 'customer@customer.example', fields: [] }),
    'sessions.refreshField': none,
    'sessions.refresh': none,
    'sessions.clear': () => ({ removed: 7 }),
    'sessions.clearAll': () => ({ removed: 14 }),
    'sessions.checkIsolation': () => ({ ok: true, users: 2, sentence: 'Every entry is its own user’s.' }),
    'sessions.compare': () => comparison,
    'workstations.session': new Feed(managerSession),
    'workstations.signIn': none,
    'workstations.signOut': none,
    'workstations.list': () => poll(workstations),
    'workstations.refresh': none,
    'workstations.create': () => ({ id: 'ws-2', message: 'Created' }),
    'workstations.testConnection': () => ({ ok: true, message: 'It answers.' }),
    'workstations.cache': () => poll(managerCache),
    'workstations.metrics': () => poll(managerMetrics),
    'workstations.clearCache': () => ({ message: 'Cleared', removed: null }),
    'workstations.invalidate': () => ({ message: 'Invalidated', removed: 2 }),
    'vpn.status': () =>
      poll({
        mode: 'disabled',
        enabled: false,
        connected: false,
        nodes: [],
        nodesTotal: null,
        nodesHealthy: null,
        emergency: null,
      }),
  };
}

/** The true contract over handlers in memory. */
export interface BridgeFixture {
  readonly handlers: Handlers<Contract>;
  readonly router: Router;
  readonly log: ReturnType<typeof memoryLog>;
}

export function bridgeFixture(change: Partial<Handlers<Contract>> = {}): BridgeFixture {
  const handlers: Handlers<Contract> = { ...memoryHandlers(), ...change };
  const log = memoryLog();
  return { handlers, log, router: createRouter(contract, handlers, { log }) };
}
