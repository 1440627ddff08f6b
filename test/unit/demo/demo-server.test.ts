import { describe, expect, it, onTestFinished } from 'vitest';
import { demoFaults } from '../../../shared/contract/app.ts';
import type { DemoFault } from '../../../shared/contract/app.ts';
import * as contract from '../../../shared/contract/orchestrator.ts';
import { startDemo } from '../../../electron/core/demo/demo-server.ts';
import type { DemoBackend } from '../../../electron/core/demo/demo-server.ts';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { EagerClock, seededRandom } from '../../support/eager-clock.ts';
import { failureOf, patient } from '../sources/source-testing.ts';

async function demo() {
  const clock = new EagerClock();
  const backend = await startDemo({ clock, random: seededRandom() });
  onTestFinished(() => backend.close());
  const source = createOrchestratorSource({ url: backend.url, apiKey: backend.apiKey });
  return { backend, clock, source };
}

async function ask(backend: DemoBackend, path: string, init: RequestInit = {}) {
  const response = await fetch(backend.url + path, init);
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

describe('the protocol of release 1.7.3', () => {
  it('is read by the source, and every value fits the contract', async () => {
    const { backend, clock, source } = await demo();
    const status = await source.orchestratorStatus(patient());
    expect(status.observedAt).toBe(clock.wall());
    expect(contract.orchestratorStatus.parse(status.value)).toMatchObject({
      status: 'healthy',
      engines: { total: 8, running: 8, healthy: 8, unhealthy: 0 },
      provisioning: { canProvision: true, breaker: 'closed', blocked: null },
      server: { version: '1.7.3', basePath: '' },
    });
    const vpn = contract.vpnStatus.parse((await source.vpnStatus(patient())).value);
    expect(vpn).toMatchObject({
      mode: 'redundant',
      enabled: true,
      connected: true,
      emergency: { active: false },
    });
    for (const { publicIp } of vpn.nodes) expect(publicIp).toMatch(/^(203\.0\.113|198\.51\.100)\.\d+$/);
    const { engines } = contract.engineList.parse((await source.engineList(patient())).value);
    expect(engines).toHaveLength(8);
    expect(engines.every(({ health, cpuPercent }) => health === 'healthy' && cpuPercent !== null)).toBe(true);
    const totals = contract.engineTotals.parse((await source.engineTotals(patient())).value);
    expect(totals.containerCount).toBe(8);
    const cpu = engines.reduce((sum, engine) => sum + (engine.cpuPercent ?? 0), 0);
    expect(totals.cpuPercent).toBeCloseTo(cpu, 1);
    expect(contract.healthStatus.parse((await source.healthStatus(patient())).value).totalEngines).toBe(8);
    expect(backend.requestCount('/version')).toBe(1);
    expect(backend.requestCount('/vpn/status')).toBe(1);
    backend.resetCounts();
    expect(backend.requestCount('/vpn/status')).toBe(0);
  });

  it('answers under both base paths and counts them together', async () => {
    const { backend } = await demo();
    const plain = await ask(backend, '/engines/stats/total');
    expect(await ask(backend, '/api/v1/engines/stats/total')).toEqual(plain);
    expect(plain.type).toBe('application/json');
    expect(backend.requestCount('/engines/stats/total')).toBe(2);
  });

  it('takes 80 to 250 ms for a call', async () => {
    const { backend, clock } = await demo();
    for (let call = 0; call < 40; call += 1) await ask(backend, '/vpn/status');
    expect(clock.delays).toHaveLength(40);
    expect(Math.min(...clock.delays)).toBeGreaterThanOrEqual(80);
    expect(Math.max(...clock.delays)).toBeLessThanOrEqual(250);
    expect(Math.max(...clock.delays) - Math.min(...clock.delays)).toBeGreaterThan(100);
  });

  it('caches its VPN status 3 s and its own status 2 s, and can be told to forget', async () => {
    const { backend, clock, source } = await demo();
    const vpnAt = async () => (await source.vpnStatus(patient())).observedAt;
    const first = await vpnAt();
    clock.move(2900);
    expect(await vpnAt()).toBe(first);
    clock.move(100);
    expect(await vpnAt()).toBe(clock.wall());
    await source.orchestratorStatus(patient());
    clock.move(2500);
    expect((await source.serverCache(patient())).value).toEqual({
      size: 2,
      hits: 1,
      misses: 3,
      hitRatePercent: 25,
      entries: [
        { key: 'vpn:status', ageSeconds: 2.5, ttlRemainingSeconds: 0.5 },
        { key: 'orchestrator:status', ageSeconds: 2.5, ttlRemainingSeconds: -0.5 },
      ],
    });
    expect(await source.clearServerCache(patient())).toBe('Cache cleared successfully');
    expect((await source.serverCache(patient())).value).toMatchObject({
      size: 0,
      hits: 0,
      misses: 0,
      entries: [],
    });
    expect(backend.requestCount('/cache/clear')).toBe(1);
  });

  it.each([
    ['no header', {}, 401, 'missing bearer token'],
    ['only X-API-Key', { 'x-api-key': 'right' }, 401, 'missing bearer token'],
    ['another scheme', { authorization: 'Basic right' }, 401, 'missing bearer token'],
    ['a wrong key', { authorization: 'Bearer wrong' }, 403, 'invalid token'],
    ['the right key', { authorization: 'Bearer right' }, 200, 'Cache cleared'],
  ])('a clear with %s', async (_, headers, status, words) => {
    const { backend } = await demo();
    const own = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('right', backend.apiKey),
    ]);
    const reply = await ask(backend, '/cache/clear', { method: 'POST', headers: Object.fromEntries(own) });
    expect(reply.status).toBe(status);
    expect(reply.body).toContain(words);
  });

  it.each([
    ['/by-label?key=a&value=b', 'wrong', 403, 'invalid token'],
    ['/by-label?key=a&value=b', 'right', 200, '[]'],
    ['/by-label?key=a', 'right', 422, 'Field required'],
    ['/by-label', 'wrong', 403, 'invalid token'],
  ])('containers by label, GET %s with the %s key', async (path, key, status, words) => {
    const { backend } = await demo();
    const token = key === 'right' ? backend.apiKey : key;
    const reply = await ask(backend, path, { headers: { authorization: `Bearer ${token}` } });
    expect(reply.status).toBe(status);
    expect(reply.body).toContain(words);
    expect((await ask(backend, path)).status).toBe(401);
  });

  it.each([
    ['GET', '/health', 404, { detail: 'Not Found' }],
    ['GET', '/constructor', 404, { detail: 'Not Found' }],
    ['GET', '/engines/unknown/stats', 404, { detail: 'Container not found or stats unavailable' }],
    ['DELETE', '/engines', 405, { detail: 'Method Not Allowed' }],
    ['GET', '/cache/clear', 405, { detail: 'Method Not Allowed' }],
    ['GET', '/streams?status=bogus', 422, { detail: [{ loc: ['query', 'status'], input: 'bogus' }] }],
    ['GET', '/events?limit=5000', 422, { detail: [{ type: 'less_than_equal', loc: ['query', 'limit'] }] }],
    ['GET', '/events?limit=0', 422, { detail: [{ type: 'greater_than_equal' }] }],
    ['GET', '/events?limit=x', 422, { detail: [{ type: 'int_parsing' }] }],
  ])('%s %s is %i', async (method, path, status, body) => {
    const { backend } = await demo();
    const reply = await ask(backend, path, { method });
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.body)).toMatchObject(body);
  });

  it('lists streams, events, one engine and the exit address', async () => {
    const { backend } = await demo();
    const list = async (path: string) =>
      JSON.parse((await ask(backend, path)).body) as Record<string, unknown>[];
    expect((await list('/streams?status=started'))[0]).toMatchObject({
      status: 'started',
      key_type: 'infohash',
    });
    expect(await list('/streams?status=ended')).toEqual([]);
    const events = await list('/events?limit=2');
    expect(events).toHaveLength(2);
    expect(Number(events[0]?.['id'])).toBeGreaterThan(Number(events[1]?.['id']));
    const id = String((await list('/engines'))[0]?.['container_id']);
    expect(JSON.parse((await ask(backend, `/engines/${id}/stats`)).body)).toMatchObject({ container_id: id });
    expect(JSON.parse((await ask(backend, '/vpn/publicip')).body)).toEqual({ public_ip: '203.0.113.24' });
    await backend.setFault('vpn-down');
    expect((await ask(backend, '/vpn/publicip')).status).toBe(503);
  });
});

describe('scripted faults', () => {
  it('error-500: plain text as from the real server', async () => {
    const { backend, source } = await demo();
    await backend.setFault('error-500');
    expect(await ask(backend, '/engines')).toEqual({
      status: 500,
      type: 'text/plain; charset=utf-8',
      body: 'Internal Server Error',
    });
    expect(await failureOf(source.vpnStatus(patient()))).toMatchObject({ code: 'server-error' });
  });

  it('refused: nobody listens, then the same port again', async () => {
    const { backend, source } = await demo();
    await source.vpnStatus(patient());
    await backend.setFault('refused');
    expect((await failureOf(source.vpnStatus(patient()))).code).toBe('unreachable');
    expect((await failureOf(source.vpnStatus(patient()))).message).toContain('connection refused');
    const { url } = backend;
    await backend.setFault('none');
    expect(backend.url).toBe(url);
    expect((await source.vpnStatus(patient())).value.connected).toBe(true);
  });

  it('malformed: a web page, a wrong field, a wrong type', async () => {
    const { backend, source } = await demo();
    await backend.setFault('malformed');
    expect((await failureOf(source.vpnStatus(patient()))).message).toContain('web page');
    expect((await failureOf(source.orchestratorStatus(patient()))).message).toContain('engines');
    for (const read of ['engineTotals', 'engineList', 'healthStatus', 'serverCache'] as const) {
      expect((await failureOf(source[read](patient()))).code).toBe('bad-reply');
    }
  });

  it('vpn-down: no engine is listed while all containers run', async () => {
    const { backend, source } = await demo();
    await backend.setFault('vpn-down');
    expect((await source.engineList(patient())).value.engines).toEqual([]);
    expect((await source.engineTotals(patient())).value.containerCount).toBe(8);
    const vpn = (await source.vpnStatus(patient())).value;
    expect(vpn).toMatchObject({
      mode: 'redundant',
      enabled: true,
      connected: false,
      emergency: { active: true },
    });
    const { status, provisioning } = (await source.orchestratorStatus(patient())).value;
    expect([status, provisioning.blocked?.code]).toEqual(['degraded', 'vpn_disconnected']);
  });

  it('flapping: one VPN, lost for 30 s and back for 30 s, its engines still listed', async () => {
    const { backend, clock, source } = await demo();
    await backend.setFault('flapping');
    const seen: boolean[] = [];
    for (let at = 0; at < 120; at += 6) {
      const { value } = await source.vpnStatus(patient());
      expect([value.mode, value.nodes.length]).toEqual(['single', 1]);
      seen.push(value.connected === true);
      clock.move(6000);
    }
    expect(seen.map((one) => (one ? 'U' : '.')).join('')).toBe('.....UUUUU.....UUUUU');
    expect((await source.engineList(patient())).value.engines).toHaveLength(8);
  });

  it('one VPN of two flaps on its own: its engines are hidden, the rest stays', async () => {
    const { clock, source } = await demo();
    let emergency = null;
    for (let at = 0; at < 300 && emergency === null; at += 4) {
      clock.move(4000);
      const { value } = await source.vpnStatus(patient());
      if (value.emergency?.active) emergency = value;
    }
    expect(emergency).toMatchObject({ mode: 'redundant', connected: true });
    expect(emergency?.nodes.filter(({ connected }) => connected)).toHaveLength(1);
    expect((await source.engineList(patient())).value.engines).toHaveLength(4);
    expect((await source.orchestratorStatus(patient())).value.status).toBe('healthy');
  });

  it('slow: 3 s a call, only the version stays quick', async () => {
    const { backend, clock, source } = await demo();
    await backend.setFault('slow');
    await source.orchestratorStatus(patient());
    expect(clock.delays[0]).toBeLessThan(250);
    expect(clock.delays[1]).toBe(3000);
  });

  it('frozen: accepts and never answers; what hung is answered when it thaws', async () => {
    const { backend, source } = await demo();
    await source.vpnStatus(patient());
    await backend.setFault('frozen');
    expect(await failureOf(source.vpnStatus(AbortSignal.timeout(50)))).toMatchObject({ code: 'timeout' });
    const hanging = source.orchestratorStatus(patient());
    await expect.poll(() => backend.requestCount('/orchestrator/status')).toBe(1);
    await backend.setFault('none');
    expect((await hanging).value.status).toBe('healthy');
  });

  it('can be switched in any order and quickly; the last one counts', async () => {
    const { backend, source } = await demo();
    const random = seededRandom(5);
    for (let round = 0; round < 15; round += 1) {
      const picks = Array.from(
        { length: 6 },
        () => demoFaults[Math.floor(random() * demoFaults.length)] ?? 'none',
      );
      const reads = Promise.allSettled(
        picks.map((pick) => {
          void backend.setFault(pick);
          return source.vpnStatus(AbortSignal.timeout(500));
        }),
      );
      const last: DemoFault = round % 2 === 0 ? 'none' : 'refused';
      await backend.setFault(last);
      expect(backend.fault).toBe(last);
      for (const outcome of await reads) {
        expect(outcome.status === 'fulfilled' || outcome.reason instanceof SourceError).toBe(true);
      }
      const now = await source.vpnStatus(patient()).then(
        () => 'none',
        () => 'refused',
      );
      expect(now).toBe(last);
    }
  });

  it('closes at once with requests hanging, and stays closed', async () => {
    const { backend, source } = await demo();
    await source.vpnStatus(patient());
    await backend.setFault('frozen');
    const hanging = failureOf(source.engineTotals(patient()));
    await expect.poll(() => backend.requestCount('/engines/stats/total')).toBe(1);
    const before = performance.now();
    await backend.close();
    expect(performance.now() - before).toBeLessThan(200);
    expect((await hanging).code).toBe('unreachable');
    await backend.setFault('none');
    expect((await failureOf(source.vpnStatus(patient()))).code).toBe('unreachable');
  });

  it.each(['none', 'refused'] as const)('closes twice while %s', async (fault) => {
    const { backend, source } = await demo();
    await backend.setFault(fault);
    await Promise.all([backend.close(), backend.close()]);
    expect((await failureOf(source.vpnStatus(patient()))).code).toBe('unreachable');
  });
});
