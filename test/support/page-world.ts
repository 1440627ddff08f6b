import type { AppInfo, PollingState } from '../../shared/contract/app.ts';
import { newCounters } from '../../electron/core/cache/counters.ts';
import { alertsOf } from './alert-world.ts';
import { cacheEntryOf, comparisonOf, entryPageOf, expiryOf, namespaces } from './explorer-world.ts';
import { samplesOf, serverEventOf, streamOf } from './fleet-world.ts';
import { defaultSettings } from '../../electron/core/settings/values.ts';
import type { CacheStatistics } from '../../shared/contract/cache.ts';
import type {
  Engine,
  EngineTotals,
  OrchestratorStatus,
  ServerCache,
  VpnNode,
  VpnStatus,
} from '../../shared/contract/orchestrator.ts';
import type { Profile, ProfilesState } from '../../shared/contract/profiles.ts';
import type { Settings, SettingsState } from '../../shared/contract/settings.ts';
import type { ControlKey, ControlState } from '../../shared/contract/control.ts';
import type { UpdatesState } from '../../shared/contract/updates.ts';
import type { Failure, Poll, Reading } from '../../shared/model/reading.ts';
import {
  managerCache,
  managerMetrics,
  managerSession,
  portalContextOf,
  portalStateOf,
  sessionStatistics,
  userSessionOf,
  workstations,
} from './portal-world.ts';
import { ScriptedClient } from './scripted-client.ts';
import { tuningOf } from './tuning-world.ts';

/** The moment every scripted world starts at: 13:03:07 UTC. */
export const worldStart = Date.UTC(2026, 0, 15, 13, 3, 7);

export function readingOf<T>(value: T | null, rest: Partial<Reading<T>> = {}): Reading<T> {
  return {
    value,
    loadedAt: value === null ? null : worldStart - 1000,
    observedAt: null,
    age: value === null ? null : 1000,
    ttl: 3000,
    interval: 5000,
    served: value === null ? 'none' : 'hit',
    updatingFor: null,
    failure: null,
    supported: true,
    ...rest,
  };
}

/** A reply at this moment of the test's clock; main ticks every 5 s from the world's start. */
export function pollOf<T>(reading: Reading<T>): Poll<T> {
  const now = Date.now();
  return { reading, nextTickInMs: 5000 - ((now - worldStart) % 5000), now };
}

export function failureOf(rest: Partial<Failure> = {}): Failure {
  return {
    code: 'timeout',
    message: 'No reply within 4.5 s.',
    since: worldStart - 20_000,
    count: 4,
    nextTryAt: worldStart + 8000,
    ...rest,
  };
}

export const totals: EngineTotals = {
  cpuPercent: 143.2,
  memoryBytes: 2 * 1024 ** 3,
  networkRxBytes: 45 * 1024 ** 3,
  networkTxBytes: 5 * 1024 ** 3,
  blockReadBytes: 300 * 1024 ** 2,
  blockWriteBytes: 1024 ** 3,
  containerCount: 8,
};

export const status: OrchestratorStatus = {
  status: 'healthy',
  engines: { total: 8, running: 8, healthy: 7, unhealthy: 1 },
  streams: { active: 5, total: 9 },
  capacity: { total: 8, used: 5, available: 3, maxReplicas: 20, minReplicas: 2 },
  vpn: { enabled: true, connected: true, health: 'healthy' },
  provisioning: { canProvision: true, breaker: 'closed', lastFailure: null, blocked: null },
  server: { version: '1.7.3', basePath: '' },
};

export function nodeOf(rest: Partial<VpnNode> = {}): VpnNode {
  return {
    name: 'gluetun1',
    status: 'running',
    health: 'healthy',
    connected: true,
    forwardedPort: 41873,
    publicIp: '203.0.113.24',
    provider: 'protonvpn',
    country: 'Netherlands',
    city: 'Amsterdam',
    lastCheck: worldStart - 2000,
    error: null,
    ...rest,
  };
}

export function vpnOf(rest: Partial<VpnStatus> = {}): VpnStatus {
  return {
    mode: 'single',
    enabled: true,
    connected: true,
    nodes: [nodeOf()],
    nodesTotal: null,
    nodesHealthy: null,
    emergency: null,
    ...rest,
  };
}

export const vpnDisabled: VpnStatus = vpnOf({
  mode: 'disabled',
  enabled: false,
  connected: false,
  nodes: [],
});

export const engine: Engine = {
  id: 'a'.repeat(64),
  name: 'engine-1',
  host: 'gluetun1',
  port: 19000,
  health: 'healthy',
  streams: 1,
  vpn: 'gluetun1',
  version: '3.2.11',
  forwarded: true,
  forwardedPort: 41873,
  firstSeen: null,
  lastSeen: null,
  lastHealthCheck: null,
  cpuPercent: 12.5,
  memoryBytes: 200 * 1024 ** 2,
  leaving: false,
};

export const serverCache: ServerCache = { size: 0, hits: 0, misses: 0, hitRatePercent: 0, entries: [] };

const counters = newCounters();

export function statisticsOf(rest: Partial<CacheStatistics> = {}): CacheStatistics {
  const none = { percent: 0, n: 0 };
  return {
    entries: 6,
    bytes: 18_739,
    counters,
    hitRate: none,
    hitRate1m: none,
    hitRate5m: none,
    hitRate15m: none,
    loadReductionPercent: 0,
    callsSaved: 0,
    savedMs: 0,
    hitMs: { n: 0, p50: 0, p95: 0 },
    loadMs: { n: 0, p50: 0, p95: 0 },
    keys: [
      {
        key: 'stats:total',
        age: 1500,
        ttl: 3000,
        ttlRemaining: 1500,
        bytes: 200,
        counters,
        hitRate: none,
        hit: { n: 0, p50: 0, p95: 0 },
        load: { n: 0, p50: 0, p95: 0 },
        callsSaved: 0,
        savedMs: 0,
      },
    ],
    ...rest,
  };
}

export function pollingOf(rest: Partial<PollingState> = {}): PollingState {
  return {
    paused: false,
    pausedSince: null,
    pausedUntil: null,
    refreshAhead: true,
    pollMs: 5000,
    cacheOn: true,
    callsPerMinute: 36,
    callsByResource: {},
    ...rest,
  };
}

export const demoProfile: Profile = {
  id: 'demo',
  kind: 'demo',
  name: 'Demo',
  production: false,
  orchestrator: { url: 'http://127.0.0.1:8000/', allowHttp: false },
  portal: null,
  workstations: null,
  pollSeconds: null,
  ttlSeconds: {},
  secrets: { orchestratorKey: 'stored', portalPassword: 'none', workstationsPassword: 'none' },
};

/** A profile that was stored. */
export function profileOf(rest: Partial<Profile> = {}): Profile {
  return { ...demoProfile, id: 'lab', kind: 'stored', name: 'Lab', ...rest };
}

export function profilesOf(rest: Partial<ProfilesState> = {}): ProfilesState {
  return {
    profiles: [demoProfile],
    active: 'demo',
    generation: 1,
    url: 'http://127.0.0.1:8000/',
    fault: null,
    firstRun: false,
    secretStorage: { protection: 'file', sentence: 'Kept in a file that only your account can read.' },
    ...rest,
  };
}

export function settingsOf(
  values: Partial<Settings> = {},
  rest: Partial<Omit<SettingsState, 'values'>> = {},
): SettingsState {
  return {
    values: {
      ...defaultSettings,
      timeZone: 'UTC',
      ...values,
    },
    overridden: [],
    warnings: [],
    ...rest,
  };
}

/** A key that was made here a day ago and used a minute ago. */
export function keyOf(rest: Partial<ControlKey> = {}): ControlKey {
  return {
    id: 'key-1',
    name: 'Prometheus',
    role: 'viewer',
    createdAt: worldStart - 86_400_000,
    lastUsedAt: worldStart - 60_000,
    variable: null,
    ...rest,
  };
}

/** The control API of the desktop app, off and with one key. */
export function controlOf(rest: Partial<ControlState> = {}): ControlState {
  return {
    on: false,
    port: 8000,
    url: null,
    fault: null,
    besidePage: false,
    keys: [keyOf()],
    ...rest,
  };
}

/** A copy that updates itself and knows of nothing newer. */
export function updatesOf(rest: Partial<UpdatesState> = {}): UpdatesState {
  return { stage: 'current', version: null, percent: null, checkedAt: worldStart, why: null, ...rest };
}

/** A host in a browser, which can do nothing by itself. */
export const browserInfo: AppInfo = {
  version: '0.1.0',
  host: 'browser',
  role: 'admin',
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
};

/** The desktop app, which can do everything. */
export const desktopInfo: AppInfo = {
  ...browserInfo,
  host: 'desktop',
  capabilities: {
    tray: true,
    notifications: true,
    quit: true,
    startAtLogin: true,
    openFolder: true,
    windows: true,
    saveFile: true,
  },
};

/** A main process with everything in order; a test changes what it is about. */
export function healthyClient(): ScriptedClient {
  const emptyHistory = {
    at: [],
    hits: [],
    staleHits: [],
    misses: [],
    coalesced: [],
    prefetches: [],
    rate: [],
    rateN: [],
    cumulative: [],
    callsPerMinute: [],
    marks: [],
    explanation: 'Refresh ahead loads 1 s before each poll.',
  };
  return new ScriptedClient()
    .answer('app.info', () => browserInfo)
    .answer('engines.totals', () => pollOf(readingOf(totals)))
    .answer('orchestrator.status', () => pollOf(readingOf(status)))
    .answer('vpn.status', () => pollOf(readingOf(vpnOf())))
    .answer('engines.list', () => pollOf(readingOf({ engines: [engine] })))
    .answer('orchestrator.health', () => pollOf(readingOf(null, { supported: false })))
    .answer('orchestrator.cache', () => pollOf(readingOf(serverCache)))
    .answer('cache.statistics', () => statisticsOf())
    .answer('cache.history', () => emptyHistory)
    .answer('cache.entries', () => entryPageOf([cacheEntryOf()], Date.now()))
    .answer('cache.namespaces', () => namespaces)
    .answer('cache.expiry', () => expiryOf(Date.now()))
    .answer('cache.match', () => ({ keys: [], matching: 0, total: 1 }))
    .answer('tuning.state', () => tuningOf(Date.now()))
    .answer('history.bands', () => ({ bands: [] }))
    .answer('history.scopes', ({ from, to }) => ({ from, to, bucketMs: 5000, at: [], scopes: [] }))
    .answer('cache.compareMinute', ({ minute }) => comparisonOf(minute))
    .answer('streams.list', () => pollOf(readingOf({ streams: [streamOf()] })))
    .answer('streams.samples', () => samplesOf())
    .answer('server.events', () => pollOf(readingOf({ events: [serverEventOf()] })))
    .answer('events.list', () => ({ events: [], more: false }))
    .push('polling.state', pollingOf())
    .push('profiles.state', profilesOf())
    .push('portal.state', portalStateOf())
    .push('workstations.session', managerSession)
    .answer('portal.context', () => portalContextOf())
    .answer('sessions.list', () => ({ users: [userSessionOf()], total: sessionStatistics, bytes: 25_000 }))
    .answer('workstations.list', () => pollOf(readingOf(workstations)))
    .answer('workstations.cache', () => pollOf(readingOf(managerCache)))
    .answer('workstations.metrics', () => pollOf(readingOf(managerMetrics)))
    .push('settings.state', settingsOf())
    .push('problems.list', [])
    .push('events.latest', [])
    .push('refresh.progress', { running: false, startedAt: null, finishedAt: null, items: [], changes: [] })
    .push('status.ribbons', {
      cells: { 'stats:total': [], 'orchestrator:status': [], 'vpn:status': [] },
      endsAt: null,
      intervalMs: 5000,
    })
    .push('tray.model', { state: 'ok', tooltip: 'All live', lines: [], actions: [] })
    .push('alerts.state', alertsOf())
    .push('alerts.messages', [])
    .push('cache.events', [])
    .push('app.footprint', {
      at: worldStart,
      cpuPercent: 1.5,
      memoryBytes: 90_000_000,
      cacheBytes: 18_739,
      callsPerMinute: 36,
      savedPerMinute: 24,
    })
    .push('control.state', controlOf())
    .push('updates.state', updatesOf())
    .push('demo.state', { available: true, fault: 'none' });
}
