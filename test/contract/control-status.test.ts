import { expect, onTestFinished, test } from 'vitest';
import { SourceError } from '../../electron/core/sources/source-error.ts';
import { controlBed, controlKeys } from '../support/control-bed.ts';
import type { ControlBed } from '../support/control-bed.ts';
import { OpenApiCheck } from '../support/openapi-check.ts';

const key = controlKeys.viewer;
const paths = ['/engines/stats/total', '/orchestrator/status', '/vpn/status'] as const;

/** Loads take 100 ms; the watched resources were loaded once at the start, at 0 s. */
async function statusBed(): Promise<ControlBed> {
  const bed = await controlBed();
  onTestFinished(() => bed.close());
  return bed;
}

async function headersOf(bed: ControlBed, path: string): Promise<(string | number | undefined)[]> {
  const { status: code, headers } = await bed.ask(`GET ${path}`, { key });
  return [code, headers['age'], String(headers['cache-status']), headers['cache-control']];
}

/** Asks, lets the load take its time, and tells the reply. */
async function afterLoad(bed: ControlBed, path: string): Promise<(string | number | undefined)[]> {
  const { script, clock } = bed.app;
  const before = script.asked.length;
  const reply = headersOf(bed, path);
  while (script.asked.length === before) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(100);
  return reply;
}

test('a fresh value is a hit with its age and what is left of its ttl', async () => {
  const bed = await statusBed();
  await bed.app.clock.advance(100);
  expect(await headersOf(bed, paths[0])).toEqual([200, '0', 'Cachedeck; hit; ttl=3', 'private, max-age=3']);
  await bed.app.clock.advance(1950); // 2.05 s since the load began, 1.95 s since it was stored
  expect(await headersOf(bed, paths[0])).toEqual([200, '2', 'Cachedeck; hit; ttl=1', 'private, max-age=3']);
  expect(await headersOf(bed, paths[1])).toEqual([200, '2', 'Cachedeck; hit; ttl=0', 'private, max-age=0']);
});

test('a first lookup is forwarded and stored, one beside it collapses, an expired one says so', async () => {
  const bed = await statusBed();
  await bed.app.clock.advance(100);
  await bed.ask('POST /cache/clear');
  await bed.app.clock.advance(3200);
  const load = await afterLoad(bed, paths[0]);
  expect(load).toEqual([200, '0', 'Cachedeck; fwd=stale; stored', 'private, max-age=3']);

  const { client, clock, script } = bed.app;
  await client.call('polling.pause', { minutes: null });
  await client.call('cache.clear', {});
  await client.call('polling.resume', {}); // which loads what is watched
  const asked = script.asked.length;
  const joined = headersOf(bed, paths[2]);
  const counted = async (): Promise<number> =>
    (await client.call('cache.statistics', {})).keys.find((one) => one.key === 'vpn:status')?.counters
      .coalesced ?? 0;
  const deadline = performance.now() + 5000;
  while (script.inFlight > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    await clock.advance(100);
  }
  expect(await joined).toEqual([200, '0', 'Cachedeck; fwd=miss; stored; collapsed', 'private, max-age=3']);
  expect([script.asked.length, await counted()]).toEqual([asked, 1]);
});

test('the lookups of scripts count, and those of the status pages beside them', async () => {
  const bed = await statusBed();
  await bed.app.clock.advance(100);
  for (const path of paths) await bed.ask(`GET ${path}`, { key });
  await bed.ask(`HEAD ${paths[0]}`, { key });
  expect((await bed.ask('GET /cache/stats', { key })).json).toMatchObject({ hits: 4, misses: 0 });
});

test('while the backend fails the last good body is answered with its age and why', async () => {
  const bed = await statusBed();
  const { clock, script } = bed.app;
  await clock.advance(100);
  script.failure = new SourceError('unreachable', 'The orchestrator cannot be reached.');
  await clock.advance(20_000);
  expect(await headersOf(bed, paths[0])).toEqual([
    200,
    '20',
    'Cachedeck; hit; ttl=-17; detail=unreachable',
    'private, max-age=0',
  ]);
  const hit = (await bed.ask('GET /cache/stats', { key })).json;
  expect(hit).toMatchObject({ hits: 0, misses: 1 });
});

test('what was never read fails with the reason, and with when to try again', async () => {
  const bed = await statusBed();
  const { clock, script } = bed.app;
  script.failures = {
    engineTotals: new SourceError('unreachable', 'The orchestrator cannot be reached.'),
    orchestratorStatus: new SourceError('timeout', 'No answer in time.'),
    vpnStatus: new SourceError('not-found', 'There is none.', { supported: false }),
  };
  await clock.advance(100);
  const replies = await Promise.all(paths.map((path) => bed.ask(`GET ${path}`, { key })));
  expect(replies.map((one) => [one.status, one.json, Number(one.headers['retry-after']) > 0])).toEqual([
    [502, { detail: 'The orchestrator cannot be reached.', code: 'unreachable' }, true],
    [504, { detail: 'No answer in time.', code: 'timeout' }, true],
    [404, { detail: expect.any(String), code: 'not-reported' }, false],
  ]);
});

test('paused, nothing is loaded: what is held is answered with its age, what is not is 503', async () => {
  const bed = await statusBed();
  const { clock, client, script } = bed.app;
  await clock.advance(100);
  await client.call('polling.pause', { minutes: null });
  const asked = script.asked.length;
  await clock.advance(60_000);
  expect(await headersOf(bed, paths[0])).toEqual([
    200,
    '60',
    'Cachedeck; hit; ttl=-57; detail=paused',
    'private, max-age=0',
  ]);
  expect(script.asked.length).toBe(asked);
});

test('a switch of profiles is 503 for reads, with an invitation to try again', async () => {
  const second = { begun: Promise.withResolvers<null>(), release: Promise.withResolvers<null>() };
  let connections = 0;
  const bed = await controlBed({
    connect: async (_, scripted) => {
      connections += 1;
      if (connections === 2) {
        second.begun.resolve(null);
        await second.release.promise;
      }
      return scripted;
    },
  });
  onTestFinished(() => bed.close());
  const draft = {
    name: 'Lab',
    production: false,
    orchestrator: { url: 'http://127.0.0.1:1/', allowHttp: false },
    portal: null,
    workstations: null,
    pollSeconds: null,
    ttlSeconds: {},
  };
  const { client } = bed.app;
  const { id } = await client.call('profiles.save', { id: null, draft, secrets: {}, acceptWeak: true });
  const activated = client.call('profiles.activate', { id });
  await second.begun.promise;
  const read = await bed.ask('GET /cache/stats');
  expect([read.status, read.headers['retry-after'], read.json]).toEqual([
    503,
    '1',
    { detail: 'Another profile is being connected.', code: 'unavailable' },
  ]);
  const change = await bed.ask('POST /cache/clear');
  expect([change.status, change.headers['retry-after']]).toEqual([503, undefined]);
  // The document says of every route whether it may be answered so.
  const check = new OpenApiCheck((await bed.ask('GET /openapi.json')).json);
  const body = { name: 'Bench', ip_address: '192.0.2.9', username: 'x', password: 'y' };
  for (const { method, path, responses } of check.operations) {
    const target = `${method} ${path.replace('{id}', 'someone')}?pattern=stats:*`;
    const { status, json } = await bed.ask(target, method === 'GET' ? {} : { body });
    const fault = status === 503 ? check.fault(`${method} ${path}`, 503, json) : null;
    expect([target, status, fault]).toEqual([target, '503' in responses ? 503 : 200, null]);
  }
  second.release.resolve(null);
  await activated;
  expect((await bed.ask('GET /cache/stats')).status).toBe(200);
});
