import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../../electron/core/status/refresh-changes.ts';
import type {
  HealthStatus,
  OrchestratorStatus,
  VpnNode,
  VpnStatus,
} from '../../../shared/contract/orchestrator.ts';
import { serverEventOf, streamOf } from '../../support/fleet-world.ts';
import { engine, status, totals } from '../../support/page-world.ts';

const nodeOf = (name: string, change: Partial<VpnNode> = {}): VpnNode => ({
  name,
  status: 'running',
  health: 'healthy',
  connected: true,
  forwardedPort: 41873,
  publicIp: '203.0.113.1',
  provider: null,
  country: null,
  city: null,
  lastCheck: null,
  error: null,
  ...change,
});
const vpn = (...nodes: readonly VpnNode[]): VpnStatus => ({
  mode: nodes.length > 1 ? 'redundant' : 'single',
  enabled: true,
  connected: nodes.some(({ connected }) => connected === true),
  nodes: [...nodes],
  nodesTotal: null,
  nodesHealthy: null,
  emergency: { active: false, failedVpn: null, healthyVpn: null, durationSeconds: 0 },
});
const counted = (
  total: number,
  healthy: number,
  active: number,
  change: Partial<OrchestratorStatus> = {},
) => ({
  ...status,
  engines: { total, running: total, healthy, unhealthy: total - healthy },
  streams: { active, total: active },
  ...change,
});
const blocked = {
  code: 'vpn_disconnected',
  message: 'VPN connection is required.',
  recoveryEtaSeconds: 60,
  canRetry: true,
};

describe('the orchestrator’s status', () => {
  const tell = (before: OrchestratorStatus, after: OrchestratorStatus): string[] =>
    changesBetween({ 'orchestrator:status': before }, { 'orchestrator:status': after });

  it('tells each figure that moved', () => {
    expect(tell(counted(7, 7, 4), counted(8, 6, 5))).toEqual([
      'engines 7 → 8',
      'running 7 → 8',
      'healthy 7 → 6',
      'streams 4 → 5',
    ]);
    expect(tell(counted(7, 7, 4), counted(7, 7, 4, { status: 'degraded' }))).toEqual([
      'orchestrator healthy → degraded',
    ]);
  });

  it('tells of a block, its end and the breaker', () => {
    const free = counted(7, 7, 4);
    const held = { ...free, provisioning: { ...free.provisioning, canProvision: false, blocked } };
    const open = { ...free, provisioning: { ...free.provisioning, breaker: 'half_open' as const } };
    expect(tell(free, held)).toEqual(['provisioning blocked: VPN connection is required.']);
    expect(tell(held, free)).toEqual(['provisioning no longer blocked']);
    expect(tell(held, held)).toEqual(['nothing changed']);
    expect(tell(free, open)).toEqual(['circuit breaker closed → half open']);
  });

  it('compares nothing that is not reported', () => {
    const silent = {
      ...counted(7, 7, 4),
      engines: { total: null, running: null, healthy: null, unhealthy: null },
    };
    expect(tell(silent, counted(8, 8, 4))).toEqual(['nothing changed']);
  });
});

describe('the VPNs', () => {
  const tell = (before: VpnStatus, after: VpnStatus): string[] =>
    changesBetween({ 'vpn:status': before }, { 'vpn:status': after });

  it('tells of another exit address, by name where there are two', () => {
    expect(tell(vpn(nodeOf('gluetun')), vpn(nodeOf('gluetun', { publicIp: '203.0.113.2' })))).toEqual([
      'exit IP changed (203.0.113.1 → 203.0.113.2)',
    ]);
    const two = vpn(nodeOf('gluetun1'), nodeOf('gluetun2', { publicIp: '198.51.100.7' }));
    expect(tell(two, vpn(nodeOf('gluetun1'), nodeOf('gluetun2', { publicIp: null })))).toEqual([
      'exit IP of gluetun2 unverified',
    ]);
    expect(tell(vpn(nodeOf('a', { publicIp: null })), vpn(nodeOf('a')))).toEqual([
      'exit IP verified (203.0.113.1)',
    ]);
  });

  it('tells who dropped and came back, its port and the emergency', () => {
    const two = vpn(nodeOf('gluetun1'), nodeOf('gluetun2'));
    const down: VpnStatus = {
      ...vpn(
        nodeOf('gluetun1', { connected: false, forwardedPort: null }),
        nodeOf('gluetun2', { forwardedPort: 52_310 }),
      ),
      emergency: { active: true, failedVpn: 'gluetun1', healthyVpn: 'gluetun2', durationSeconds: 1 },
    };
    expect(tell(two, down)).toEqual([
      'VPN gluetun1 disconnected',
      'forwarded port of gluetun2 41873 → 52310',
      'emergency mode began',
    ]);
    expect(tell(down, two).at(0)).toBe('VPN gluetun1 connected');
    expect(tell(down, two).at(-1)).toBe('emergency mode ended');
    expect(tell(two, { ...two, mode: 'single' })).toEqual(['VPN mode redundant → single']);
  });
});

describe('lists', () => {
  const listOf = (...names: readonly string[]) => ({
    engines: names.map((name) => ({ ...engine, id: name, name })),
  });

  it('of engines tell who appeared, who is gone and who turned', () => {
    const sick = { engines: [{ ...engine, id: 'a', name: 'a', health: 'unhealthy' as const }] };
    expect(
      changesBetween({ 'engines:list': listOf('a', 'b') }, { 'engines:list': listOf('a', 'c') }),
    ).toEqual(['engine appeared: c', 'engine gone: b']);
    expect(changesBetween({ 'engines:list': listOf('a') }, { 'engines:list': sick })).toEqual([
      'engine a unhealthy',
    ]);
    const many = changesBetween({ 'engines:list': listOf() }, { 'engines:list': listOf('a', 'b', 'c', 'd') });
    expect(many).toEqual(['engines appeared: a, b, c, …']);
  });

  it('of streams and totals count where the status was not read', () => {
    const streams = (n: number) => ({
      streams: Array.from({ length: n }, (_, id) => streamOf({ id: String(id) })),
    });
    const before = { 'streams:list': streams(4), 'stats:total': { ...totals, containerCount: 7 } };
    const after = { 'streams:list': streams(5), 'stats:total': { ...totals, containerCount: 8 } };
    expect(changesBetween(before, after)).toEqual(['containers 7 → 8', 'streams 4 → 5']);
    const both = { 'orchestrator:status': counted(7, 7, 4) };
    expect(changesBetween({ ...before, ...both }, { ...after, ...both })).toEqual(['nothing changed']);
  });

  it('of breakers tell their states', () => {
    const closed = {
      state: 'closed',
      failureCount: 0,
      failureThreshold: 5,
      lastFailure: null,
      lastSuccess: null,
      recoveryTimeoutSeconds: 300,
    } as const;
    const health = (general: HealthStatus['breakers']['general']): HealthStatus => ({
      totalEngines: 1,
      healthyEngines: 1,
      unhealthyEngines: 0,
      markedForReplacement: 0,
      minimumRequired: 1,
      checkIntervalSeconds: 20,
      breakers: { general, replacement: null },
    });
    expect(
      changesBetween(
        { 'health:status': health(closed) },
        { 'health:status': health({ ...closed, state: 'open' }) },
      ),
    ).toEqual(['general breaker closed → open']);
  });
});

describe('what cannot be compared', () => {
  it('is not said to be unchanged', () => {
    expect(changesBetween({}, {})).toEqual([]);
    expect(changesBetween({ 'vpn:status': null }, { 'vpn:status': vpn(nodeOf('a')) })).toEqual([]);
    expect(changesBetween({ 'vpn:status': vpn(nodeOf('a')) }, {})).toEqual([]);
    const events = { events: [serverEventOf()] };
    expect(changesBetween({ 'server:events': events }, { 'server:events': events })).toEqual([]);
  });

  it('is never more than the contract carries', () => {
    const long = nodeOf('n'.repeat(300));
    const nodes = Array.from({ length: 16 }, (_, index) => nodeOf(`n${index}`));
    const other = nodes.map((node) => ({ ...node, connected: false, publicIp: '198.51.100.1' }));
    expect(changesBetween({ 'vpn:status': vpn(...nodes) }, { 'vpn:status': vpn(...other) })).toHaveLength(20);
    const [text] = changesBetween(
      { 'vpn:status': vpn(long) },
      { 'vpn:status': vpn({ ...long, connected: false }) },
    );
    expect(text).toHaveLength(200);
  });
});
