import { expect, onTestFinished, test } from 'vitest';
import {
  createManagerClient,
  ManagerRefusal,
} from '../../../../electron/core/sources/workstations/manager-client.ts';
import { roleInToken } from '../../../../electron/core/sources/workstations/sign-in.ts';
import { createWorkstationsSource } from '../../../../electron/core/sources/workstations/workstations-source.ts';
import type { WorkstationsSource } from '../../../../electron/core/sources/workstations/workstations-source.ts';
import { sendJson, startLoopback } from '../../../support/loopback.ts';
import type { Loopback } from '../../../support/loopback.ts';
import { failureOf, json, patient, raw } from '../source-testing.ts';
import type { Answer } from '../source-testing.ts';

const accessToken = 'token-of-this-test';

/** A source that reads what the table says, by "GET /path?query". */
async function answering(
  routes: Readonly<Record<string, Answer>>,
): Promise<{ source: WorkstationsSource; server: Loopback }> {
  const server = await startLoopback((request, response) => {
    const answer = routes[`${request.method} ${request.url}`];
    request.resume();
    if (answer) answer(response);
    else sendJson(response, 404, { detail: 'Not Found' });
  });
  onTestFinished(() => server.close());
  const url = new URL(server.url);
  const source = createWorkstationsSource((_signal, send, secrets = []) =>
    send(createManagerClient({ url, accessToken, secrets })),
  );
  return { source, server };
}

const stats = { hits: 1250, misses: 340, size: 42, evictions: 12, hit_rate_percent: 78.6 };
const told = { hits: 1250, misses: 340, size: 42, evictions: 12, requests: null, hitRatePercent: 78.6 };
const naive = '2025-10-17T23:45:30.123456';

test('the statistics as their document has them; what it leaves out is not reported', async () => {
  const { source } = await answering({
    'GET /api/performance/cache-stats': json({ status: 'success', cache_stats: stats, timestamp: naive }),
  });
  expect(await source.cacheStats(patient())).toEqual({ value: told, observedAt: null });
});

test('a time counts as the server’s moment only with its zone', async () => {
  const { source } = await answering({
    'GET /api/performance/cache-stats': json({
      status: 'success',
      cache_stats: stats,
      timestamp: '2025-10-17T23:45:30+03:00',
    }),
  });
  expect((await source.cacheStats(patient())).observedAt).toBe(Date.parse('2025-10-17T20:45:30Z'));
});

test('the metrics as their document has them', async () => {
  const metrics = { cache: stats, managers: { count: 8 }, websockets: { active_connections: 3 } };
  const { source } = await answering({
    'GET /api/performance/metrics': json({ status: 'success', metrics, timestamp: naive }),
  });
  expect((await source.metrics(patient())).value).toEqual({
    cache: told,
    workstations: 8,
    emulators: null,
    websockets: 3,
  });
});

test('metrics of which nothing is there are not reported, not 0', async () => {
  const { source } = await answering({ 'GET /api/performance/metrics': json({ metrics: {} }) });
  expect((await source.metrics(patient())).value).toEqual({
    cache: { hits: null, misses: null, size: null, evictions: null, requests: null, hitRatePercent: null },
    workstations: null,
    emulators: null,
    websockets: null,
  });
});

test('the documented count of a clear, and of an invalidation in its words', async () => {
  const { source } = await answering({
    'POST /api/performance/cache-clear': json({
      status: 'success',
      message: 'Cache cleared',
      entries_removed: 42,
    }),
    'POST /api/performance/cache-invalidate?pattern=workstations_*': json({
      status: 'success',
      message: '2 cache entries invalidated',
      pattern: 'workstations_*',
    }),
    'POST /api/performance/cache-invalidate?pattern=one': json({
      status: 'success',
      message: '1 cache entry invalidated',
    }),
  });
  expect(await source.clearCache(patient())).toEqual({ message: 'Cache cleared', removed: 42 });
  expect(await source.invalidate('workstations_*', patient())).toEqual({
    message: '2 cache entries invalidated',
    removed: 2,
  });
  expect((await source.invalidate('one', patient())).removed).toBe(1);
});

test('a pattern travels as it was typed', async () => {
  const { source, server } = await answering({});
  await failureOf(source.invalidate('a&b=c d%?*', patient()));
  expect(server.requests).toEqual(['POST /api/performance/cache-invalidate?pattern=a%26b%3Dc%20d%25%3F*']);
});

test('rows with fields left out, other ids and other words', async () => {
  const rows = [
    { id: 7 },
    { id: 'b', name: '', status: 'ONLINE', cpu_usage: 12.5, last_seen: '2025-10-17T23:00:00' },
    { id: 'c', status: 'rebooting', last_seen: 'yesterday', some_new_field: [1] },
  ];
  const { source } = await answering({ 'GET /api/workstations': json(rows) });
  const { workstations } = (await source.list(patient())).value;
  const nothing = {
    name: null,
    address: null,
    status: 'unknown',
    emulators: null,
    activeEmulators: null,
    cpuPercent: null,
    memoryPercent: null,
    diskPercent: null,
    lastSeen: null,
  };
  expect(workstations).toEqual([
    { ...nothing, id: '7' },
    { ...nothing, id: 'b', status: 'online', cpuPercent: 12.5, lastSeen: Date.parse('2025-10-17T23:00:00Z') },
    { ...nothing, id: 'c' },
  ]);
});

test('an empty list is a list', async () => {
  const { source } = await answering({ 'GET /api/workstations': json([]) });
  expect((await source.list(patient())).value).toEqual({ workstations: [] });
});

test.for<[name: string, path: string, body: unknown, words: string]>([
  ['no list', 'GET /api/workstations', { rows: [] }, 'is not what a workstation manager sends'],
  ['a row without an id', 'GET /api/workstations', [{ name: 'x' }], 'unexpected value in the field 0.id'],
  ['a text for a number', 'GET /api/workstations', [{ id: 'x', cpu_usage: '5' }], 'the field 0.cpu_usage'],
])('%s is not taken for data', async ([, line, body, words]) => {
  const { source } = await answering({ [line]: json(body) });
  const error = await failureOf(source.list(patient()));
  expect(error.code).toBe('bad-reply');
  expect(error.message).toContain(words);
});

test.for<[name: string, body: unknown]>([
  ['no statistics', { status: 'success' }],
  ['statistics of something else', { cache_stats: { apples: 1 } }],
])('%s are not taken for zeroes', async ([, body]) => {
  const { source } = await answering({ 'GET /api/performance/cache-stats': json(body) });
  expect(await failureOf(source.cacheStats(patient()))).toMatchObject({ code: 'bad-reply', supported: true });
});

test('an older server without these paths does not report, which is no failure', async () => {
  const { source } = await answering({});
  expect(await failureOf(source.metrics(patient()))).toMatchObject({ code: 'not-found', supported: false });
});

test('a connection that works, one that does not, in either form', async () => {
  const { source, server } = await answering({
    'POST /api/workstations/ws_1/test-connection': json({ success: true, message: 'Подключение успешно' }),
    'POST /api/workstations/ws_2/test-connection': json({ detail: 'WinRM недоступен' }, 400),
    'POST /api/workstations/ws_3/test-connection': json({
      success: false,
      message: 'Connection test completed: offline',
      data: { connected: false },
    }),
    'POST /api/workstations/a%2Fb/test-connection': json({ success: true }),
  });
  expect(await source.testConnection('ws_1', patient())).toEqual({
    ok: true,
    message: 'Подключение успешно',
  });
  expect(await source.testConnection('ws_2', patient())).toEqual({ ok: false, message: 'WinRM недоступен' });
  expect(await source.testConnection('ws_3', patient())).toEqual({
    ok: false,
    message: 'Connection test completed: offline',
  });
  expect(await source.testConnection('a/b', patient())).toEqual({
    ok: true,
    message: 'The server accepted the request and said no more.',
  });
  expect(server.requests).toHaveLength(4);
});

test('a workstation that is not there is told apart from a server without the path', async () => {
  const { source } = await answering({
    'POST /api/workstations/gone/test-connection': json({ detail: 'Рабочая станция gone не найдена' }, 404),
  });
  expect(await failureOf(source.testConnection('gone', patient()))).toMatchObject({
    code: 'not-found',
    supported: true,
    message:
      'The workstation manager did not find it (POST /api/workstations/gone/test-connection, 404: Рабочая станция gone не найдена).',
  });
  expect(await failureOf(source.testConnection('other', patient()))).toMatchObject({ supported: false });
});

test.for([
  { success: false, message: 'Кэш занят', data: null },
  { success: false, error: 'Кэш занят' },
  { status: 'error', message: 'Кэш занят' },
])('a good status with a bad envelope is no success: %o', async (body) => {
  const { source } = await answering({ 'POST /api/performance/cache-clear': json(body) });
  const error = await failureOf(source.clearCache(patient()));
  expect(error).toBeInstanceOf(ManagerRefusal);
  expect(error.message).toBe(
    'The workstation manager did not do it (POST /api/performance/cache-clear: Кэш занят).',
  );
});

test('a server that says nothing has accepted', async () => {
  const { source } = await answering({ 'POST /api/workstations': raw(201, 'application/json', '') });
  const workstation = { name: 'n', address: 'a', user: 'u', password: 'p' };
  expect(await source.create(workstation, patient())).toEqual({
    id: null,
    message: 'The server accepted the request and said no more.',
  });
});

test('no message repeats the password of a new workstation or the token', async () => {
  const password = 'S3cret-of-the-station';
  const workstation = { name: 'n', address: 'a', user: 'u', password };
  for (const leak of [password, accessToken]) {
    const { source } = await answering({ 'POST /api/workstations': json({ detail: `bad ${leak}` }, 422) });
    const error = await failureOf(source.create(workstation, patient()));
    expect(error.message).toContain('(POST /api/workstations, 422)');
  }
  const words = { success: false, message: `not with ${password}` };
  const refusing = await answering({ 'POST /api/workstations': json(words) });
  const error = await failureOf(refusing.source.create(workstation, patient()));
  expect(error.message).toBe('The workstation manager did not do it (POST /api/workstations).');
  const { source } = await answering({ 'POST /api/workstations': json({ message: `made ${password}` }) });
  expect((await source.create(workstation, patient())).message).not.toContain(password);
});

test('the role in a token is read, and what is no such token has none', () => {
  const jwt = (claims: unknown): string =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
  expect(roleInToken(jwt({ sub: 'a', role: 'operator' }))).toBe('operator');
  expect(roleInToken(jwt({ sub: 'a' }))).toBeNull();
  for (const other of ['', 'opaque', 'a.b.c', '..', 'a.bm90IGpzb24.c']) expect(roleInToken(other)).toBeNull();
});
