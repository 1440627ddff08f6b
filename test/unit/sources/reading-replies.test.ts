import { describe, expect, it } from 'vitest';
import { readCache, readCleared } from '../../../electron/core/sources/orchestrator/read-cache.ts';
import {
  readEngines,
  readLoads,
  readTotals,
  withLoads,
} from '../../../electron/core/sources/orchestrator/read-engines.ts';
import { readHealth, readStatus } from '../../../electron/core/sources/orchestrator/read-status.ts';
import { readVpn } from '../../../electron/core/sources/orchestrator/read-vpn.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';

const server = { version: '1.7.3', basePath: '' };
const at = 'GET /here';

function refusal(read: () => unknown): SourceError {
  try {
    read();
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('the reply was accepted');
}

const noneReported = (value: object) => Object.values(value).every((one) => one === null);

describe('missing fields are "not reported", never 0 and never an error', () => {
  it('in totals and the cache', () => {
    const { containerCount, ...others } = readTotals({ container_count: 3 }, at);
    expect(containerCount).toBe(3);
    expect(noneReported(others)).toBe(true);
    expect(readCache({ size: 1 }, at)).toEqual({
      size: 1,
      hits: null,
      misses: null,
      hitRatePercent: null,
      entries: null,
    });
    expect(readCache({ size: 1, entries: [{ key: 'k' }] }, at).entries).toEqual([
      { key: 'k', ageSeconds: null, ttlRemainingSeconds: null },
    ]);
  });

  it('in the orchestrator status, section by section', () => {
    const { value, observedAt } = readStatus(
      { status: 'healthy', engines: { total: 2 }, vpn: null },
      server,
      at,
    );
    expect(observedAt).toBeNull();
    expect(value.engines).toEqual({ total: 2, running: null, healthy: null, unhealthy: null });
    expect(noneReported(value.streams) && noneReported(value.capacity) && noneReported(value.vpn)).toBe(true);
    expect(noneReported(value.provisioning)).toBe(true);
  });

  it('in an engine', () => {
    const [engine] = readEngines([{ container_id: 'abc' }], at).engines;
    const { id, health, leaving, ...others } = engine ?? {};
    expect([id, health, leaving]).toEqual(['abc', 'unknown', false]);
    expect(noneReported(others)).toBe(true);
  });

  it('in health checks', () => {
    const value = readHealth({ total_engines: 1, circuit_breakers: { general: {} } }, at);
    expect(value).toMatchObject({ totalEngines: 1, healthyEngines: null });
    expect(value.breakers).toEqual({
      general: {
        state: 'unknown',
        failureCount: null,
        failureThreshold: null,
        lastFailure: null,
        lastSuccess: null,
        recoveryTimeoutSeconds: null,
      },
      replacement: null,
    });
    expect(readHealth({ total_engines: 1 }, at).breakers).toEqual({ general: null, replacement: null });
  });

  it('in a VPN status: an absent "enabled" is unknown, not disabled', () => {
    expect(readVpn({ health: 'healthy' }, at).value).toEqual({
      mode: 'unknown',
      enabled: null,
      connected: null,
      nodes: [],
      nodesTotal: null,
      nodesHealthy: null,
      emergency: null,
    });
  });
});

describe('what is new to us is not an error', () => {
  it('unknown fields are ignored and unknown words become "unknown"', () => {
    const { value } = readStatus(
      { status: 'hibernating', surprise: [1], provisioning: { circuit_breaker_state: 'melted' } },
      server,
      at,
    );
    expect([value.status, value.provisioning.breaker]).toEqual(['unknown', 'unknown']);
    expect(
      readEngines([{ container_id: 'a', health_status: 'draining', x: {} }], at).engines[0]?.health,
    ).toBe('unknown');
    expect(readVpn({ mode: 'mesh', enabled: true, vpn1: { health: 'sleepy' } }, at).value).toMatchObject({
      mode: 'unknown',
      enabled: true,
      nodes: [{ health: 'unknown', connected: null }],
    });
  });

  it('known words are known in any writing', () => {
    const { value } = readStatus(
      { status: 'HEALTHY', provisioning: { circuit_breaker_state: 'half-open' } },
      server,
      at,
    );
    expect([value.status, value.provisioning.breaker]).toEqual(['healthy', 'half_open']);
  });

  it('a block with only a reason, or of a kind we do not know', () => {
    const blocked = (provisioning: object) =>
      readStatus({ provisioning }, server, at).value.provisioning.blocked;
    expect(blocked({ blocked_reason: 'Full moon' })).toEqual({
      code: 'unknown',
      message: 'Full moon',
      recoveryEtaSeconds: null,
      canRetry: null,
    });
    expect(blocked({ blocked_reason_details: { code: 'lunar' } })).toMatchObject({
      code: 'lunar',
      message: 'The server gives no reason.',
    });
  });
});

describe('VPN shapes', () => {
  it('single with its fields on top only', () => {
    const { value, observedAt } = readVpn(
      {
        mode: 'single',
        enabled: true,
        container: 'gluetun',
        health: 'healthy',
        connected: true,
        last_check: '2026-01-02T03:04:05',
      },
      at,
    );
    expect(value.nodes).toHaveLength(1);
    expect(value.nodes[0]).toMatchObject({ name: 'gluetun', health: 'healthy', connected: true });
    expect(observedAt).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));
  });

  it('containers that are gone or cannot be asked leave fields out', () => {
    const { value, observedAt } = readVpn(
      {
        mode: 'redundant',
        enabled: true,
        connected: false,
        vpn1: {
          enabled: true,
          status: 'not_found',
          container_name: 'gluetun1',
          health: 'unknown',
          connected: false,
          last_check_at: '2026-01-01T00:00:00Z',
        },
        vpn2: {
          status: 'error',
          container_name: 'gluetun2',
          health: 'unknown',
          error: 'Docker is away',
          last_check_at: '2026-01-01T00:00:09Z',
        },
      },
      at,
    );
    expect(value.nodes).toMatchObject([
      {
        name: 'gluetun1',
        status: 'not_found',
        health: 'unknown',
        provider: null,
        country: null,
        error: null,
      },
      { name: 'gluetun2', status: 'error', connected: null, error: 'Docker is away' },
    ]);
    expect(observedAt).toBe(Date.UTC(2026, 0, 1, 0, 0, 9));
  });

  it.each([
    [{ vpn_enabled: false, nodes_total: 0, nodes_healthy: 0, vpn_nodes: [] }, 'disabled', false],
    [{ vpn_enabled: true, nodes_total: 1, nodes_healthy: 1, vpn_nodes: [] }, 'single', true],
    [{ vpn_enabled: true, nodes_total: 3, nodes_healthy: 0, vpn_nodes: [] }, 'redundant', false],
    [{ vpn_enabled: true, vpn_nodes: [{ container_name: 'one' }] }, 'unknown', null],
  ])('version 2: %o', (reply, mode, connected) => {
    expect(readVpn(reply, at).value).toMatchObject({ mode, connected, enabled: reply.vpn_enabled });
  });
});

describe('times', () => {
  const observed = (timestamp: unknown) => readStatus({ timestamp }, server, at).observedAt;
  it.each([
    ['2026-11-21T02:07:07.456708+00:00', Date.UTC(2026, 10, 21, 2, 7, 7, 456)],
    ['2026-11-21T02:07:07.456Z', Date.UTC(2026, 10, 21, 2, 7, 7, 456)],
    ['2026-11-21T02:07:07.456708', Date.UTC(2026, 10, 21, 2, 7, 7, 456)],
    ['2026-11-21 02:07:07', Date.UTC(2026, 10, 21, 2, 7, 7)],
    ['2026-11-21T04:07:07+02:00', Date.UTC(2026, 10, 21, 2, 7, 7)],
    ['2026-11-21T02:07:07.123456789Z', Date.UTC(2026, 10, 21, 2, 7, 7, 123)],
    ['0001-01-01T00:00:00Z', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%s', (text, expected) => {
    expect(observed(text)).toBe(expected);
  });

  it.each(['yesterday', 17, {}])('%o is an error', (value) => {
    expect(refusal(() => observed(value)).message).toBe(
      'The reply of GET /here has an unexpected value in the field timestamp.',
    );
  });
});

describe('a wrong shape names the endpoint and the field, never a value', () => {
  it.each([
    ['a word for a number', () => readTotals({ total_memory_usage: 'geheim' }, at), 'total_memory_usage'],
    ['an infinite number', () => readTotals(JSON.parse('{"container_count":1e999}'), at), 'container_count'],
    ['a deep field', () => readStatus({ engines: { running: 'geheim' } }, server, at), 'engines.running'],
    ['a list for a section', () => readStatus({ capacity: ['geheim'] }, server, at), 'capacity'],
    [
      'one of many engines',
      () => readEngines([{ container_id: 'a' }, { container_id: 'b', port: 'geheim' }], at),
      '1.port',
    ],
    ['an engine without id', () => readEngines([{ name: 'geheim' }], at), '0.container_id'],
    ['a VPN', () => readVpn({ vpn2: { connected: 'geheim' } }, at), 'vpn2.connected'],
    ['emergency mode', () => readVpn({ emergency_mode: { active: 'geheim' } }, at), 'emergency_mode.active'],
    [
      'a breaker',
      () => readHealth({ circuit_breakers: { general: { state: 3 } } }, at),
      'circuit_breakers.general.state',
    ],
    ['a cache entry', () => readCache({ entries: [{ key: 1 }] }, at), 'entries.0.key'],
    [
      'a load, by an id that is not shown',
      () => readLoads({ 'geheim-7': { cpu_percent: '' } }, at),
      '….cpu_percent',
    ],
    ['the answer to a clear', () => readCleared({ message: 3 }, at), 'message'],
  ])('%s', (_, read, field) => {
    const error = refusal(read);
    expect(error).toMatchObject({ code: 'bad-reply', supported: true });
    expect(error.message).toBe(`The reply of GET /here has an unexpected value in the field ${field}.`);
  });

  it.each([null, 'geheim', 7, [], {}, { error: 'not found' }, { ok: true }])(
    '%o is no reply of an orchestrator',
    (reply) => {
      const reads = [
        () => readTotals(reply, at),
        () => readStatus(reply, server, at),
        () => readVpn(reply, at),
        () => readHealth(reply, at),
        () => readCache(reply, at),
      ];
      for (const read of reads) {
        expect(refusal(read).message).toBe('The reply of GET /here is not what an orchestrator sends.');
      }
    },
  );

  it('lists without an end are refused', () => {
    const many = Array.from({ length: 5001 }, (_, index) => ({ container_id: `c${index}` }));
    expect(readEngines(many.slice(1), at).engines).toHaveLength(5000);
    expect(refusal(() => readEngines(many, at)).code).toBe('bad-reply');
  });
});

describe('loads', () => {
  it('are joined by id; an engine without one stays unreported', () => {
    const list = readEngines(
      [{ container_id: 'a' }, { container_id: '__proto__' }, { container_id: 'c' }],
      at,
    );
    const loads = readLoads({ a: { cpu_percent: 1.5, memory_usage: 7 }, b: {}, c: { cpu_percent: 0 } }, at);
    expect(
      withLoads(list, loads).engines.map(({ cpuPercent, memoryBytes }) => [cpuPercent, memoryBytes]),
    ).toEqual([
      [1.5, 7],
      [null, null],
      [0, null],
    ]);
    expect(withLoads(list, null)).toEqual(list);
  });
});

describe('the answer to a clear', () => {
  it.each([
    [{ message: 'Cache cleared successfully' }, 'Cache cleared successfully'],
    [{ status: 'cleared' }, 'cleared'],
    [{}, 'The server accepted the request and said no more.'],
    [null, 'The server accepted the request and said no more.'],
  ])('%o', (reply, message) => {
    expect(readCleared(reply, at)).toBe(message);
  });
});
