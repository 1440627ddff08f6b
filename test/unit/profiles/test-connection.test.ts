import { describe, expect, it, onTestFinished } from 'vitest';
import { noSecrets } from '../../../electron/core/profiles/secrets-of-profile.ts';
import { testConnection } from '../../../electron/core/profiles/test-connection.ts';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { draft, listening, surroundings } from './connection-testing.ts';

describe('a portal', () => {
  const login = '/portalservice/api/v1/getAuthToken';
  const secrets = { ...noSecrets, portalPassword: 'p4ssw0rd' };

  async function portal(
    reply: unknown,
    options: { email?: string | null; password?: boolean; status?: number } = {},
  ) {
    const { email = 'me@portal.example', password = true, status = 200 } = options;
    const known: string[] = [];
    const bodies: string[] = [];
    const server = await startLoopback((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on('end', () => {
        if (request.url === login) sendJson(response, status, reply);
        else sendJson(response, 401, { detail: 'no token' });
      });
    });
    onTestFinished(() => server.close());
    const [result] = await testConnection(
      { ...draft, portal: { url: server.url, allowHttp: false, email, uatPaths: false } },
      password ? secrets : noSecrets,
      { ...surroundings, onSecret: (one) => void known.push(one) },
    );
    expect(JSON.stringify(result)).not.toMatch(/p4ssw0rd|t0ken/);
    return { result, known, bodies, requests: server.requests };
  }

  it('signs its account in', async () => {
    const { result, known, bodies, requests } = await portal({ statusCode: 200, accessToken: 't0ken' });
    expect(result).toMatchObject({ backend: 'portal', ok: true });
    expect(result?.sentence).toMatch(/^Portal answers in \d+ ms; the service account is accepted\.$/);
    expect(known).toEqual(['t0ken']);
    expect(requests).toEqual([`POST ${login}`]);
    expect(bodies).toEqual(['{"email":"me@portal.example","password":"p4ssw0rd"}']);
  });

  it.each([
    [
      'the reason',
      'Invalid user credentials',
      'The portal did not sign in this account (500: Invalid user credentials).',
    ],
    ['a reason with the password', 'wrong: p4ssw0rd', 'The portal did not sign in this account (500).'],
    ['what may be a token', 't0ken', 'The portal did not sign in this account (500).'],
  ])('refuses it with HTTP 200 and %s', async (_, accessToken, sentence) => {
    const { result } = await portal({ statusCode: 500, accessToken });
    expect(result).toMatchObject({ ok: false, code: 'unauthorized', sentence });
  });

  it('refuses it with another status, or answers in another shape', async () => {
    expect((await portal({ detail: 'nope' }, { status: 401 })).result).toMatchObject({
      code: 'unauthorized',
      sentence: `The portal asks for a valid e-mail address and password (POST ${login}, 401: nope).`,
    });
    expect((await portal({ hello: 'world' })).result).toMatchObject({ code: 'bad-reply' });
  });

  it('without an account only has to ask for a token', async () => {
    const { result, requests } = await portal(null, { email: null });
    expect(result).toMatchObject({ ok: true });
    expect(result?.sentence).toContain('no account is given, so each user needs a token of their own');
    expect(requests).toEqual(['GET /paasservice/paas/engagements']);
  });

  it('says that the password is missing', async () => {
    const { result } = await portal(null, { password: false });
    expect(result).toMatchObject({ ok: false, code: 'unauthorized' });
    expect(result?.sentence).toContain('but the password of the account is missing');
  });
});

describe('a workstation manager', () => {
  const secrets = { ...noSecrets, workstationsPassword: 'p4ssw0rd' };
  const session = { access_token: 't0ken', token_type: 'bearer', expires_in: 1800, refresh_token: 't0ken2' };
  const me = (role: string) => ({ username: 'me', email: 'me@ldplayer.local', role, disabled: false });

  async function manager(
    routes: Readonly<Record<string, unknown>>,
    user: string | null = 'me',
    password = true,
  ) {
    const known: string[] = [];
    const server = await startLoopback(({ url = '', headers, method }, response) => {
      const asked = `${method} ${url}`;
      if (!Object.hasOwn(routes, asked))
        return sendJson(response, 401, { detail: 'Incorrect username or password' });
      if (url === '/api/auth/me' && headers.authorization !== 'Bearer t0ken')
        return sendJson(response, 401, {});
      return sendJson(response, 200, routes[asked]);
    });
    onTestFinished(() => server.close());
    const [result] = await testConnection(
      { ...draft, workstations: { url: server.url, allowHttp: false, user } },
      password ? secrets : noSecrets,
      { ...surroundings, onSecret: (one) => void known.push(one) },
    );
    expect(JSON.stringify(result)).not.toMatch(/p4ssw0rd|t0ken/);
    return { result, known, requests: server.requests };
  }

  it.each([
    ['admin', /^Workstation manager answers in \d+ ms; signed in with the role admin\.$/],
    ['viewer', /; signed in with the role viewer; its cache and metrics need the role admin\.$/],
  ])('tells the role %s', async (role, words) => {
    const { result, known, requests } = await manager({
      'POST /api/auth/login': session,
      'GET /api/auth/me': me(role),
    });
    expect(result).toMatchObject({ backend: 'workstations', ok: true });
    expect(result?.sentence).toMatch(words);
    expect(known).toEqual(['t0ken', 't0ken2']);
    expect(requests).toEqual(['POST /api/auth/login', 'GET /api/auth/me']);
  });

  it('refuses a wrong password', async () => {
    expect((await manager({})).result).toMatchObject({
      ok: false,
      code: 'unauthorized',
      sentence:
        'The workstation manager asks for a valid user name and password (POST /api/auth/login, 401: Incorrect username or password).',
    });
  });

  it('answers in another shape', async () => {
    expect((await manager({ 'POST /api/auth/login': {} })).result?.sentence).toBe(
      'The reply of POST /api/auth/login is not what a workstation manager sends.',
    );
    const { result } = await manager({ 'POST /api/auth/login': session, 'GET /api/auth/me': [] });
    expect(result?.sentence).toBe('The reply of GET /api/auth/me is not what a workstation manager sends.');
  });

  it.each([
    [null, true, 'but it needs a user name and a password'],
    ['me', false, 'but the password is missing'],
  ])('with user %s and password %s asks nothing but its health', async (user, password, words) => {
    const health = { success: true, message: 'ok', data: { status: 'healthy' }, error: null };
    const { result, requests } = await manager({ 'GET /api/health': health }, user, password);
    expect(result).toMatchObject({ ok: false, code: 'unauthorized' });
    expect(result?.sentence).toContain(words);
    expect(requests).toEqual(['GET /api/health']);
    expect((await manager({ 'GET /api/health': {} }, user, password)).result?.code).toBe('bad-reply');
  });
});

describe('all backends of a profile', () => {
  it('are asked at once, in their order, and what is withheld is said', async () => {
    const { log, lines } = recordingLog();
    const hanging = `http://${await listening(() => {})}`;
    const backend = { url: hanging, allowHttp: false };
    const startedAt = performance.now();
    const results = await testConnection(
      {
        ...draft,
        orchestrator: backend,
        portal: { ...backend, email: null, uatPaths: false },
        workstations: { ...backend, user: null },
      },
      noSecrets,
      { ...surroundings, log, limitMs: 300, withheld: ['orchestratorKey'] },
    );
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(results.map(({ backend, code }) => [backend, code])).toEqual([
      ['orchestrator', 'timeout'],
      ['portal', 'timeout'],
      ['workstations', 'timeout'],
    ]);
    expect(results[0]?.sentence).toContain('The stored API key of the orchestrator was not sent');
    expect(results[1]?.sentence).not.toContain('stored');
    expect(lines).toHaveLength(3);
  });

  it('a profile without any has no result', async () => {
    expect(await testConnection(draft, noSecrets, surroundings)).toEqual([]);
  });
});
