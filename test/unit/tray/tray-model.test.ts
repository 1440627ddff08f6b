import { expect, test } from 'vitest';
import type { EngineTotals, OrchestratorStatus, VpnStatus } from '../../../shared/contract/orchestrator.ts';
import type { WorkstationList } from '../../../shared/contract/workstations.ts';
import type { Failure } from '../../../shared/model/reading.ts';
import { sameTray } from '../../../electron/core/tray/tray-watch.ts';
import { pauseOf, snoozeOf, trayModel } from '../../../electron/core/tray/tray-model.ts';
import { trayAlerts } from '../../../electron/core/tray/tray-lines.ts';
import type { TrayFacts } from '../../../electron/core/tray/tray-model.ts';
import { alertOf, alertsOf } from '../../support/alert-world.ts';
import { reading } from '../../support/readings.ts';

const totals: EngineTotals = {
  cpuPercent: 12,
  memoryBytes: 1,
  networkRxBytes: 1,
  networkTxBytes: 1,
  blockReadBytes: 1,
  blockWriteBytes: 1,
  containerCount: 8,
};
const orchestrator: OrchestratorStatus = {
  status: 'healthy',
  engines: { total: 8, running: 8, healthy: 7, unhealthy: 1 },
  streams: { active: 3, total: 3 },
  capacity: { total: 8, used: 3, available: 5, maxReplicas: 10, minReplicas: 2 },
  vpn: { enabled: true, connected: true, health: 'healthy' },
  provisioning: { canProvision: true, breaker: 'closed', lastFailure: null, blocked: null },
  server: { version: '1.7.3', basePath: '' },
};
const vpn: VpnStatus = {
  mode: 'single',
  enabled: true,
  connected: true,
  nodes: [
    {
      name: 'gluetun1',
      status: 'running',
      health: 'healthy',
      connected: true,
      forwardedPort: 40123,
      publicIp: '203.0.113.10',
      provider: 'ProtonVPN',
      country: 'Germany',
      city: 'Berlin',
      lastCheck: null,
      error: null,
    },
  ],
  nodesTotal: null,
  nodesHealthy: null,
  emergency: null,
};
const failure: Failure = { code: 'timeout', message: 'No answer.', since: 0, count: 4, nextTryAt: null };

function model(change: Partial<TrayFacts> = {}): ReturnType<typeof trayModel> {
  return trayModel({
    totals: reading(totals),
    orchestrator: reading(orchestrator),
    vpn: reading(vpn),
    portal: { connected: false, url: null, users: [] },
    workstations: reading<WorkstationList>(null),
    alerts: { firing: [], snoozedUntil: null },
    paused: false,
    pausedUntil: null,
    shortTime: (at) => new Date(at).toISOString().slice(11, 16),
    refreshing: false,
    hitRate5m: { percent: 66.4, n: 180 },
    canQuit: true,
    ...change,
  });
}

function texts(change?: Partial<TrayFacts>): string[] {
  return model(change).lines.map((line) => line.text);
}

test('before the first replies nothing is claimed to be live', () => {
  const none = { totals: reading<EngineTotals>(null), vpn: reading<VpnStatus>(null) };
  expect(model(none)).toMatchObject({ state: 'ok', tooltip: 'Cachedeck: Waiting for the first replies' });
  const lacking = { totals: reading<EngineTotals>(null, { supported: false }) };
  expect(model(lacking).tooltip).toBe('Cachedeck: All sources live');
});

test('all well', () => {
  expect(model().state).toBe('ok');
  expect(model().tooltip).toBe('Cachedeck: All sources live');
  expect(texts()).toEqual([
    'Orchestrator: Live',
    'Engines: 7 of 8 healthy · Live',
    'VPN: Connected · Germany · Live',
    'Hit rate 5 min: 66 % (n 180)',
  ]);
});

test('ages move in steps of 15 s, so that a second changes nothing', () => {
  const at = (age: number): ReturnType<typeof trayModel> => model({ vpn: reading(vpn, { age, failure }) });
  expect(sameTray(at(61_000), at(74_000))).toBe(true);
  expect(sameTray(at(61_000), at(76_000))).toBe(false);
});

test('a running load changes nothing', () => {
  expect(sameTray(model(), model({ vpn: reading(vpn, { updatingFor: 3000 }) }))).toBe(true);
});

test('a stale VPN is unknown, never the last state', () => {
  const stale = model({ vpn: reading(vpn, { age: 125_000, failure }) });
  expect(stale.state).toBe('attention');
  expect(stale.tooltip).toBe('Cachedeck: VPN: state unknown · Stale · 2 min 0 s');
});

test('disconnected is bad, not in use is not', () => {
  expect(model({ vpn: reading<VpnStatus>({ ...vpn, connected: false }) })).toMatchObject({
    state: 'bad',
    tooltip: 'Cachedeck: VPN: disconnected · Live',
  });
  expect(
    model({
      vpn: reading<VpnStatus>({ ...vpn, mode: 'disabled', enabled: false, connected: false, nodes: [] }),
    }),
  ).toMatchObject({
    state: 'ok',
  });
});

test('emergency mode and a degraded orchestrator ask for attention', () => {
  const emergency = { active: true, failedVpn: 'gluetun2', healthyVpn: 'gluetun1', durationSeconds: 3 };
  const carried = model({ vpn: reading<VpnStatus>({ ...vpn, emergency }) });
  expect(carried.state).toBe('attention');
  // First, because a title has room for that alone.
  expect(carried.tooltip).toMatch(/^Cachedeck: VPN: emergency mode · Connected/);
  expect(
    model({ orchestrator: reading<OrchestratorStatus>({ ...orchestrator, status: 'degraded' }) }).state,
  ).toBe('attention');
});

test('no data at all is bad and says so', () => {
  const none = model({ totals: reading<EngineTotals>(null, { failure }) });
  expect(none.state).toBe('bad');
  expect(none.lines[1]?.text).toContain('No data');
});

test('before the first load nothing is claimed', () => {
  expect(texts({ vpn: reading<VpnStatus>(null) })[2]).toBe('VPN: Not loaded yet');
});

test('paused shows bars and offers to resume', () => {
  const paused = model({ paused: true });
  expect(paused.state).toBe('paused');
  expect(paused.actions.map((action) => action.id)).toEqual(['refresh', 'resume', 'snooze', 'open', 'quit']);
});

test('no lookups: no rate', () => {
  expect(texts({ hitRate5m: { percent: 0, n: 0 } })[3]).toBe('Hit rate 5 min: — no requests');
});

test.each([
  [0, '— no requests'],
  [19, 'few samples'],
  [20, '66 % (n 20)'],
  [57, '66 % (n 50)'],
  [183, '66 % (n 180)'],
  [1299, '66 % (n 1200)'],
])('of %i lookups the tray says %s', (n, words) => {
  expect(texts({ hitRate5m: { percent: 66.4, n } }).at(-1)).toBe(`Hit rate 5 min: ${words}`);
});

test('a long interval is no reason to count the seconds', () => {
  const at = (age: number): string[] => texts({ vpn: reading(vpn, { age, interval: 60_000 }) });
  expect(at(59_000)[2]).toBe('VPN: Connected · Germany · Live');
  expect(at(61_000)[2]).toBe('VPN: Connected · Germany · Live · 60 s');
});

const user = { user: 'u1', masked: 'a***@example.com', kind: 'token' as const, needsSignIn: false };

test('a portal says who is signed in, and asks for attention when someone has to', () => {
  const portal = (...needs: boolean[]): TrayFacts['portal'] => ({
    connected: true,
    url: 'https://portal.test/',
    users: needs.map((needsSignIn) => ({ ...user, needsSignIn })),
  });
  const line = (of: TrayFacts['portal']) => model({ portal: of }).lines.find(({ id }) => id === 'portal');
  expect(line(portal())).toBeUndefined();
  expect(line(portal(false))).toEqual({ id: 'portal', text: 'Portal: 1 user signed in', state: 'ok' });
  expect(line(portal(false, false, true))?.text).toBe('Portal: 2 users signed in · 1 needs to sign in');
  expect(model({ portal: portal(true, true) })).toMatchObject({
    state: 'attention',
    tooltip: 'Cachedeck: Portal: 2 need to sign in',
  });
});

test('workstations are told once the list is known, and decide nothing: nobody watches them', () => {
  const station = (status: 'online' | 'offline'): WorkstationList['workstations'][number] => ({
    id: status,
    name: null,
    address: null,
    status,
    emulators: null,
    activeEmulators: null,
    cpuPercent: null,
    memoryPercent: null,
    diskPercent: null,
    lastSeen: null,
  });
  const list: WorkstationList = { workstations: [station('online'), station('offline')] };
  const told = (change: Partial<ReturnType<typeof reading>>) => {
    const workstations = reading(list, { interval: 300_000, ttl: 300_000, ...change } as object);
    const { state, lines } = model({ workstations });
    return [state, lines.find(({ id }) => id === 'workstations')?.text];
  };
  expect(texts().filter((text) => text.startsWith('Workstations'))).toEqual([]);
  expect(told({})).toEqual(['ok', 'Workstations: 1 of 2 online · Live']);
  expect(told({ age: 3_600_000, failure })).toEqual([
    'ok',
    'Workstations: state unknown · Stale · 1 h 00 min',
  ]);
});

test('what fires stands in one line and gives the tray its state', () => {
  const stale = { title: 'VPN status is stale', severity: 'attention' as const, since: 2 };
  const down = { title: 'VPN disconnected', severity: 'bad' as const, since: 3 };
  const firing = (...of: TrayFacts['alerts']['firing']) =>
    model({ alerts: { firing: of, snoozedUntil: null }, shortTime: (at) => `14:0${at}` });
  expect(firing(stale)).toMatchObject({
    state: 'attention',
    tooltip: 'Cachedeck: 1 alert firing: VPN status is stale · since 14:02',
  });
  expect(firing(down, stale).state).toBe('bad');
  expect(firing(down, stale).lines.at(-1)).toEqual({
    id: 'alerts',
    text: '2 alerts firing: VPN disconnected, VPN status is stale · since 14:02',
    state: 'bad',
  });
  expect(firing(down, stale, stale).lines.at(-1)?.text).toMatch(
    /^3 alerts firing: .* is stale, … · since 14:02$/,
  );
  expect(model({ alerts: { firing: [down], snoozedUntil: null }, paused: true }).state).toBe('paused');
});

test('alerts that another stands for, that may yet come or that nobody watches are not told', () => {
  const held = (by: 'inhibited' | 'not-watched' | 'snoozed') => [{ by, until: null, text: '' }];
  const { firing, snoozedUntil } = trayAlerts(
    alertsOf({
      active: [
        alertOf({ title: 'Orchestrator is not answering', severity: 'bad', since: 7 }),
        alertOf({ title: 'muted', heldBy: held('snoozed'), state: 'recovering', since: 8 }),
        alertOf({ title: 'a', heldBy: held('inhibited') }),
        alertOf({ title: 'b', heldBy: held('not-watched') }),
        alertOf({ title: 'c', state: 'pending' }),
      ],
      silences: [
        { key: 'demo/stale/vpn:status', title: '', since: 0, until: 1 },
        { key: '*', title: '', since: 0, until: 2 },
      ],
    }),
  );
  expect(firing).toEqual([
    { title: 'Orchestrator is not answering', severity: 'bad', since: 7 },
    { title: 'muted', severity: 'attention', since: 8 },
  ]);
  expect(snoozedUntil).toBe(2);
});

test('a pause and a snooze are offered for a while, and ended once they are on', () => {
  const choices = (change: Partial<TrayFacts>, id: string) =>
    model(change)
      .actions.find((action) => action.id === id)
      ?.choices.map(({ value, label }) => [value, label]);
  expect(choices({}, 'pause')).toEqual([
    ['15', '15 min'],
    ['60', '1 h'],
    ['resumed', 'Until resumed'],
  ]);
  expect(choices({}, 'snooze')).toEqual([
    ['15m', '15 min'],
    ['1h', '1 h'],
    ['morning', 'Until 09:00'],
  ]);
  expect(['15', '60', 'resumed', undefined].map(pauseOf)).toEqual([15, 60, null, null]);
  expect(['15m', 'morning', 'never', undefined].map(snoozeOf)).toEqual([
    '15m',
    'morning',
    undefined,
    undefined,
  ]);
  const at = Date.UTC(2026, 0, 1, 14, 30);
  const muted = { alerts: { firing: [], snoozedUntil: at } };
  expect(choices(muted, 'snooze')).toBeUndefined();
  expect(choices(muted, 'unsnooze')).toEqual([]);
  expect(texts(muted).at(-1)).toBe('Alerts snoozed until 14:30');
  expect(model({ paused: true, pausedUntil: at }).tooltip).toBe('Cachedeck: Paused until 14:30');
});
