import { describe, expect, it, onTestFinished } from 'vitest';
import { createWorld } from '../../../electron/core/demo/orchestrator/world.ts';
import { demoSize } from '../../../electron/core/demo/demo-size.ts';
import { startDemo } from '../../../electron/core/demo/demo-server.ts';
import type { WorldSize } from '../../../electron/core/demo/orchestrator/world-state.ts';
import { createOrchestratorSource } from '../../../electron/core/sources/orchestrator/create-orchestrator-source.ts';
import * as fleet from '../../../shared/contract/fleet.ts';
import * as contract from '../../../shared/contract/orchestrator.ts';
import { EagerClock, seededRandom } from '../../support/eager-clock.ts';
import { memoryLog } from '../../support/bridge-fixture.ts';
import { failureOf, patient } from '../sources/source-testing.ts';

const second = 1000;
const crash = { outcome: 'unknown', retryInSeconds: null };

async function demo(size?: WorldSize) {
  const clock = new EagerClock();
  const backend = await startDemo({ clock, random: seededRandom(), ...(size ? { size } : {}) });
  onTestFinished(() => backend.close());
  const source = createOrchestratorSource({ url: backend.url, apiKey: backend.apiKey });
  const engines = async () => (await source.engineList(patient())).value.engines;
  const status = async () => {
    clock.move(2 * second); // past the server's own cache
    return (await source.orchestratorStatus(patient())).value;
  };
  const streams = async () => fleet.streamList.parse((await source.streamList(patient())).value).streams;
  return { backend, clock, source, engines, status, streams };
}

describe('engines of the demo', () => {
  it('are provisioned with a 500 and listed 1 to 3 s later, unknown until they are checked', async () => {
    const { clock, source, engines, status } = await demo();
    expect(await source.changes.provision(null, patient())).toMatchObject(crash);
    clock.move(900);
    expect(await engines()).toHaveLength(8);
    clock.move(2200);
    const list = await engines();
    expect(list).toHaveLength(9);
    expect(list.at(-1)).toMatchObject({ name: 'acestream-9', health: 'unknown', lastHealthCheck: null });
    expect(new Set(list.map(({ port }) => port)).size).toBe(9);
    clock.move(20 * second);
    expect((await engines()).at(-1)?.health).toBe('healthy');
    expect((await status()).engines).toEqual({ total: 9, running: 9, healthy: 9, unhealthy: 0 });
  });

  it('take the port they are told', async () => {
    const { clock, source, engines } = await demo();
    await source.changes.provision(19_777, patient());
    clock.move(3 * second);
    expect((await engines()).at(-1)?.port).toBe(19_777);
  });

  it('are deleted at once but listed until the monitor’s next turn', async () => {
    const { clock, source, engines, status, streams } = await demo();
    clock.move(second);
    const [stream] = await streams();
    const id = stream?.engineId ?? '';
    expect(await source.changes.removeEngine(id, patient())).toMatchObject({ outcome: 'done' });
    expect((await engines()).map((one) => one.id)).toContain(id);
    expect((await status()).engines).toEqual({ total: 8, running: 7, healthy: 7, unhealthy: 0 });
    expect((await source.engineTotals(patient())).value.containerCount).toBe(7);
    expect((await streams()).find((one) => one.id === stream?.id)?.endedAt).not.toBeNull();
    expect(await source.changes.removeEngine(id, patient())).toMatchObject(crash);
    clock.move(10 * second);
    expect((await engines()).map((one) => one.id)).not.toContain(id);
    expect((await status()).engines.total).toBe(7);
    const { events } = (await source.serverEvents(patient())).value;
    expect(events.filter(({ category }) => category === 'deleted')).toHaveLength(2);
  });

  it('that are not there fail with a 500 and an event all the same', async () => {
    const { source } = await demo();
    expect(await source.changes.removeEngine('doesnotexist', patient())).toMatchObject(crash);
    const [event] = (await source.serverEvents(patient())).value.events;
    expect(event).toMatchObject({ type: 'engine', message: 'Engine deleted: doesnotexist' });
  });

  it('are not provisioned while no VPN works, and the status says why', async () => {
    const { backend, source, status } = await demo();
    await backend.setFault('vpn-down');
    expect(await source.changes.provision(null, patient())).toEqual({
      outcome: 'refused',
      said: 'VPN connection is required but currently disconnected (vpn_disconnected).',
      retryInSeconds: 60,
    });
    expect((await status()).provisioning.blocked).toMatchObject({ code: 'vpn_disconnected', canRetry: true });
    await backend.setFault('none');
    expect((await status()).provisioning.blocked).toBeNull();
  });

  it('are provisioned past the capacity that the status reports', async () => {
    const { clock, source, status, engines } = await demo();
    for (let count = 0; count < 12; count += 1) await source.changes.provision(null, patient());
    clock.move(3 * second);
    expect((await status()).provisioning).toMatchObject({
      canProvision: false,
      blocked: { code: 'max_capacity', recoveryEtaSeconds: null, canRetry: false },
    });
    expect(await source.changes.provision(null, patient())).toMatchObject(crash);
    clock.move(3 * second);
    expect(await engines()).toHaveLength(21);
  });

  it('have logs for whoever has the key', async () => {
    const { backend, source, engines } = await demo();
    const [engine] = await engines();
    const log = await source.engineLog(engine?.id ?? '', 10, patient());
    expect(log.trimEnd().split('\n')).toHaveLength(10);
    const long = (await source.engineLog(engine?.id ?? '', 1000, patient())).trimEnd().split('\n');
    expect(long).toHaveLength(1000);
    expect(long.slice(-10)).toEqual(log.trimEnd().split('\n'));
    expect(await failureOf(source.engineLog('doesnotexist', 10, patient()))).toMatchObject({
      code: 'not-found',
      message: 'The orchestrator says: container not found (GET /containers/doesnotexist/logs, 404).',
    });
    const stranger = createOrchestratorSource({ url: backend.url, apiKey: 'wrong' });
    expect((await failureOf(stranger.engineLog(engine?.id ?? '', 10, patient()))).code).toBe('forbidden');
    expect(await stranger.changes.provision(null, patient())).toMatchObject({ outcome: 'refused' });
    expect(await stranger.changes.removeEngine(engine?.id ?? '', patient())).toMatchObject({
      outcome: 'refused',
    });
    expect(await engines()).toHaveLength(8);
  });

  it('lose the replacement’s breaker with both VPNs, until it is reset', async () => {
    const { backend, source } = await demo();
    const breaker = async () =>
      contract.healthStatus.parse((await source.healthStatus(patient())).value).breakers.replacement;
    expect((await breaker())?.state).toBe('closed');
    await backend.setFault('vpn-down');
    expect(await breaker()).toMatchObject({ state: 'open', failureCount: 3 });
    expect(await source.changes.resetBreaker('general', patient())).toMatchObject({ outcome: 'done' });
    expect((await breaker())?.state).toBe('open');
    await source.changes.resetBreaker('replacement', patient());
    expect((await breaker())?.state).toBe('closed');
  });
});

describe('streams of the demo', () => {
  it('have a buffer, and samples a second apart that end where the list stands', async () => {
    const { clock, source, streams } = await demo();
    clock.move(30 * second);
    const stream = (await streams()).find(({ endedAt }) => endedAt === null);
    expect(stream?.buffer?.last).toBe(Math.floor(clock.wall() / 1000));
    expect(stream?.buffer?.position).toBeLessThan(stream?.buffer?.last ?? 0);
    const samples = await source.streamSamples(stream?.id ?? '', patient());
    expect(samples.at.length).toBeGreaterThan(50);
    expect(samples.at.length).toBeLessThanOrEqual(720);
    const steps = samples.at.slice(1).map((at, index) => at - (samples.at[index] ?? 0));
    expect(new Set(steps)).toEqual(new Set([second]));
    expect(samples.at.at(-1)).toBe(clock.wall());
    expect([samples.peers.at(-1), samples.speedDown.at(-1), samples.downloaded.at(-1)]).toEqual([
      stream?.peers,
      stream?.speedDown,
      stream?.downloaded,
    ]);
    const down = samples.downloaded;
    expect(down.every((bytes, index) => index === 0 || (bytes ?? 0) > (down[index - 1] ?? 0))).toBe(true);
    expect((await source.streamSamples('nobody', patient())).at).toEqual([]);
  });

  it('are stopped alone, once', async () => {
    const { source, streams } = await demo();
    const id = (await streams())[0]?.id ?? '';
    expect(await source.changes.stopStreams([id], patient())).toEqual([
      { id, outcome: 'done', said: 'The orchestrator says: Stream stopped successfully.' },
    ]);
    expect((await streams()).find((one) => one.id === id)?.endedAt).not.toBeNull();
    const [again] = await source.changes.stopStreams([id], patient());
    expect(again?.said).toContain('Stream is not active (status: ended)');
    const [nobody] = await source.changes.stopStreams(['nobody'], patient());
    expect(nobody?.said).toContain('Stream not found');
  });

  it('are stopped together with an answer for each', async () => {
    const { backend, source, streams } = await demo();
    const ids = (await streams()).map(({ id }) => id);
    await source.changes.stopStreams([ids[0] ?? ''], patient());
    const answers = await source.changes.stopStreams([...ids, 'nobody'], patient());
    expect(answers.map(({ outcome }) => outcome)).toEqual([
      'refused',
      ...ids.slice(1).map(() => 'done'),
      'refused',
    ]);
    expect(backend.requestCount('/streams/batch-stop')).toBe(1);
    expect((await streams()).every(({ endedAt }) => endedAt !== null)).toBe(true);
  });
});

describe('events of the demo', () => {
  it('are paged, filtered and refused as the server does', async () => {
    const { backend } = await demo();
    const get = async (query: string) => {
      const reply = await fetch(`${backend.url}/events${query}`);
      return { status: reply.status, body: (await reply.json()) as { id: number }[] };
    };
    const all = (await get('?limit=1000')).body.map(({ id }) => id);
    expect((await get('?limit=2&offset=1')).body.map(({ id }) => id)).toEqual(all.slice(1, 3));
    expect((await get('?event_type=system')).body).toHaveLength(1);
    expect((await get('?category=started')).body.length).toBeGreaterThan(0);
    expect((await get('?container_id=nobody')).body).toEqual([]);
    expect((await get('?since=2100-01-01T00:00:00Z')).body).toEqual([]);
    expect((await get('?since=soon')).status).toBe(422);
    expect((await get('?offset=-1')).status).toBe(422);
  });
});

describe('a large demo', () => {
  const size = { engines: 1000, streams: 5000 };

  it('keeps its size, and every value fits the contract', async () => {
    const { clock, source, streams } = await demo(size);
    clock.move(30 * second);
    const { engines } = contract.engineList.parse((await source.engineList(patient())).value);
    expect(engines).toHaveLength(1000);
    expect(new Set(engines.map(({ port }) => port)).size).toBe(1000);
    expect(engines.reduce((sum, { streams: count }) => sum + (count ?? 0), 0)).toBe(5000);
    const running = (await streams()).filter(({ endedAt }) => endedAt === null);
    expect(running).toHaveLength(5000);
    expect(new Set(running.map(({ id }) => id)).size).toBe(5000);
  });

  it('steps in at most 5 ms', () => {
    const world = createWorld({ now: 0, random: seededRandom(), size });
    const times = Array.from({ length: 120 }, () => {
      const from = performance.now();
      world.advance(world.now() + second);
      return performance.now() - from;
    }).toSorted((a, b) => a - b);
    expect(times[60]).toBeLessThan(5);
    expect(world.streams.filter(({ endedAt }) => endedAt === null)).toHaveLength(5000);
    expect(world.streams.length).toBeLessThanOrEqual(5200);
  });

  it.each([
    [{}, { engines: null, streams: null }, 0],
    [{ CACHEDECK_DEMO_ENGINES: ' 1000 ', CACHEDECK_DEMO_STREAMS: '5000' }, size, 0],
    [{ CACHEDECK_DEMO_ENGINES: '1', CACHEDECK_DEMO_STREAMS: '0' }, { engines: 1, streams: 0 }, 0],
    [{ CACHEDECK_DEMO_ENGINES: '0', CACHEDECK_DEMO_STREAMS: '6001' }, { engines: null, streams: null }, 2],
    [{ CACHEDECK_DEMO_ENGINES: 'many', CACHEDECK_DEMO_STREAMS: '1.5' }, { engines: null, streams: null }, 2],
  ])('is asked for by the environment: %j', (environment, wanted, warnings) => {
    const log = memoryLog();
    expect(demoSize(environment, log)).toEqual(wanted);
    expect(log.lines).toHaveLength(warnings);
  });
});
