import { describe, expect, test } from 'vitest';
import { portalContract } from '../../../shared/contract/portal.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { sendJson } from '../../support/loopback.ts';
import { alice, bob, portalBed, refusalOf, robot, signIn } from './portal-bed.ts';

const list = 'GET /paasservice/paas/engagements';
const endpoints = 'GET /portalservice/configservice/getEndpointsByEngagement/1234';

describe('tokens', () => {
  test('two users at once, each request with its own user’s token', async () => {
    const bed = await portalBed([alice(), bob()]);
    const users = [signIn(bed, alice()), signIn(bed, bob())];
    const work = Array.from({ length: 6 }, (_, n) => users[n % 2] ?? '').flatMap((user) => [
      bed.service.context(user),
      bed.service.vms(user),
      bed.service.clusters(user),
    ]);
    await Promise.all(work);
    expect(bed.server.calls.length).toBeGreaterThan(12);
    const own = bed.server.calls.filter(({ what }) => what !== list);
    const tokensFor = (id: string): Set<string | null> =>
      new Set(
        own.filter(({ what, body }) => (what + JSON.stringify(body)).includes(id)).map(({ token }) => token),
      );
    expect(tokensFor('1234')).toEqual(new Set(['token-of-alice']));
    expect(tokensFor('5678')).toEqual(new Set(['token-of-bob']));
    expect(own.every(({ what, body }) => /1234|5678/.test(what + JSON.stringify(body)))).toBe(true);
    const [a = '', b = ''] = users;
    expect((await bed.service.vms(a)).vms[0]?.name).toBe('machine-1234');
    expect((await bed.service.vms(b)).vms[0]?.name).toBe('machine-5678');
  });

  test('a refused token is said in the state; what is stored stays; signing in anew loads at once', async () => {
    const person = alice();
    const bed = await portalBed([person, bob()]);
    const user = signIn(bed, person);
    signIn(bed, bob());
    await bed.service.readField(user, 'endpoints');
    person.tokens.splice(0, 1, 'renewed-token-of-alice');
    const { state } = bed.service;
    expect(state.value.users.map((one) => one.needsSignIn)).toEqual([false, false]);
    expect((await refusalOf(() => bed.service.vms(user))).code).toBe('unauthorized');
    expect(state.value.users.map((one) => one.needsSignIn)).toEqual([true, false]);
    expect(portalContract['portal.state'].value.parse(state.value)).toEqual(state.value);
    bed.server.newCalls();
    const half = await bed.service.context(user);
    expect(bed.server.newCalls()).toEqual([]);
    expect(half).toMatchObject({
      engagements: { value: null, failure: { code: 'unauthorized' } },
      endpoints: { served: 'hit', failure: null },
      zones: { value: null, failure: { code: 'unauthorized' } },
    });
    signIn(bed, person);
    expect((await bed.service.vms(user)).vms).toHaveLength(1);
    expect((await bed.service.context(user)).zones.failure).toBeNull();
  });

  test('the service account signs in by itself and again when its token is refused', async () => {
    const person = robot();
    const bed = await portalBed([person], person);
    const user = userRef(person.email);
    expect(bed.service.state.value).toMatchObject({
      connected: true,
      url: `${bed.server.url}/`,
      users: [{ user, masked: 'r•••t@example.com', kind: 'service', needsSignIn: false }],
    });
    await bed.service.vms(user);
    person.tokens.splice(0);
    await bed.service.vms(user);
    const last = bed.server.calls.slice(-4).map(({ what, token }) => [what.split('/').at(-1), token]);
    expect(last).toEqual([
      ['14321', 'service-token-1'],
      ['14321', 'service-token-1'],
      ['getAuthToken', null],
      ['14321', 'service-token-2'],
    ]);
    expect(bed.secrets).toEqual(['service-token-1', 'service-token-2']);
    expect(bed.service.canRenew(user)).toBe(true);
  });

  test('an account that the portal refuses is tried once, and its password told to nobody', async () => {
    const person = { ...robot(), password: 'right' };
    const bed = await portalBed([person], robot());
    const user = userRef(person.email);
    const context = await bed.service.context(user);
    expect(context.engagements.failure).toEqual({
      code: 'unauthorized',
      message: 'The portal did not sign in this account (500: Invalid user credentials).',
    });
    expect(bed.server.newCalls()).toEqual(['POST /portalservice/api/v1/getAuthToken']);
    expect(JSON.stringify([context, bed.lines])).not.toContain('robot-password');
  });

  test('signing out forgets token and session and cancels what is in flight', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    await bed.service.readField(user, 'endpoints');
    const asked = Promise.withResolvers<void>();
    bed.server.script('/vmlist/', (response) => {
      asked.resolve();
      return new Promise((closed) => response.once('close', closed));
    });
    const waiting = refusalOf(() => bed.service.vms(user));
    await asked.promise;
    bed.service.signOut(user);
    expect(await waiting).toMatchObject({ code: 'cancelled', message: 'The user signed out.' });
    expect(bed.service.state.value.users).toEqual([]);
    expect(bed.sessions.engagementId(alice().email)).toBeNull();
    expect((await refusalOf(() => bed.service.context(user))).code).toBe('unauthorized');
    bed.server.newCalls();
    signIn(bed, alice());
    await bed.service.readField(user, 'endpoints');
    expect(bed.server.newCalls()).toEqual([list, endpoints]);
  });

  test('signed out during a context, a user is not known to the store again', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    bed.server.script('/engagements', () => (resolve(), new Promise<void>(() => {})));
    const late = refusalOf(() => bed.service.context(user));
    await asked;
    bed.service.signOut(user);
    expect((await late).code).toBe('cancelled');
    expect(bed.sessions.users).toEqual([]);
    expect(bed.sessions.emailOf(user)).toBeUndefined();
  });

  test('signing out ends a measurement for good, also for an account that could sign in anew', async () => {
    const bed = await portalBed([robot()], robot());
    const ask = bed.service.asker(userRef(robot().email));
    const { signal } = new AbortController();
    await ask(signal, (source, request) => source.engagements(request));
    bed.service.signOut(userRef(robot().email));
    bed.server.newCalls();
    await expect(ask(signal, (source, request) => source.engagements(request))).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The user signed out.',
    });
    expect(bed.server.newCalls()).toEqual([]);
  });

  test('no token is in a line of the log, in the state or in an answer', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    bed.server.script('/zonelist', (response, { token }) =>
      sendJson(response, 200, { status: 'failed', message: `token ${token} is weak` }),
    );
    const told = [
      await bed.service.context(user),
      await bed.service.clusters(user),
      await bed.service.vms(user),
    ];
    expect(bed.lines.length).toBeGreaterThan(3);
    expect(JSON.stringify([told, bed.lines, bed.service.state.value])).not.toContain('token-of-alice');
  });
});
