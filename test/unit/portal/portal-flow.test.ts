import { describe, expect, test } from 'vitest';
import { portalContract } from '../../../shared/contract/portal.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { sendJson } from '../../support/loopback.ts';
import { alice, erin, portalBed, refusalOf, robot, signIn } from './portal-bed.ts';

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
