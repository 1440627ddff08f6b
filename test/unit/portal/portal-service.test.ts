import { describe, expect, test } from 'vitest';
import { portalContract } from '../../../shared/contract/portal.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { PortalService } from '../../../electron/core/portal/portal-service.ts';
import { sendJson } from '../../support/loopback.ts';
import { completeEvent, sendStream, siteEvent } from '../../support/scripted-portal.ts';
import { alice, bob, erin, portalBed, refusalOf, robot, signIn } from './portal-bed.ts';

const list = 'GET /paasservice/paas/engagements';
const ipc = 'GET /paasservice/paas/getIpcEngFromPaasEng/1234';
const endpoints = 'GET /portalservice/configservice/getEndpointsByEngagement/1234';
const vms = 'GET /portalservice/instances/vmlist/11234';
const stream = 'POST /paasservice/paas/clusterlist/stream';
const departments = 'GET /portalservice/securityservice/departments/11234';
const environments = 'GET /portalservice/securityservice/environmentsperengagement/11234';
const zones = 'GET /portalservice/api/v1/11234/zonelist';

describe('the seed’s flow', () => {
  test('machines cost three calls, then one; clusters the endpoints and the stream, then the stream', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    const first = await bed.service.vms(user);
    expect(bed.server.newCalls()).toEqual([list, ipc, vms]);
    expect(first.vms.map(({ name }) => name)).toEqual(['machine-1234']);
    expect(first).toMatchObject({ syncedAt: 1_000_000_000_000 - 400_000, syncedZone: 'assumed-utc' });
    await bed.service.vms(user);
    expect(bed.server.newCalls()).toEqual([vms]);
    const { sites, complete } = await bed.service.clusters(user);
    expect(bed.server.newCalls()).toEqual([endpoints, stream]);
    expect(complete).toBe(true);
    expect(sites.map(({ name, clusters }) => [name, clusters[0]?.name])).toEqual([
      ['Site 12341', 'cluster-12341'],
      ['Site 12342', 'cluster-12342'],
    ]);
    await bed.service.clusters(user);
    expect(bed.server.newCalls()).toEqual([stream]);
  });

  test('business units, environments and endpoints cost what they add, then nothing', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    await bed.service.readField(user, 'business_units');
    expect(bed.server.newCalls()).toEqual([list, ipc, departments]);
    await bed.service.readField(user, 'environments_list');
    await bed.service.readField(user, 'endpoints');
    await bed.service.readField(user, 'zones');
    expect(bed.server.newCalls()).toEqual([environments, endpoints, zones]);
    for (const field of ['business_units', 'zones', 'engagement_data', 'ipc_engagement_id'] as const) {
      await bed.service.readField(user, field);
    }
    expect(bed.server.newCalls()).toEqual([]);
    await bed.service.readField(user, 'zones', { forceRefresh: true });
    expect(bed.server.newCalls()).toEqual([zones]);
    await bed.service.readField(user, 'paas_engagement_id', { forceRefresh: true });
    expect(bed.server.newCalls()).toEqual([list]);
  });

  test('the context costs six calls, then the list of engagements alone', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    const cold = await bed.service.context(user);
    expect(bed.server.newCalls().toSorted()).toEqual(
      [list, ipc, endpoints, departments, environments, zones].toSorted(),
    );
    expect(cold).toMatchObject({
      mustChoose: false,
      engagements: { value: [{ id: 1234 }], served: 'miss', failure: null },
      engagement: { value: { id: 1234, name: 'Engagement 1234', customer: 'Customer 1234' } },
      ipcEngagementId: { value: 11234, served: 'miss' },
      endpoints: {
        value: [
          { name: 'Site 1234-1', aiCloud: true },
          { name: 'Site 1234-2', aiCloud: false },
        ],
      },
      businessUnits: { value: [{ name: 'Unit 1234', zones: 3 }] },
      environments: { value: [{ id: 12340, name: 'Environment 1234' }] },
      zones: { value: [{ name: 'Zone 1234', cidr: '10.0.0.0/24' }] },
    });
    expect(portalContract['portal.context'].output.parse(cold)).toEqual(cold);
    await bed.clock.advance(60_000);
    const warm = await bed.service.context(user);
    expect(bed.server.newCalls()).toEqual([list]);
    expect(warm.zones).toMatchObject({ served: 'hit', age: 60_000, loadedAt: 1_000_000_000_000 });
    expect(warm.engagements).toMatchObject({ served: 'miss', age: 0 });
  });

  test('a refresh of everything asks once for each field; two of them come with the list', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    await bed.service.refresh(user);
    expect(bed.server.newCalls()).toEqual([list, ipc, endpoints, departments, environments, zones]);
    await bed.clock.advance(1000);
    await bed.service.refresh(user);
    expect(bed.server.newCalls()).toEqual([list, ipc, endpoints, departments, environments, zones]);
    bed.server.script('/departments/', (response) => sendJson(response, 500, {}));
    expect(await refusalOf(() => bed.service.refresh(user))).toMatchObject({ code: 'unavailable' });
    expect(bed.server.newCalls()).toEqual([list, ipc, endpoints, departments, environments, zones]);
  });

  test('what expires soon is loaded ahead with the ids it needs, without a lookup counted', async () => {
    const person = robot();
    const bed = await portalBed([person], person);
    const user = userRef(person.email);
    await bed.service.readField(user, 'zones');
    bed.server.newCalls();
    await bed.service.readField(user, 'zones', { ahead: true });
    expect(bed.server.newCalls()).toEqual([]);
    await bed.clock.advance(24 * 3_600_000 - 1000);
    const used = bed.cache.userStatistics(user).counters;
    await bed.service.readField(user, 'zones', { ahead: true });
    expect(bed.server.newCalls().slice(1)).toEqual(
      [list, ipc, zones].map((call) => call.replace('11234', '14321').replace('1234', '4321')),
    );
    const { misses, hits } = bed.cache.userStatistics(user).counters;
    expect({ misses, hits }).toEqual({ misses: used.misses, hits: used.hits });
  });

  test('single requests as a user carry that user’s token and pass the store by', async () => {
    const bed = await portalBed([alice()]);
    const ask = bed.service.asker(signIn(bed, alice()));
    const { signal } = new AbortController();
    for (const _ of [1, 2]) {
      const offered = await ask(signal, (source, request) => source.engagements(request));
      expect(offered.map(({ id }) => id)).toEqual([1234]);
    }
    expect(bed.server.calls.map(({ token }) => token)).toEqual(['token-of-alice', 'token-of-alice']);
    expect(bed.sessions.engagementId(alice().email)).toBeNull();
  });

  test('ten who ask at once cost one call each for what they share', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    await Promise.all(Array.from({ length: 10 }, () => bed.service.readField(user, 'business_units')));
    expect(bed.server.newCalls()).toEqual([list, ipc, departments]);
  });
});

describe('engagements', () => {
  test('several: none is taken until one is chosen; then its data, with one more call for the list', async () => {
    const bed = await portalBed([erin()]);
    const user = signIn(bed, erin());
    const open = await bed.service.context(user);
    expect(bed.server.newCalls()).toEqual([list]);
    expect(open).toMatchObject({
      mustChoose: true,
      engagement: { value: null, served: 'none', failure: null },
      zones: { value: null, served: 'none', failure: null },
    });
    expect(open.engagements.value).toHaveLength(3);
    expect(await refusalOf(() => bed.service.vms(user))).toMatchObject({
      code: 'conflict',
      message: 'This user has 3 engagements; choose one first.',
    });
    bed.server.newCalls();
    const chosen = await bed.service.chooseEngagement(user, 2002);
    expect(bed.server.newCalls().filter((call) => call === list)).toHaveLength(1);
    expect(chosen).toMatchObject({
      mustChoose: false,
      engagement: { value: { id: 2002 } },
      zones: { value: [{ name: 'Zone 2002' }] },
    });
    expect((await bed.service.vms(user)).vms[0]?.name).toBe('machine-2002');
    await bed.service.chooseEngagement(user, 2003);
    expect((await bed.service.vms(user)).vms[0]?.name).toBe('machine-2003');
  });

  test('one that is not offered is refused and changes nothing', async () => {
    const bed = await portalBed([erin()]);
    const user = signIn(bed, erin());
    await bed.service.chooseEngagement(user, 2001);
    expect((await refusalOf(() => bed.service.chooseEngagement(user, 1234))).code).toBe('not-found');
    expect((await bed.service.context(user)).engagement.value?.id).toBe(2001);
  });

  test('a choice outlives the day that its id counts', async () => {
    const bed = await portalBed([erin()]);
    const user = signIn(bed, erin());
    await bed.service.chooseEngagement(user, 2002);
    await bed.clock.advance(24 * 3_600_000);
    expect((await bed.service.context(user)).engagement.value?.id).toBe(2002);
  });

  test('a switch cancels what is in flight for the one before; nothing of it is shown or kept', async () => {
    const bed = await portalBed([erin()]);
    const user = signIn(bed, erin());
    await bed.service.chooseEngagement(user, 2001);
    const asked = Promise.withResolvers<void>();
    bed.server.script('/vmlist/12001', (response) => {
      asked.resolve();
      return new Promise((closed) => response.once('close', closed));
    });
    const old = refusalOf(() => bed.service.vms(user));
    await asked.promise;
    await bed.service.chooseEngagement(user, 2002);
    expect(await old).toMatchObject({ code: 'cancelled', message: 'Another engagement was chosen.' });
    expect((await bed.service.context(user)).businessUnits.value?.[0]?.name).toBe('Unit 2002');
  });

  test('an administrator takes an engagement away: the next context drops all that was known of it', async () => {
    const person = erin();
    const bed = await portalBed([person]);
    const user = signIn(bed, person);
    await bed.service.chooseEngagement(user, 2001);
    person.engagements = [2002, 2003];
    const open = await bed.service.context(user);
    expect(open).toMatchObject({ mustChoose: true, engagement: { value: null }, zones: { value: null } });
    expect((await refusalOf(() => bed.service.vms(user))).code).toBe('conflict');
    person.engagements = [2003];
    expect(await bed.service.context(user)).toMatchObject({
      mustChoose: false,
      engagement: { value: { id: 2003 } },
      zones: { value: [{ name: 'Zone 2003' }] },
    });
  });

  test('a user without any', async () => {
    const person = { ...alice(), engagements: [] };
    const bed = await portalBed([person]);
    const user = signIn(bed, person);
    expect(await bed.service.context(user)).toMatchObject({
      mustChoose: false,
      engagements: { value: [], failure: null },
      ipcEngagementId: { failure: { message: 'This user has no engagement at the portal.' } },
    });
  });
});

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

describe('failures', () => {
  test('of one field hides no other', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    bed.server.script('/departments/', (response) => sendJson(response, 500, { message: 'database down' }));
    expect(await bed.service.context(user)).toMatchObject({
      businessUnits: {
        value: null,
        served: 'none',
        failure: {
          code: 'server-error',
          message: `The portal failed (${departments}, 500: database down).`,
        },
      },
      environments: { failure: null, value: [{}] },
      zones: { failure: null, value: [{}] },
    });
  });

  test('of the list leaves what is stored', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    await bed.service.context(user);
    bed.server.script('/engagements', (response) => sendJson(response, 503, {}));
    expect(await bed.service.context(user)).toMatchObject({
      engagements: { value: null, failure: { code: 'server-error' } },
      engagement: { value: { id: 1234 }, served: 'hit' },
      zones: { served: 'hit' },
    });
  });

  test('of what others need is theirs, too', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    bed.server.script('/getIpcEngFromPaasEng/', (response) => sendJson(response, 403, {}));
    const context = await bed.service.context(user);
    expect(context.zones.failure).toEqual(context.ipcEngagementId.failure);
    expect(context.zones.failure?.code).toBe('forbidden');
    expect(context.endpoints.failure).toBeNull();
    expect((await refusalOf(() => bed.service.vms(user))).code).toBe('forbidden');
  });

  test('machines have 30 s, ids 10 s', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    const hang = (): [Promise<void>, () => Promise<void>] => {
      const { promise, resolve } = Promise.withResolvers<void>();
      return [promise, () => (resolve(), new Promise<void>(() => {}))];
    };
    await bed.service.readField(user, 'ipc_engagement_id');
    const [vmsAsked, hangVms] = hang();
    bed.server.script('/vmlist/', hangVms);
    let ended = false;
    const late = refusalOf(() => bed.service.vms(user)).finally(() => (ended = true));
    await vmsAsked;
    await bed.clock.advance(29_999);
    expect(ended).toBe(false);
    await bed.clock.advance(1);
    expect(await late).toMatchObject({
      code: 'timeout',
      message: `The portal did not answer ${vms} in time.`,
    });

    const [listAsked, hangList] = hang();
    bed.server.script('/engagements', hangList);
    const context = bed.service.context(user);
    await listAsked;
    await bed.clock.advance(10_000);
    expect((await context).engagements.failure?.code).toBe('timeout');
  });

  test('whoever leaves cancels their own list; a site that fails is told beside the others', async () => {
    const bed = await portalBed([alice()]);
    const user = signIn(bed, alice());
    const left = new AbortController();
    left.abort();
    expect((await refusalOf(() => bed.service.vms(user, left.signal))).code).toBe('cancelled');
    bed.server.script('/clusterlist/', (response) => {
      const failed = 'data: {"endpointId":12342,"clusters":[],"error":"timed out"}\n\n';
      sendStream(response, siteEvent(12341) + failed + completeEvent);
    });
    const clusters = await bed.service.clusters(user);
    expect(clusters.sites.map(({ error }) => error)).toEqual([null, 'timed out']);
    expect(portalContract['portal.clusters'].output.parse(clusters)).toEqual(clusters);
  });

  test('a portal sees no more than four requests at once', async () => {
    const bed = await portalBed([alice(), bob()]);
    const users = [signIn(bed, alice()), signIn(bed, bob())];
    let open = 0;
    let most = 0;
    bed.server.script('', async (response) => {
      most = Math.max(most, (open += 1));
      response.once('close', () => (open -= 1));
      await new Promise((later) => setImmediate(later));
    });
    await Promise.all(
      users.flatMap((user) => [bed.service.context(user), bed.service.vms(user), bed.service.clusters(user)]),
    );
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });
});

test('a profile without a portal says so', async () => {
  const { clock, sessions } = await portalBed([]);
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const service = new PortalService({
    portal: null,
    sessions,
    clock,
    log: { debug: write, info: write, warn: write, error: write, debugging: false },
    onSecret: () => {},
  });
  expect(service.state.value).toEqual({ connected: false, url: null, users: [] });
  expect(await refusalOf(() => service.signIn('a@b.io', 'token-of-a'))).toMatchObject({
    code: 'conflict',
    message: 'This profile has no portal.',
  });
  expect(service.canRenew('x')).toBe(false);
  service.stop();
});

test('the end of a profile cancels everything and forgets the tokens', async () => {
  const bed = await portalBed([alice()]);
  const user = signIn(bed, alice());
  const asked = Promise.withResolvers<void>();
  bed.server.script('/vmlist/', (response) => {
    asked.resolve();
    return new Promise((closed) => response.once('close', closed));
  });
  const waiting = refusalOf(() => bed.service.vms(user));
  await asked.promise;
  bed.service.stop();
  expect(await waiting).toMatchObject({ code: 'cancelled', message: 'The profile was disconnected.' });
  expect((await refusalOf(() => bed.service.vms(user))).code).toBe('unauthorized');
});
