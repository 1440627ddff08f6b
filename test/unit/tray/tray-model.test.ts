import { expect, test } from 'vitest';
import type { EngineTotals, OrchestratorStatus, VpnStatus } from '../../../shared/contract/orchestrator.ts';
import type { Failure } from '../../../shared/model/reading.ts';
import { sameTray, trayModel } from '../../../electron/core/tray/tray-model.ts';
import type { TrayFacts } from '../../../electron/core/tray/tray-model.ts';
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
    paused: false,
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
    'Hit rate 5 min: 66 %',
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
  expect(model({ vpn: reading<VpnStatus>({ ...vpn, emergency }) }).state).toBe('attention');
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
  expect(paused.actions.map((action) => action.id)).toEqual(['refresh', 'resume', 'open', 'quit']);
});

test('no lookups: no rate', () => {
  expect(texts({ hitRate5m: { percent: 0, n: 0 } })[3]).toBe('Hit rate 5 min: —');
});
