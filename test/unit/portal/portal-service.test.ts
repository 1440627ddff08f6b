import { describe, expect, test } from 'vitest';
import { portalContract } from '../../../shared/contract/portal.ts';
import { PortalService } from '../../../electron/core/portal/portal-service.ts';
import { sendJson } from '../../support/loopback.ts';
import { completeEvent, sendStream, siteEvent } from '../../support/scripted-portal.ts';
import { alice, bob, portalBed, refusalOf, signIn } from './portal-bed.ts';

const vms = 'GET /portalservice/instances/vmlist/11234';
const departments = 'GET /portalservice/securityservice/departments/11234';

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
