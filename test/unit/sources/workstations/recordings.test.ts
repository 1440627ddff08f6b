import { expect, onTestFinished, test } from 'vitest';
import {
  createManagerClient,
  ManagerRefusal,
} from '../../../../electron/core/sources/workstations/manager-client.ts';
import { checkWorkstations } from '../../../../electron/core/sources/workstations/check-connection.ts';
import {
  readAccount,
  renewWorkstationsSession,
  signInToWorkstations,
} from '../../../../electron/core/sources/workstations/sign-in.ts';
import { createWorkstationsSource } from '../../../../electron/core/sources/workstations/workstations-source.ts';
import type { JsonClient } from '../../../../electron/core/sources/http-json.ts';
import type { WorkstationsSource } from '../../../../electron/core/sources/workstations/workstations-source.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import {
  managerPassword,
  recordedReplies,
  recordedReply,
  startManagerReplay,
} from '../../../support/replay-workstations.ts';
import type { ManagerReplay } from '../../../support/replay-workstations.ts';
import { failureOf, patient } from '../source-testing.ts';

interface Bed {
  readonly replay: ManagerReplay;
  readonly source: WorkstationsSource;
  /** Sends the same token. */
  readonly client: JsonClient;
}

/** A source that sends the token of `user`; null: none, `bad`: one that nobody handed out. */
async function as(user: 'admin' | 'operator' | 'viewer' | 'bad' | null): Promise<Bed> {
  const replay = await startManagerReplay();
  onTestFinished(() => replay.close());
  const url = new URL(replay.url);
  const open = createManagerClient({ url, accessToken: null, secrets: [managerPassword] });
  const known = user !== null && user !== 'bad';
  const account = { user: user ?? '', password: managerPassword };
  const accessToken = known
    ? (await signInToWorkstations(open, account, patient())).accessToken
    : user && 'a-token-nobody-knows';
  const client = createManagerClient({ url, accessToken, secrets: [managerPassword] });
  return { replay, client, source: createWorkstationsSource((_signal, send) => send(client)) };
}

const newOne = { name: 'Test', address: '127.0.0.1', user: 'administrator', password: 'of-the-new-one' };

/** What each recorded reply comes to. */
const shown: Readonly<Record<string, () => Promise<void>>> = {
  login: async () => {
    const { client } = await as(null);
    const session = await signInToWorkstations(
      client,
      { user: 'admin', password: managerPassword },
      patient(),
    );
    expect(session).toMatchObject({ expiresInSeconds: 1800 });
    expect(session.refreshToken).toMatch(/^refresh-admin-/);
  },

  login_viewer: async () => {
    const { client } = await as('viewer');
    expect(await readAccount(client, patient())).toEqual({ user: 'viewer', role: 'viewer' });
  },

  login_bad: async () => {
    const { client } = await as(null);
    const error = await failureOf(
      signInToWorkstations(client, { user: 'admin', password: 'wrong' }, patient()),
    );
    expect(error.code).toBe('unauthorized');
    expect(error.message).toBe(
      'The workstation manager asks for a valid user name and password (POST /api/auth/login, 401: Incorrect username or password).',
    );
  },

  refresh: async () => {
    const { client } = await as(null);
    const account = { user: 'operator', password: managerPassword };
    const { refreshToken } = await signInToWorkstations(client, account, patient());
    const renewed = await renewWorkstationsSession(client, refreshToken ?? '', patient());
    expect(renewed.accessToken).toMatch(/^access-operator-2-/);
    expect(renewed.expiresInSeconds).toBe(1800);
  },

  me: async () => {
    const { client } = await as('admin');
    expect(await readAccount(client, patient())).toEqual({ user: 'admin', role: 'admin' });
  },

  health: async () => {
    const { replay } = await as(null);
    const surroundings = { clock: new FakeClock(), signal: patient(), onSecret: () => {} };
    const target = { url: replay.url, user: 'admin', password: null };
    const error = await failureOf(checkWorkstations(target, surroundings));
    expect(error.message).toBe('Workstation manager answers in 0 ms, but the password is missing.');
  },

  workstations: async () => {
    const { source } = await as('admin');
    const { value, observedAt } = await source.list(patient());
    expect(observedAt).toBeNull();
    expect(value.workstations).toHaveLength(3);
    expect(value.workstations[0]).toEqual({
      id: 'ws_001',
      name: 'LOCAL - Development',
      address: '127.0.0.1',
      status: 'online',
      emulators: 0,
      activeEmulators: 0,
      cpuPercent: 0,
      memoryPercent: 0,
      diskPercent: 0,
      lastSeen: Date.parse('2025-10-17T23:00:00Z'),
    });
    expect(value.workstations[1]).toMatchObject({
      name: 'Рабочая станция 2',
      status: 'unknown',
      lastSeen: null,
    });
  },

  // Recorded again without a change: one answer to both.
  workstations2: async () => {
    expect(recordedReply('workstations2')).toBe(recordedReply('workstations'));
    await shown['workstations']?.();
  },

  workstations_viewer: async () => {
    const { source } = await as('viewer');
    expect((await source.list(patient())).value.workstations).toHaveLength(3);
  },

  workstations_401: async () => {
    const { source } = await as(null);
    const error = await failureOf(source.list(patient()));
    expect(error).toMatchObject({
      code: 'unauthorized',
      supported: true,
      message:
        'The workstation manager asks for a valid user name and password (GET /api/workstations, 401: Not authenticated).',
    });
  },

  ws_create: async () => {
    const { source, replay } = await as('operator');
    expect(await source.create(newOne, patient())).toEqual({
      id: 'ws_t',
      message: 'Рабочая станция Test добавлена',
    });
    expect(replay.requests.at(-1)?.body).toEqual({
      name: 'Test',
      ip_address: '127.0.0.1',
      username: 'administrator',
      password: 'of-the-new-one',
    });
  },

  workstations_after: async () => {
    const { source } = await as('operator');
    await source.create(newOne, patient());
    const { workstations } = (await source.list(patient())).value;
    expect(workstations.map(({ id }) => id)).toEqual(['ws_001', 'ws_002', 'ws_003', 'ws_t']);
  },

  ws_create_422: async () => {
    const { source } = await as('operator');
    const error = await failureOf(source.create({ ...newOne, name: ' ' }, patient()));
    expect(error.message).toBe(
      'The workstation manager refused the request (POST /api/workstations, 422: name is required and cannot be empty).',
    );
    expect(error).toMatchObject({ status: 422, needs: null });
  },

  ws_create_nopass: async () => {
    const { source } = await as('operator');
    const error = await failureOf(source.create({ ...newOne, password: '' }, patient()));
    expect(error.message).toBe(
      'The field password is missing for the workstation manager (POST /api/workstations, 400).',
    );
  },

  ws_create_viewer: async () => {
    const { source } = await as('viewer');
    const error = await failureOf(source.create(newOne, patient()));
    expect(error).toBeInstanceOf(ManagerRefusal);
    expect(error).toMatchObject({
      code: 'forbidden',
      needs: 'operator',
      message: 'This needs the role operator on the workstation manager (POST /api/workstations, 403).',
    });
  },

  cache_stats: async () => {
    const { source } = await as('admin');
    expect(await source.cacheStats(patient())).toEqual({
      // The server's local time tells no zone, so it is no moment.
      observedAt: null,
      value: { hits: 0, misses: 0, evictions: 0, size: 0, requests: 0, hitRatePercent: 0 },
    });
  },

  // After many list requests: the server's cache really counts nothing, which is not the same as not reporting.
  cache_stats_after: async () => {
    const { source, replay } = await as('admin');
    replay.answer('GET /api/performance/cache-stats', (response) =>
      response.end(recordedReply('cache_stats_after')),
    );
    expect((await source.cacheStats(patient())).value).toMatchObject({ hits: 0, misses: 0, requests: 0 });
  },

  cache_stats_401: async () => {
    const { source } = await as(null);
    const error = await failureOf(source.cacheStats(patient()));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain('(GET /api/performance/cache-stats, 401: Not authenticated)');
  },

  cache_stats_403: async () => {
    const { source } = await as('operator');
    const error = await failureOf(source.cacheStats(patient()));
    expect(error).toMatchObject({
      code: 'forbidden',
      needs: 'admin',
      message:
        'This needs the role admin on the workstation manager (GET /api/performance/cache-stats, 403).',
    });
  },

  cache_stats_badtoken: async () => {
    const { source } = await as('bad');
    const error = await failureOf(source.cacheStats(patient()));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain('401: Could not validate credentials');
  },

  metrics: async () => {
    const { source } = await as('admin');
    expect((await source.metrics(patient())).value).toEqual({
      cache: { hits: 0, misses: 0, evictions: 0, size: 0, requests: null, hitRatePercent: 0 },
      workstations: 0,
      emulators: 0,
      websockets: 0,
    });
  },

  clear: async () => {
    const { source } = await as('admin');
    expect(await source.clearCache(patient())).toEqual({ message: 'Кэш полностью очищен', removed: null });
  },

  invalidate_glob: async () => {
    const { source, replay } = await as('admin');
    expect(await source.invalidate('workstations_*', patient())).toEqual({
      message: 'Кэш инвалидирован для паттерна: workstations_*',
      removed: null,
    });
    expect(replay.requests.at(-1)?.pattern).toBe('workstations_*');
  },

  invalidate_empty: async () => {
    const { source } = await as('admin');
    const error = await failureOf(source.invalidate('', patient()));
    expect(error.message).toBe(
      'The workstation manager refused the request (POST /api/performance/cache-invalidate, 400: Pattern cannot be empty).',
    );
  },

  // The source always sends a pattern; a list of faults reads like one all the same.
  invalidate_missing: async () => {
    const { client } = await as('admin');
    const error = await failureOf(client.post('/api/performance/cache-invalidate', patient()));
    expect(error.message).toBe(
      'The workstation manager refused the request (POST /api/performance/cache-invalidate, 422: query.pattern: Field required).',
    );
  },
};

/** Replies to what is never asked. */
const neverAsked = ['status', 'operations'];

for (const { name } of recordedReplies.filter((one) => !neverAsked.includes(one.name))) {
  test(`the recorded reply ${name}`, async () => {
    expect(shown).toHaveProperty(name);
    await shown[name]?.();
  });
}

test('nothing ever asks for the status, which blocks the server', async () => {
  const { source, replay } = await as('admin');
  await Promise.all([source.list(patient()), source.cacheStats(patient()), source.metrics(patient())]);
  await source.create(newOne, patient());
  await source.clearCache(patient());
  await source.invalidate('x', patient());
  await failureOf(source.testConnection('ws_001', patient()));
  await checkWorkstations(
    { url: replay.url, user: 'admin', password: managerPassword },
    { clock: new FakeClock(), signal: patient(), onSecret: () => {} },
  );
  expect(replay.requests.length).toBeGreaterThan(7);
  expect(replay.requests.map(({ line }) => line)).not.toContain('GET /api/status');
});
