import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as contract from '../../../shared/contract/orchestrator.ts';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startReplay } from '../../support/replay-orchestrator.ts';
import { scenarioNames } from '../../support/replay-scenarios.ts';
import { failureOf, patient, replayed } from './source-testing.ts';

const flapRecording = new URL(
  '../../support/recordings/orchestrator/v1.5.0-single-vpn/vpn_status_flap_sequence.json',
  import.meta.url,
);
const flaps = z
  .array(
    z.object({
      t_s: z.number(),
      health: z.string(),
      connected: z.boolean(),
      public_ip: z.string().nullable(),
    }),
  )
  .parse(JSON.parse(readFileSync(flapRecording, 'utf8')));

describe('every recorded scenario fits the contract', () => {
  it.each(scenarioNames)('%s', async (name) => {
    const { source } = await replayed(name);
    const reads = [
      [contract.engineTotals, source.engineTotals(patient())],
      [contract.engineList, source.engineList(patient())],
      [contract.orchestratorStatus, source.orchestratorStatus(patient())],
      [contract.vpnStatus, source.vpnStatus(patient())],
      [contract.healthStatus, source.healthStatus(patient())],
      [contract.serverCache, source.serverCache(patient())],
    ] as const;
    const outcomes = await Promise.allSettled(reads.map(([, read]) => read));
    const odd = outcomes.filter((outcome, index) => {
      if (outcome.status === 'fulfilled')
        return reads[index]?.[0].safeParse(outcome.value.value).success !== true;
      return !(outcome.reason instanceof SourceError) || outcome.reason.supported;
    });
    expect(odd).toEqual([]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  });
});

describe('engine totals and lists', () => {
  it('reads totals as recorded, without a time of observation', async () => {
    const { source } = await replayed('seed-era-no-vpn');
    expect(await source.engineTotals(patient())).toEqual({
      value: {
        cpuPercent: 6.96,
        memoryBytes: 424054061,
        networkRxBytes: 12345752,
        networkTxBytes: 668981,
        blockReadBytes: 60816,
        blockWriteBytes: 243265,
        containerCount: 2,
      },
      observedAt: null,
    });
  });

  it('joins CPU and memory to each engine', async () => {
    const { source } = await replayed('seed-era-no-vpn');
    const { value } = await source.engineList(patient());
    expect(
      value.engines.map(({ name, port, cpuPercent, memoryBytes, health, streams }) => [
        name,
        port,
        cpuPercent,
        memoryBytes,
        health,
        streams,
      ]),
    ).toEqual([
      ['acestream-1', 19000, 2.93, 203322929, 'healthy', 0],
      ['acestream-2', 19001, 4.03, 220731132, 'healthy', 0],
    ]);
  });

  it('shows the list without loads when only the loads cannot be read', async () => {
    const { source } = await replayed('seed-era-redundant');
    const { value } = await source.engineList(patient());
    expect(
      value.engines.map(({ vpn, forwardedPort, cpuPercent }) => [vpn, forwardedPort, cpuPercent]),
    ).toEqual([
      ['gluetun1', 40123, null],
      ['gluetun2', 40124, null],
    ]);
  });

  it('counts the streams of each engine', async () => {
    const { source } = await replayed('seed-era-with-stream');
    const { value } = await source.engineList(patient());
    expect(value.engines.map(({ streams }) => streams)).toEqual([1, 0]);
    expect((await source.orchestratorStatus(patient())).value.streams).toEqual({ active: 1, total: 1 });
  });

  it('keeps an empty list apart from the containers that still run', async () => {
    const { source } = await replayed('redundant-both-down');
    expect((await source.engineList(patient())).value.engines).toEqual([]);
    expect((await source.engineTotals(patient())).value.containerCount).toBe(2);
  });

  it('keeps genuine zeros as zeros', async () => {
    const { source } = await replayed('all-zero');
    expect(Object.values((await source.engineTotals(patient())).value)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect((await source.serverCache(patient())).value).toEqual({
      size: 0,
      hits: 0,
      misses: 0,
      hitRatePercent: 0,
      entries: [],
    });
  });

  it('says "not reported" where the endpoint is missing, and only there', async () => {
    const { source } = await replayed('stats-total-404');
    expect(await failureOf(source.engineTotals(patient()))).toMatchObject({
      code: 'not-found',
      supported: false,
      message: 'The orchestrator does not offer GET /engines/stats/total (404).',
    });
    expect((await source.orchestratorStatus(patient())).value.status).toBe('healthy');
  });

  it('reads the totals of a server whose cache has no key for them', async () => {
    const { source } = await replayed('stats-total-missing');
    const { value } = await source.serverCache(patient());
    expect(value.entries?.map(({ key }) => key)).toEqual(['vpn:status', 'orchestrator:status']);
    expect((await source.engineTotals(patient())).value.containerCount).toBe(3);
  });
});

describe('orchestrator status', () => {
  it('tells the time of computation and what is known of the server', async () => {
    const clock = new FakeClock(Date.UTC(2030, 0, 2));
    const server = await startReplay('no-vpn', { clock });
    const source = createOrchestratorSource({ url: server.url, apiKey: null });
    onTestFinished(() => server.close());
    const { value, observedAt } = await source.orchestratorStatus(patient());
    expect(observedAt).toBe(clock.wall());
    expect(value.server).toEqual({ version: 'before 1.5.4', basePath: '' });
    expect(value.capacity).toEqual({ total: 3, used: 0, available: 3, maxReplicas: 10, minReplicas: 3 });
    expect(value.vpn).toEqual({ enabled: false, connected: false, health: 'unknown' });
    expect(value.provisioning).toEqual({
      canProvision: true,
      breaker: 'closed',
      lastFailure: null,
      blocked: null,
    });
  });

  it('reads an open circuit breaker with its recovery time', async () => {
    const { source } = await replayed('circuit-open');
    const { value, observedAt } = await source.orchestratorStatus(patient());
    expect(value.status).toBe('unavailable');
    expect(value.provisioning).toMatchObject({
      canProvision: false,
      breaker: 'open',
      blocked: { code: 'circuit_breaker', recoveryEtaSeconds: 296, canRetry: false },
    });
    const sinceFailure = (observedAt ?? 0) - (value.provisioning.lastFailure ?? 0);
    expect(sinceFailure).toBeGreaterThan(0);
    expect(sinceFailure).toBeLessThan(10_000);
    const health = (await source.healthStatus(patient())).value;
    expect(health.breakers.general).toMatchObject({ state: 'open', failureCount: 5, failureThreshold: 5 });
    expect(health.breakers.replacement).toMatchObject({ state: 'open', lastSuccess: null });
  });

  it('reads full capacity as healthy but not able to provision', async () => {
    const { source } = await replayed('max-capacity');
    const { value } = await source.orchestratorStatus(patient());
    expect(value.status).toBe('healthy');
    expect(value.engines).toEqual({ total: 10, running: 10, healthy: 0, unhealthy: 0 });
    expect(value.provisioning.blocked).toMatchObject({ code: 'max_capacity', recoveryEtaSeconds: null });
    const { engines } = (await source.engineList(patient())).value;
    expect(new Set(engines.map(({ health }) => health))).toEqual(new Set(['unknown']));
  });

  it('reads a server that waits for its VPN', async () => {
    const { source } = await replayed('single-vpn-down');
    const { value } = await source.orchestratorStatus(patient());
    expect(value.status).toBe('degraded');
    expect(value.provisioning.blocked).toMatchObject({
      code: 'vpn_disconnected',
      recoveryEtaSeconds: 60,
      canRetry: true,
    });
  });
});

describe('VPN status', () => {
  const read = async (name: Parameters<typeof replayed>[0]) => {
    const { source } = await replayed(name);
    return (await source.vpnStatus(patient())).value;
  };

  it('disabled', async () => {
    expect(await read('no-vpn')).toEqual({
      mode: 'disabled',
      enabled: false,
      connected: false,
      nodes: [],
      nodesTotal: null,
      nodesHealthy: null,
      emergency: { active: false, failedVpn: null, healthyVpn: null, durationSeconds: 0 },
    });
  });

  it('single', async () => {
    const value = await read('single-vpn');
    expect(value).toMatchObject({ mode: 'single', enabled: true, connected: true });
    expect(value.nodes).toHaveLength(1);
    expect(value.nodes[0]).toMatchObject({
      name: 'gluetun1',
      status: 'running',
      health: 'healthy',
      connected: true,
      forwardedPort: 40123,
      publicIp: '203.0.113.10',
      provider: 'ProtonVPN',
      country: 'Germany',
      city: 'Berlin',
      error: null,
    });
  });

  it('single, up with an unverified exit address', async () => {
    const value = await read('single-vpn-unverified');
    expect(value.nodes[0]).toMatchObject({
      health: 'healthy',
      connected: true,
      publicIp: null,
      country: null,
    });
  });

  it.each([
    ['single-vpn-down', 'unhealthy'],
    ['single-vpn-starting', 'starting'],
  ] as const)('%s', async (name, health) => {
    const value = await read(name);
    expect(value).toMatchObject({ mode: 'single', enabled: true, connected: false });
    expect(value.nodes[0]).toMatchObject({ health, connected: false, publicIp: null });
  });

  it('single, flapping exactly as recorded: about 4 s up of every 30', async () => {
    const clock = new FakeClock();
    const server = await startReplay('single-vpn-flapping', { clock });
    onTestFinished(() => server.close());
    const source = createOrchestratorSource({ url: server.url, apiKey: null });
    expect(flaps.length).toBeGreaterThan(20);
    for (const recorded of flaps) {
      await clock.advance(recorded.t_s * 1000 - clock.mono());
      const { value, observedAt } = await source.vpnStatus(patient());
      expect(value.nodes).toMatchObject([
        { health: recorded.health, connected: recorded.connected, publicIp: recorded.public_ip },
      ]);
      expect(observedAt).toBe(clock.wall());
    }
  });

  it('redundant, both up', async () => {
    const value = await read('redundant');
    expect(value).toMatchObject({ mode: 'redundant', connected: true, emergency: { active: false } });
    expect(value.nodes.map(({ name, publicIp, forwardedPort }) => [name, publicIp, forwardedPort])).toEqual([
      ['gluetun1', '203.0.113.10', 40123],
      ['gluetun2', '203.0.113.11', 40124],
    ]);
    expect((await read('redundant-recovered')).nodes.map(({ health }) => health)).toEqual([
      'healthy',
      'healthy',
    ]);
    expect((await read('seed-era-redundant')).nodes).toHaveLength(2);
  });

  it.each(['redundant-one-down', 'emergency'] as const)(
    '%s: connected, one node down, emergency',
    async (name) => {
      const value = await read(name);
      expect(value).toMatchObject({ mode: 'redundant', connected: true });
      expect(value.nodes.map(({ health }) => health)).toEqual(['healthy', 'unhealthy']);
      expect(value.emergency).toMatchObject({ active: true, failedVpn: 'gluetun2', healthyVpn: 'gluetun1' });
      expect(value.emergency?.durationSeconds).toBeGreaterThan(10);
    },
  );

  it('redundant, both down: not connected, and the server still names a healthy one', async () => {
    const value = await read('redundant-both-down');
    expect(value).toMatchObject({ mode: 'redundant', enabled: true, connected: false });
    expect(value.nodes.map(({ health, connected }) => [health, connected])).toEqual([
      ['unhealthy', false],
      ['unhealthy', false],
    ]);
    expect(value.emergency).toMatchObject({ active: true, healthyVpn: 'gluetun1' });
  });
});

describe('later generations (synthetic)', () => {
  it('1.7.3 is told by /version and read at the root', async () => {
    const { server, source } = await replayed('v1.7.3');
    const { value } = await source.orchestratorStatus(patient());
    expect(value.server).toEqual({ version: '1.7.3', basePath: '' });
    expect((await source.engineList(patient())).value.engines).toHaveLength(3);
    expect((await source.healthStatus(patient())).value.totalEngines).toBe(3);
    expect(server.requestCount('/version')).toBe(1);
  });

  it('2.x is read under /api/v1 and reports counts only', async () => {
    const { source } = await replayed('v2');
    expect((await source.engineTotals(patient())).value).toEqual({
      cpuPercent: null,
      memoryBytes: null,
      networkRxBytes: null,
      networkTxBytes: null,
      blockReadBytes: null,
      blockWriteBytes: null,
      containerCount: 4,
    });
    expect((await source.vpnStatus(patient())).value).toEqual({
      mode: 'redundant',
      enabled: true,
      connected: true,
      nodes: [],
      nodesTotal: 2,
      nodesHealthy: 1,
      emergency: null,
    });
    expect((await source.serverCache(patient())).value).toEqual({
      size: 0,
      hits: 0,
      misses: 0,
      hitRatePercent: null,
      entries: null,
    });
    expect(await failureOf(source.orchestratorStatus(patient()))).toMatchObject({
      code: 'not-found',
      supported: false,
    });
    expect(await source.clearServerCache(patient())).toBe('cleared');
  });
});
