import { expect, onTestFinished, test, vi } from 'vitest';
import { sendJson } from '../../support/loopback.ts';
import { managerPassword } from '../../support/replay-workstations.ts';
import { failureOf, patient } from '../sources/source-testing.ts';
import { list, login, refresh, sessionBed } from './session-bed.ts';

test('the first request signs in and tells the role', async () => {
  const { session, replay, read } = await sessionBed();
  expect(session.state.value).toMatchObject({
    connected: true,
    url: `${replay.url}/`,
    user: 'admin',
    role: null,
    signedOut: 'Not signed in yet: that happens with the first request.',
  });
  await read();
  await read();
  expect(session.state.value).toMatchObject({ user: 'admin', role: 'admin', signedOut: null });
  expect(replay.requests.map(({ line }) => line)).toEqual([login, 'GET /api/auth/me', list, list]);
});

test.for(['admin', 'operator', 'viewer'] as const)('the role of %s', async (user) => {
  const { session, read } = await sessionBed({ user });
  await read();
  expect(session.state.value).toMatchObject({ user, role: user });
});

test('the role is taken from a token that claims one, without asking', async () => {
  const { session, replay, read } = await sessionBed();
  const claims = Buffer.from(JSON.stringify({ sub: 'admin', role: 'operator' })).toString('base64url');
  replay.answer(login, (response) => sendJson(response, 200, { access_token: `e30.${claims}.x` }));
  replay.answer(list, (response) => sendJson(response, 200, []));
  await read();
  expect(session.state.value).toMatchObject({ role: 'operator', signedOut: null });
  expect(replay.count('GET /api/auth/me')).toBe(0);
});

test('a server that does not tell the role is worked with all the same', async () => {
  const { session, replay, read } = await sessionBed();
  for (const [status, body] of [
    [404, { detail: 'Not Found' }],
    [200, { username: 'admin', role: 'emperor' }],
  ] as const) {
    replay.answer('GET /api/auth/me', (response) => sendJson(response, status, body));
    await read();
    expect(session.state.value).toMatchObject({ role: null, signedOut: null });
    replay.expireAccess();
  }
});

test('ten requests at once sign in once', async () => {
  const { replay, read } = await sessionBed();
  await Promise.all(Array.from({ length: 10 }, () => read()));
  expect(replay.count(login)).toBe(1);
  expect(replay.count(list)).toBe(10);
});

test('nothing helps: signed out with the reason, and nobody asks again', async () => {
  const { session, replay, read } = await sessionBed();
  await read();
  replay.expireAccess();
  replay.expireRefresh();
  replay.answer(login, (response) => sendJson(response, 401, { detail: 'User not found' }));
  const error = await failureOf(read());
  expect(error.code).toBe('unauthorized');
  expect(session.state.value).toMatchObject({ user: 'admin', role: null, signedOut: error.message });
  expect(error.message).toContain('401: User not found');
  const sent = replay.requests.length;
  expect((await failureOf(read())).message).toBe(error.message);
  expect(replay.requests).toHaveLength(sent);
});

test('a wrong password is sent once, however many ask', async () => {
  const { session, replay, read } = await sessionBed({ password: 'wrong' });
  const errors = await Promise.all(Array.from({ length: 5 }, () => failureOf(read())));
  await failureOf(read());
  expect(new Set(errors.map(({ message }) => message))).toEqual(
    new Set([
      'The workstation manager asks for a valid user name and password (POST /api/auth/login, 401: Incorrect username or password).',
    ]),
  );
  expect(replay.count(login)).toBe(1);
  expect(session.state.value.signedOut).toBe(errors[0]?.message);
});

test('a disabled account is signed out as well', async () => {
  const { session, replay, read } = await sessionBed();
  replay.answer(login, (response) => sendJson(response, 403, { detail: 'User account is disabled' }));
  expect((await failureOf(read())).code).toBe('forbidden');
  expect(session.state.value.signedOut).toContain('User account is disabled');
});

test('fresh tokens that the server refuses end it after one more sign-in at most', async () => {
  const { session, replay, read } = await sessionBed();
  replay.answer(list, (response) => sendJson(response, 401, { detail: 'Token has expired' }));
  const error = await failureOf(read());
  expect(error.message).toContain('401: Token has expired');
  expect(session.state.value.signedOut).toBe(error.message);
  expect(replay.count(list)).toBe(1);
  expect(replay.count(login)).toBe(1);
});

test('one path that always answers 401 fails after three tries and signs nobody out', async () => {
  const { session, replay, read } = await sessionBed();
  const metrics = 'GET /api/performance/metrics';
  replay.answer(metrics, (response) => {
    // Another request proves the tokens good while this one is refused.
    void read().then(() => sendJson(response, 401, { detail: 'Not authenticated' }));
  });
  const ask = session.send(patient(), (client) => client.get('/api/performance/metrics', patient()));
  expect((await failureOf(ask)).code).toBe('unauthorized');
  expect(replay.count(metrics)).toBe(3);
  expect(replay.count(refresh)).toBe(2);
  expect(session.state.value).toMatchObject({ role: 'admin', signedOut: null });
});

test('tokens that were accepted and lack a role are good ones: they are refreshed later', async () => {
  const { session, replay } = await sessionBed({ user: 'viewer' });
  for (let time = 0; time < 2; time += 1) {
    const ask = session.send(patient(), (client) => client.get('/api/performance/metrics', patient()));
    expect((await failureOf(ask)).code).toBe('forbidden');
    replay.expireAccess();
  }
  expect(replay.count(refresh)).toBe(1);
  expect(replay.count(login)).toBe(1);
});

test.for([500, 503, 429])('trouble of the server (%i) while renewing signs nobody out', async (status) => {
  const { session, replay, read } = await sessionBed();
  await read();
  replay.expireAccess();
  replay.answer(refresh, (response) => sendJson(response, status, { detail: 'later' }));
  expect((await failureOf(read())).message).toContain(`${status}`);
  expect(replay.count(login)).toBe(1);
  expect(session.state.value.signedOut).toBeNull();
  replay.answer(refresh, null);
  await read();
  expect(replay.count(login)).toBe(1);
});

test('a sign-in that hangs ends after 10 s for all, and who gives up earlier does not end it', async () => {
  const { clock, replay, read } = await sessionBed();
  replay.answer(login, () => {});
  const impatient = new AbortController();
  const early = failureOf(read(impatient.signal));
  const late = failureOf(read());
  await vi.waitFor(() => expect(replay.count(login)).toBe(1));
  impatient.abort(new DOMException('over', 'TimeoutError'));
  expect(await early).toMatchObject({
    code: 'timeout',
    message: 'The workstation manager did not answer the sign-in in time.',
  });
  await clock.advance(10_000);
  expect(await late).toMatchObject({ code: 'timeout' });
  expect(replay.count(login)).toBe(1);
  replay.answer(login, null);
  await read();
  expect(clock.pending).toBe(0);
});

test('a renewal that fails after everybody gave up troubles nobody', async () => {
  const { clock, replay, read } = await sessionBed();
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  replay.answer(login, () => {});
  const impatient = new AbortController();
  const reading = failureOf(read(impatient.signal));
  await vi.waitFor(() => expect(replay.count(login)).toBe(1));
  impatient.abort();
  expect(await reading).toMatchObject({ code: 'cancelled' });
  await clock.advance(10_000);
  replay.answer(login, null);
  await read();
  expect(rejections).toEqual([]);
});

test.for<[name: string, user: string | null, password: string | null, words: string]>([
  ['an account', null, null, 'The profile names no account for the workstation manager. Sign in to see it.'],
  ['a password', 'admin', null, 'The password of admin is missing. Sign in to see the workstations.'],
])('without %s nothing is sent', async ([, user, password, words]) => {
  const { session, replay, read } = await sessionBed({ user, password });
  expect(session.state.value).toMatchObject({ connected: true, signedOut: words });
  expect(await failureOf(read())).toMatchObject({ code: 'unauthorized', message: words });
  expect(replay.requests).toEqual([]);
});

test('a profile without a workstation manager says so', async () => {
  const { session, read } = await sessionBed(null);
  expect(session.state.value).toMatchObject({ connected: false, url: null, user: null, role: null });
  const words = 'This profile has no workstation manager.';
  expect(session.state.value.signedOut).toBe(words);
  expect(await failureOf(read())).toMatchObject({ code: 'not-found', message: words });
  expect(await failureOf(session.signIn({ user: 'a', password: 'b' }, patient()))).toMatchObject({
    message: words,
  });
});

test('another account typed on the page takes over at once', async () => {
  const { session, replay, read } = await sessionBed();
  await read();
  await session.signIn({ user: 'viewer', password: managerPassword }, patient());
  expect(session.state.value).toMatchObject({ user: 'viewer', role: 'viewer', signedOut: null });
  await read();
  expect(replay.requests.at(-1)?.token).toMatch(/^access-viewer-/);
});

test('a failed sign-in leaves the account there was', async () => {
  const { session, replay, read } = await sessionBed();
  await read();
  const before = session.state.value;
  const error = await failureOf(session.signIn({ user: 'viewer', password: 'wrong' }, patient()));
  expect(error.message).toContain('Incorrect username or password');
  expect(session.state.value).toEqual(before);
  await read();
  expect(replay.requests.at(-1)?.token).toMatch(/^access-admin-/);
});

test('a request of one account is never sent again with the token of another', async () => {
  const { session, replay, read } = await sessionBed();
  await read();
  const answered = Promise.withResolvers<() => void>();
  replay.answer(list, (response) =>
    answered.resolve(() => sendJson(response, 401, { detail: 'Token has expired' })),
  );
  const late = failureOf(read());
  const refuse = await answered.promise;
  await session.signIn({ user: 'viewer', password: managerPassword }, patient());
  const sent = replay.requests.length;
  refuse();
  expect(await late).toMatchObject({ code: 'cancelled', message: 'This account was signed out.' });
  expect(replay.requests).toHaveLength(sent);
  expect(session.state.value).toMatchObject({ user: 'viewer', signedOut: null });
});

test('after a sign-out nothing is sent until somebody signs in', async () => {
  const { session, replay, read } = await sessionBed();
  await read();
  session.signOut();
  expect(session.state.value).toMatchObject({
    user: null,
    role: null,
    signedOut: 'Signed out. Sign in to go on.',
  });
  const sent = replay.requests.length;
  expect((await failureOf(read())).message).toBe('Signed out. Sign in to go on.');
  expect(replay.requests).toHaveLength(sent);
  await session.signIn({ user: 'operator', password: managerPassword }, patient());
  await read();
  expect(session.state.value).toMatchObject({ user: 'operator', role: 'operator', signedOut: null });
});

test('a sign-in under way when signed out signs nobody in', async () => {
  const { session, replay, read } = await sessionBed();
  const asked = Promise.withResolvers<() => void>();
  replay.answer(login, (response) =>
    asked.resolve(() => sendJson(response, 200, { access_token: 'too-late' })),
  );
  const reading = failureOf(read());
  const answer = await asked.promise;
  session.signOut();
  answer();
  expect(await reading).toMatchObject({ code: 'cancelled' });
  expect(session.state.value).toMatchObject({ user: null, signedOut: 'Signed out. Sign in to go on.' });
  expect(replay.count(list)).toBe(0);
});

test('what the server says of roles is remembered', async () => {
  const { session } = await sessionBed();
  const revisions: number[] = [];
  session.state.subscribe(({ revision }) => revisions.push(revision));
  expect(session.state.value.needs).toEqual({
    create: 'operator',
    testConnection: 'viewer',
    cache: 'admin',
    metrics: 'admin',
    clearCache: 'admin',
    invalidate: 'admin',
  });
  session.learn('create', 'admin');
  session.learn('create', 'admin');
  expect(session.state.value.needs).toMatchObject({ create: 'admin', clearCache: 'admin' });
  expect(revisions).toEqual([0, 1]);
});

test('every password and token is called a secret before it travels', async () => {
  const { session, secrets, replay, read } = await sessionBed();
  expect(secrets).toEqual([managerPassword]);
  await read();
  replay.expireAccess();
  await read();
  await session.signIn({ user: 'viewer', password: managerPassword }, patient());
  const sent = replay.requests.flatMap(({ token }) => token ?? []);
  expect(new Set(sent).size).toBe(3);
  for (const token of sent) expect(secrets).toContain(token);
  expect(secrets.filter((secret) => secret.startsWith('refresh-'))).toHaveLength(3);
});

test.for([
  [login, 401],
  [login, 500],
  [refresh, 500],
  [list, 500],
  [list, 401],
] as const)('no state and no failure repeats a secret that %s says with %i', async ([line, status]) => {
  const { session, secrets, replay, read } = await sessionBed();
  const states: unknown[] = [];
  session.state.subscribe(({ value }) => states.push(value));
  if (line !== login) await read();
  replay.expireAccess();
  replay.answer(line, (response, { token, body }) =>
    sendJson(response, status, { detail: `refused ${token} ${JSON.stringify(body)}` }),
  );
  const { message } = await failureOf(read());
  expect(message).toContain(`(${line}, ${status})`);
  for (const secret of secrets) expect(JSON.stringify([states, message])).not.toContain(secret);
});

test('signing out gives up a sign-in that is under way', async () => {
  const { session, replay } = await sessionBed();
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  replay.answer(login, () => resolve());
  const signingIn = session
    .signIn({ user: 'viewer', password: 'another-password' }, new AbortController().signal)
    .catch((error: unknown) => error);
  await asked;
  session.signOut();
  expect(await signingIn).toMatchObject({ code: 'cancelled' });
  expect(session.state.value).toMatchObject({ user: null, signedOut: 'Signed out. Sign in to go on.' });
});
