import { describe, expect, it, onTestFinished } from 'vitest';
import { managerCache, managerMetrics, workstationList } from '../../../shared/contract/workstations.ts';
import { startDemo } from '../../../electron/core/demo/demo-server.ts';
import { SimpleCache } from '../../../electron/core/demo/workstations/simple-cache.ts';
import { createManagerClient } from '../../../electron/core/sources/workstations/manager-client.ts';
import { readAccount, signInToWorkstations } from '../../../electron/core/sources/workstations/sign-in.ts';
import { createWorkstationsSource } from '../../../electron/core/sources/workstations/workstations-source.ts';
import { AskedTime } from '../../support/asked-time.ts';
import { seededRandom } from '../../support/eager-clock.ts';
import { failureOf, patient } from '../sources/source-testing.ts';

const minute = 60_000;
type Role = 'viewer' | 'operator' | 'admin';
const added = { name: 'Lab', address: '192.0.2.99', user: 'lab', password: 'lab-password' };

async function demo() {
  const clock = new AskedTime();
  const backend = await startDemo({ clock: clock.server, random: seededRandom() });
  onTestFinished(() => backend.close());
  const clientFor = (accessToken: string | null) =>
    createManagerClient({ url: new URL(backend.url), accessToken, secrets: [] });
  const signIn = (role: Role) => signInToWorkstations(clientFor(null), backend.workstations[role], patient());
  const as = async (role: Role) => {
    const client = clientFor((await signIn(role)).accessToken);
    return createWorkstationsSource((_, send) => send(client));
  };
  /** A reply as it is on the wire. */
  const ask = async (method: string, path: string, token: string | null, body?: unknown) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const reply = await fetch(backend.url + path, { method, headers, ...sent });
    return [reply.status, await reply.json()] as const;
  };
  return { backend, clock, clientFor, signIn, as, ask };
}

describe('accounts', () => {
  it.each(['viewer', 'operator', 'admin'] as const)('the %s signs in and is told the role', async (role) => {
    const { signIn, clientFor } = await demo();
    const session = await signIn(role);
    expect(session.expiresInSeconds).toBe(180);
    expect(await readAccount(clientFor(session.accessToken), patient())).toEqual({ user: role, role });
  });

  it('has short access tokens, which a refresh token renews', async () => {
    const { clock, signIn, ask } = await demo();
    const session = await signIn('viewer');
    await clock.advance(3 * minute - 200);
    expect((await ask('GET', '/api/auth/me', session.accessToken))[0]).toBe(200);
    await clock.advance(200);
    expect(await ask('GET', '/api/auth/me', session.accessToken)).toEqual([
      401,
      { detail: 'Token has expired' },
    ]);
    const [status, renewed] = await ask('POST', '/api/auth/refresh', null, {
      refresh_token: session.refreshToken,
    });
    expect([status, renewed]).toMatchObject([200, { token_type: 'bearer', expires_in: 180 }]);
    const token = (renewed as { access_token: string }).access_token;
    expect((await ask('GET', '/api/auth/me', token))[0]).toBe(200);
    await clock.advance(7 * 24 * 60 * minute);
    const late = await ask('POST', '/api/auth/refresh', null, { refresh_token: session.refreshToken });
    expect(late).toEqual([401, { detail: 'Token has expired' }]);
  });

  it('token-expires: old tokens are refused until the fault is over', async () => {
    const { backend, signIn, ask } = await demo();
    const old = await signIn('viewer');
    await backend.setFault('token-expires');
    expect((await ask('GET', '/api/workstations', old.accessToken))[0]).toBe(401);
    expect((await ask('POST', '/api/auth/refresh', null, { refresh_token: old.refreshToken }))[0]).toBe(401);
    expect((await ask('GET', '/api/workstations', (await signIn('viewer')).accessToken))[0]).toBe(200);
    await backend.setFault('none');
    expect((await ask('GET', '/api/workstations', old.accessToken))[0]).toBe(200);
  });

  it('keeps passwords and tokens among the secrets', async () => {
    const { backend, signIn } = await demo();
    const { accessToken, refreshToken } = await signIn('admin');
    const { password } = backend.workstations.admin;
    expect(backend.secrets).toEqual(expect.arrayContaining([accessToken, refreshToken, password]));
  });
});

describe('words as recorded', () => {
  const admin = 'Insufficient permissions. Required role: UserRole.ADMIN';
  const operator = 'Insufficient permissions. Required role: UserRole.OPERATOR';
  it.each([
    ['GET', '/api/workstations', null, 401, 'Not authenticated'],
    ['GET', '/api/performance/cache-stats', null, 401, 'Not authenticated'],
    ['GET', '/api/performance/cache-stats', 'bogus', 401, 'Could not validate credentials'],
    ['GET', '/api/performance/cache-stats', 'viewer', 403, admin],
    ['GET', '/api/performance/metrics', 'operator', 403, admin],
    ['POST', '/api/performance/cache-clear', 'operator', 403, admin],
    ['POST', '/api/performance/cache-invalidate?pattern=x', 'operator', 403, admin],
    ['POST', '/api/performance/cache-invalidate?pattern=', 'admin', 400, 'Pattern cannot be empty'],
    ['POST', '/api/workstations', 'viewer', 403, operator],
    ['POST', '/api/workstations/ws_001/test-connection', 'viewer', 403, operator],
    ['POST', '/api/workstations/ws_999/test-connection', 'operator', 404, 'Workstation not found'],
    ['GET', '/api/status', 'admin', 404, 'Not Found'],
  ] as const)('%s %s as %s is %i', async (method, path, who, status, detail) => {
    const { signIn, ask } = await demo();
    const token = who === null || who === 'bogus' ? who : (await signIn(who)).accessToken;
    expect(await ask(method, path, token)).toEqual([status, { detail }]);
  });

  it.each([
    [{}, 422, 'name is required and cannot be empty'],
    [{ name: ' ' }, 422, 'name is required and cannot be empty'],
    [{ name: 'Lab', ip_address: '' }, 422, 'ip_address is required and cannot be empty'],
    [{ name: 'Lab', ip_address: '192.0.2.99', username: 'lab' }, 400, "'password'"],
    [undefined, 422, 'name is required and cannot be empty'],
  ])('creating %j is %i', async (body, status, detail) => {
    const { signIn, ask } = await demo();
    const { accessToken } = await signIn('operator');
    expect(await ask('POST', '/api/workstations', accessToken, body)).toEqual([status, { detail }]);
  });

  it('logins: a wrong password, a missing one, a refresh without or with a wrong token', async () => {
    const { signIn, ask } = await demo();
    const { accessToken } = await signIn('admin');
    const login = (body: unknown) => ask('POST', '/api/auth/login', null, body);
    expect(await login({ username: 'admin', password: 'x' })).toEqual([
      401,
      { detail: 'Incorrect username or password' },
    ]);
    expect(await login({ username: 'admin' })).toMatchObject([
      422,
      { detail: [{ loc: ['body', 'password'] }] },
    ]);
    const refresh = (body: unknown) => ask('POST', '/api/auth/refresh', null, body);
    expect(await refresh({})).toMatchObject([422, { detail: [{ loc: ['body', 'refresh_token'] }] }]);
    expect(await refresh({ refresh_token: accessToken })).toEqual([
      401,
      { detail: 'Could not validate credentials' },
    ]);
    const missing = await ask('POST', '/api/performance/cache-invalidate', accessToken);
    expect(missing).toMatchObject([422, { detail: [{ type: 'missing', loc: ['query', 'pattern'] }] }]);
  });

  it('health is open to all', async () => {
    const { ask } = await demo();
    expect(await ask('GET', '/api/health', null)).toMatchObject([
      200,
      { success: true, data: { status: 'healthy' }, error: null },
    ]);
  });
});

describe('workstations', () => {
  it('are twelve with changing loads, fit the contract and take 150 ms', async () => {
    const { clock, as } = await demo();
    const source = await as('viewer');
    const before = clock.mono();
    const { value } = await source.list(patient());
    expect(clock.mono() - before).toBe(150);
    expect(workstationList.parse(value)).toEqual(value);
    expect(value.workstations).toHaveLength(12);
    const statuses = new Set(value.workstations.map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual(['connecting', 'error', 'offline', 'online', 'unknown']);
    for (const one of value.workstations) {
      expect(one.activeEmulators).toBeLessThanOrEqual(one.emulators ?? 0);
      expect(one.lastSeen === null).toBe(one.status === 'unknown');
    }
    await clock.advance(2 * minute);
    const later = (await source.list(patient())).value.workstations;
    expect(later.map(({ cpuPercent }) => cpuPercent)).not.toEqual(
      value.workstations.map(({ cpuPercent }) => cpuPercent),
    );
  });

  it('can be added by an operator, and are listed at once', async () => {
    const { as } = await demo();
    const source = await as('operator');
    await source.list(patient());
    const made = await source.create(added, patient());
    expect(made).toEqual({ id: 'ws_013', message: 'Рабочая станция Lab добавлена' });
    const { workstations } = (await source.list(patient())).value;
    expect(workstations.at(-1)).toMatchObject({
      id: 'ws_013',
      name: 'Lab',
      status: 'unknown',
      lastSeen: null,
    });
  });

  it('are reached when they are online, and not otherwise', async () => {
    const { as } = await demo();
    const source = await as('operator');
    const test = (id: string) => source.testConnection(id, patient());
    expect(await test('ws_001')).toEqual({ ok: true, message: 'Подключение к Studio 1: успешно' });
    expect(await test('ws_011')).toEqual({ ok: false, message: 'Подключение к Spare 1: не удалось' });
  });
});

describe('the manager’s own cache', () => {
  it('counts for real, and invalidates by prefix: the documented pattern matches nothing', async () => {
    const { as } = await demo();
    const source = await as('admin');
    const stats = async () => managerCache.parse((await source.cacheStats(patient())).value);
    expect(await stats()).toEqual({
      hits: 0,
      misses: 0,
      evictions: 0,
      size: 0,
      requests: 0,
      hitRatePercent: 0,
    });
    for (let time = 0; time < 3; time += 1) await source.list(patient());
    expect(await stats()).toMatchObject({
      hits: 2,
      misses: 1,
      size: 1,
      requests: 3,
      hitRatePercent: (2 / 3) * 100,
    });
    expect(await source.invalidate('workstations_*', patient())).toEqual({
      message: 'Кэш инвалидирован для паттерна: workstations_*',
      removed: null,
    });
    expect(await stats()).toMatchObject({ size: 1 });
    await source.invalidate('workstations', patient());
    expect(await stats()).toMatchObject({ size: 0, evictions: 0, hits: 2 });
    await source.list(patient());
    expect(await source.clearCache(patient())).toEqual({ message: 'Кэш полностью очищен', removed: null });
    expect(await stats()).toMatchObject({ size: 0, evictions: 0, hits: 2, misses: 2 });
  });

  it('is in the metrics under other names', async () => {
    const { as } = await demo();
    const source = await as('admin');
    for (let time = 0; time < 4; time += 1) await source.list(patient());
    const metrics = managerMetrics.parse((await source.metrics(patient())).value);
    expect(metrics).toMatchObject({
      cache: { hits: 3, misses: 1, size: 1, hitRatePercent: 75 },
      workstations: 12,
      websockets: 0,
    });
    expect(metrics.emulators).toBeGreaterThan(12);
  });

  it('expires an entry when it is older than its ttl, not when it is as old', () => {
    let now = 0;
    const cache = new SimpleCache(() => now);
    const ask = () => cache.through('k', 1000, () => now);
    ask();
    now = 1000;
    expect(ask()).toBe(0);
    now = 1001;
    expect(ask()).toBe(1001);
    expect(cache.totals).toMatchObject({ hits: 1, misses: 2, evictions: 1, size: 1 });
  });
});

it.each([
  ['error-500', 'server-error'],
  ['malformed', 'bad-reply'],
  ['refused', 'unreachable'],
] as const)('%s reaches the workstation manager as well', async (fault, code) => {
  const { backend, as } = await demo();
  const source = await as('admin');
  await backend.setFault(fault);
  for (const read of ['list', 'cacheStats', 'metrics', 'clearCache'] as const) {
    expect(await failureOf(source[read](patient()))).toMatchObject({ code });
  }
});
