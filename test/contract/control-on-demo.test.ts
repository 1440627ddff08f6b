import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { OpenedControl } from '../../electron/core/control/control-service.ts';
import { startControlHost } from '../../electron/hosts/control-host.ts';
import { silentLog } from '../../electron/core/log.ts';
import { askControl, controlEnvironment, controlKeys } from '../support/control-bed.ts';
import type { ControlReply, Sent } from '../support/control-bed.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';
import type { CoreOnDemo } from '../support/core-on-demo.ts';
import { OpenApiCheck } from '../support/openapi-check.ts';

// Every route as it really answers: the demo's three backends over HTTP, the machine's clock.

let app: CoreOnDemo;
let host: OpenedControl;
let check: OpenApiCheck;

const ask = (what: string, sent?: Sent): Promise<ControlReply> =>
  askControl(Number(new URL(host.url).port), what, sent);

/** A good reply that fits the document. */
async function good(what: string, sent?: Sent, documented = what): Promise<ControlReply> {
  const reply = await ask(what, sent);
  if (reply.status >= 300) throw new Error(`${what} was answered ${reply.status}: ${reply.body}`);
  expect([what, check.fault(documented, reply.status, reply.json)]).toEqual([what, null]);
  return reply;
}

beforeAll(async () => {
  app = await startCoreOnDemo({ environment: controlEnvironment });
  host = await startControlHost(0, app.core.controlApi, silentLog);
  check = new OpenApiCheck((await ask('GET /openapi.json', { key: null })).json);
});

afterAll(async () => {
  await host.close();
  await app.core.stop();
});

test('the service routes need no key, but for the metrics', async () => {
  expect((await good('GET /healthz', { key: null })).json).toEqual({ status: 'ok' });
  expect((await ask('GET /metrics', { key: null })).status).toBe(401);
  const metrics = await ask('GET /metrics', { key: controlKeys.viewer });
  expect([metrics.status, metrics.headers['content-type']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  expect(metrics.body).toMatch(/^# HELP cachedeck_/m);
});

test('the orchestrator’s three readings are its own bodies', async () => {
  const viewer = { key: controlKeys.viewer };
  const totals = await good('GET /engines/stats/total', viewer);
  expect(totals.json).toMatchObject({ container_count: 8, total_memory_usage: expect.any(Number) });
  const status = await good('GET /orchestrator/status', viewer);
  // Not of our model: what the backend said passes as it is.
  expect(status.json).toMatchObject({ config: expect.any(Object), timestamp: expect.any(String) });
  const vpn = await good('GET /vpn/status', viewer);
  expect(vpn.json).toMatchObject({ mode: 'redundant', vpn1: { region: expect.anything() } });
  expect(vpn.headers['cache-status']).toMatch(/^Cachedeck; (hit; ttl=\d|fwd=(miss|stale); stored)/);
});

test('the workstations come from the cache until one is added', async () => {
  const viewer = { key: controlKeys.viewer };
  const first = await good('GET /api/workstations', viewer);
  expect(first.headers['cache-status']).toBe('Cachedeck; fwd=miss; stored');
  expect((await good('GET /api/workstations', viewer)).headers['cache-status']).toMatch(/hit; ttl=29\d/);
  const before = first.json as { id: string; name: string }[];
  const body = { name: 'Bench 9', ip_address: '192.0.2.99', username: 'operator', password: 'pass-s3cr3t' };
  const made = await good('POST /api/workstations', { body });
  expect([made.status, made.json]).toMatchObject([201, { success: true, error: null }]);
  expect(made.body).not.toContain('s3cr3t');
  const after = (await good('GET /api/workstations', viewer)).json as typeof before;
  expect(after.map(({ name }) => name)).toEqual([...before.map(({ name }) => name), 'Bench 9']);
  expect(app.lines.join('\n')).not.toContain('s3cr3t');
});

test('the seeds’ endpoints clear, invalidate and count', async () => {
  const stats = await good('GET /cache/stats');
  expect(stats.json).toMatchObject({ entries: expect.arrayContaining([expect.anything()]) as unknown });
  await good('GET /api/performance/cache-stats');
  expect((await good('GET /api/performance/metrics')).json).toMatchObject({
    metrics: { managers: { count: 3 }, websockets: { active_connections: 0 } },
  });
  const invalidate = 'POST /api/performance/cache-invalidate';
  const dropped = await good(`${invalidate}?pattern=workstations_*`, {}, invalidate);
  expect(dropped.json).toEqual({
    status: 'success',
    message: '1 cache entry invalidated',
    pattern: 'workstations_*',
    entries_removed: 1,
  });
  const none = await good(`${invalidate}?pattern=nothing:*`, {}, invalidate);
  expect(none.json).toMatchObject({ message: '0 cache entries invalidated', entries_removed: 0 });
  const refusals = await Promise.all(
    ['?pattern=', '?pattern=%20', '', '?pattern=*'].map((query) => ask(invalidate + query)),
  );
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 422, 409]);
  for (const { status, json } of refusals) expect(check.fault(invalidate, status, json)).toBeNull();
  expect(refusals[0]?.json).toEqual({ detail: 'Pattern cannot be empty', code: 'bad-request' });
  const { entries_removed } = (await good('POST /api/performance/cache-clear')).json as {
    entries_removed: number;
  };
  expect(entries_removed).toBeGreaterThanOrEqual(3);
  expect((await good('POST /cache/clear')).json).toEqual({ message: 'Cache cleared successfully' });
});

test('sessions are listed without addresses and forgotten by their ids', async () => {
  const { users } = await app.client.call('sessions.list', {});
  const portal: { users: { user: string }[] } = await new Promise((resolve) => {
    const stop = app.client.subscribe('portal.state', (state) => {
      queueMicrotask(() => stop());
      resolve({ users: state.users.map(({ user }) => ({ user })) });
    });
  });
  expect(users).toEqual([]);
  const [first] = portal.users;
  if (!first) throw new Error('nobody is signed in to the demo portal');
  await app.client.call('portal.context', { user: first.user });
  const { json, body } = await good('GET /sessions', { key: controlKeys.viewer });
  const { sessions } = json as { sessions: { id: string; user: string; fields: number }[] };
  expect(sessions).toMatchObject([{ id: first.user, fields: 7 }]);
  expect(sessions[0]?.user).toContain('•');
  const { email } = await app.client.call('sessions.inspect', { user: first.user });
  expect(body).not.toContain(email);
  const gone = await good(`DELETE /sessions/${first.user}`, {}, 'DELETE /sessions/{id}');
  expect(gone.json).toEqual({ status: 'success', message: 'Session cleared', entries_removed: 7 });
  expect((await good('GET /sessions')).json).toEqual({ sessions: [], size: 0 });
  const unknown = await ask('DELETE /sessions/nobody');
  expect([unknown.status, check.fault('DELETE /sessions/{id}', 404, unknown.json)]).toEqual([404, null]);
});

test.each(['viewer', 'operator'] as const)('a key of a %s changes nothing by any route', async (role) => {
  const fresh = await startCoreOnDemo({ environment: controlEnvironment });
  const served = await startControlHost(0, fresh.core.controlApi, silentLog);
  onTestFinished(async () => {
    await served.close();
    await fresh.core.stop();
  });
  const port = Number(new URL(served.url).port);
  const send = (what: string, sent?: Sent): Promise<ControlReply> => askControl(port, what, sent);
  const state = async (): Promise<unknown> => {
    const { entries } = (await send('GET /cache/stats')).json as { entries: { key: string }[] };
    const stations = (await send('GET /api/workstations')).json;
    return { keys: entries.map(({ key }) => key).toSorted(), stations };
  };

  for (const path of ['/engines/stats/total', '/orchestrator/status', '/vpn/status', '/api/workstations']) {
    await send(`GET ${path}`);
  }
  const before = await state();
  const key = controlKeys[role];
  const body = { name: 'Intruder', ip_address: '192.0.2.66', username: 'x', password: 'y' };
  for (const one of check.operations) {
    const changes = one.method !== 'GET';
    const query = one.path.endsWith('cache-invalidate') ? '?pattern=stats:*' : '';
    const target = `${one.method} ${one.path.replace('{id}', 'someone')}${query}`;
    const reply = await send(target, { key, ...(changes ? { body } : {}) });
    expect([target, reply.status]).toEqual([target, changes || one.role === 'admin' ? 403 : 200]);
  }
  for (const path of new Set(check.operations.map((one) => one.path))) {
    const known = check.operations.filter((one) => one.path === path).map(({ method }) => method);
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST'].filter((one) => !known.includes(one))) {
      const target = `${method} ${path.replace('{id}', 'someone')}`;
      expect([target, (await send(target, { key, body })).status]).toEqual([target, 405]);
    }
  }
  expect(await state()).toEqual(before);
});

test('while nobody is signed in to the manager nothing is sent to it: 502 for a read and for a change', async () => {
  await app.client.call('workstations.signOut', {});
  const read = await ask('GET /api/workstations');
  expect([read.status, read.json]).toMatchObject([502, { code: 'unauthorized' }]);
  const body = { name: 'Nobody', ip_address: '192.0.2.98', username: 'x', password: 'y' };
  const change = await ask('POST /api/workstations', { body });
  expect([change.status, change.json]).toMatchObject([502, { code: 'refused-by-backend' }]);
  for (const [what, { status, json }] of [['GET', read] as const, ['POST', change] as const]) {
    expect(check.fault(`${what} /api/workstations`, status, json)).toBeNull();
  }
});
