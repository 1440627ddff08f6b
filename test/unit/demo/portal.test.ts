import { describe, expect, it, onTestFinished } from 'vitest';
import { portalContract } from '../../../shared/contract/portal.ts';
import type { Endpoint } from '../../../shared/contract/portal.ts';
import { startDemo } from '../../../electron/core/demo/demo-server.ts';
import type { PortalUserName } from '../../../electron/core/demo/portal/cast.ts';
import { Redactor } from '../../../electron/core/logs/redact.ts';
import { silentLog } from '../../../electron/core/log.ts';
import { createJsonClient } from '../../../electron/core/sources/http-json.ts';
import { createPortalSource } from '../../../electron/core/sources/portal/portal-source.ts';
import { signInToPortal } from '../../../electron/core/sources/portal/sign-in.ts';
import { AskedTime } from '../../support/asked-time.ts';
import { seededRandom } from '../../support/eager-clock.ts';
import { failureOf, patient } from '../sources/source-testing.ts';

const minute = 60_000;

async function demo() {
  const clock = new AskedTime();
  const backend = await startDemo({ clock: clock.server, random: seededRandom() });
  onTestFinished(() => backend.close());
  const sourceOn = (uatPaths: boolean) =>
    createPortalSource({ url: backend.url, uatPaths, log: silentLog, clock });
  const client = createJsonClient({ who: 'The portal', baseUrl: new URL(backend.url), headers: {} });
  const signIn = (name: PortalUserName) => signInToPortal(client, backend.portal.accounts[name], patient());
  const as = async (name: PortalUserName) => ({ token: await signIn(name), signal: patient() });
  /** ms a call takes by the clock. */
  const timed = async (call: () => Promise<unknown>): Promise<number> => {
    const before = clock.mono();
    await call();
    return clock.mono() - before;
  };
  return { backend, clock, source: sourceOn(true), seedSource: sourceOn(false), client, signIn, as, timed };
}

describe('users', () => {
  it.each([
    ['customer', ['Orchard Foods']],
    ['engineer', ['Orchard Foods', 'Quarry Stone', 'Harbour Lines']],
    ['viewer', ['Quarry Stone']],
  ] as const)('the %s sees the engagements of %j', async (name, customers) => {
    const { source, as } = await demo();
    const list = await source.engagements(await as(name));
    expect(list.map(({ customer }) => customer)).toEqual(customers);
    expect(new Set(list.map(({ id }) => id)).size).toBe(customers.length);
  });

  it('refuses a wrong password as the real portal does, with HTTP 200', async () => {
    const { backend, client } = await demo();
    const { email } = backend.portal.accounts.customer;
    const reply = await client.post('/portalservice/api/v1/getAuthToken', patient(), {
      email,
      password: 'x',
    });
    expect(reply).toEqual({ statusCode: 500, accessToken: 'Invalid user name or password' });
    const failure = await failureOf(signInToPortal(client, { email, password: 'x' }, patient()));
    expect(failure).toMatchObject({ code: 'unauthorized' });
    expect(failure.message).toContain('Invalid user name or password');
  });

  it('shows nobody what is another’s', async () => {
    const { source, seedSource, as } = await demo();
    const viewer = await as('viewer');
    const denied = [
      () => source.ipcEngagementId(1234, viewer),
      () => source.endpoints(1234, viewer),
      () => source.businessUnits(1602, viewer),
      () => source.environments(1602, viewer),
      () => source.zones(1602, viewer),
      () => source.vms(1602, viewer),
    ];
    for (const ask of denied) expect(await failureOf(ask())).toMatchObject({ code: 'forbidden' });
    const foreign = await source.endpoints(1234, await as('customer'));
    for (const one of [source, seedSource]) {
      expect(await failureOf(one.clusters(5678, foreign, viewer))).toMatchObject({ code: 'forbidden' });
    }
  });

  it('gives another engagement nothing that the first has', async () => {
    const { source, as } = await demo();
    const engineer = await as('engineer');
    const names: string[] = [];
    const ids: (string | number)[] = [];
    for (const { id } of await source.engagements(engineer)) {
      const ipc = await source.ipcEngagementId(id, engineer);
      const { vms } = await source.vms(ipc, engineer);
      names.push(...vms.map((vm) => vm.name ?? ''));
      ids.push(...(await source.endpoints(id, engineer)).map((one) => one.id));
      ids.push(...(await source.businessUnits(ipc, engineer)).map((one) => one.id));
      ids.push(...(await source.environments(ipc, engineer)).map((one) => one.id));
      ids.push(...(await source.zones(ipc, engineer)).map((one) => one.id));
    }
    expect(names).toHaveLength(24 + 14 + 9);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('tokens', () => {
  it('one of the service login is good for 8 minutes', async () => {
    const { clock, source, as } = await demo();
    const customer = await as('customer');
    await clock.advance(8 * minute - 1000);
    await source.engagements(customer);
    await clock.advance(1000);
    expect(await failureOf(source.engagements(customer))).toMatchObject({ code: 'unauthorized' });
  });

  it('of the two ready ones, one lasts and one is good for 2 minutes from its first use', async () => {
    const { backend, clock, source } = await demo();
    const { lasting, expiring } = backend.portal.tokens;
    const using = ({ token }: { token: string }) => source.engagements({ token, signal: patient() });
    await clock.advance(60 * minute);
    expect(await using(expiring)).toHaveLength(1);
    await clock.advance(2 * minute - 1000);
    expect(await using(expiring)).toHaveLength(1);
    await clock.advance(1000);
    const failure = await failureOf(using(expiring));
    expect(failure.code).toBe('unauthorized');
    expect(failure.message).toContain('Token has expired');
    expect(await using(lasting)).toHaveLength(3);
  });

  it('look like JSON web tokens, and so do not survive a redactor that never saw them', async () => {
    const { backend, signIn } = await demo();
    const tokens = [await signIn('customer'), backend.portal.tokens.expiring.token];
    const middle = JSON.parse(Buffer.from(tokens[0]?.split('.')[1] ?? '', 'base64url').toString()) as unknown;
    expect(middle).toMatchObject({ preferred_username: 'customer@orchard.example' });
    for (const token of tokens) expect(new Redactor().clean(`token was ${token}`)).toBe('token was •••');
    expect(backend.secrets).toEqual(expect.arrayContaining(tokens));
    expect(backend.secrets).toContain(backend.portal.accounts.engineer.password);
    expect(backend.secrets).toContain(backend.apiKey);
  });

  it('are others with every start', async () => {
    const { backend } = await demo();
    const again = await startDemo({ clock: new AskedTime().server, random: seededRandom(2) });
    onTestFinished(() => again.close());
    expect(again.secrets.filter((secret) => backend.secrets.includes(secret))).toEqual([]);
  });

  it('are asked for by every call but the login', async () => {
    const { source } = await demo();
    const none = { token: 'nobodys-token', signal: patient() };
    for (const ask of [() => source.engagements(none), () => source.vms(1602, none)]) {
      expect(await failureOf(ask())).toMatchObject({ code: 'unauthorized' });
    }
  });
});

describe('latencies and values', () => {
  it('takes exactly what the session document says', async () => {
    const { source, seedSource, as, timed } = await demo();
    const customer = await as('customer');
    const endpoints = await source.endpoints(1234, customer);
    expect({
      engagements: await timed(() => source.engagements(customer)),
      ipc: await timed(() => source.ipcEngagementId(1234, customer)),
      vms: await timed(() => source.vms(1602, customer)),
      clusters: await timed(() => source.clusters(1234, endpoints, customer)),
      seedClusters: await timed(() => seedSource.clusters(1234, endpoints, customer)),
      units: await timed(() => source.businessUnits(1602, customer)),
      endpoints: await timed(() => source.endpoints(1234, customer)),
      environments: await timed(() => source.environments(1602, customer)),
      zones: await timed(() => source.zones(1602, customer)),
    }).toEqual({
      engagements: 300,
      ipc: 250,
      vms: 400,
      clusters: 600,
      seedClusters: 600,
      units: 200,
      endpoints: 200,
      environments: 200,
      zones: 200,
    });
  });

  it('fits the contract in every field', async () => {
    const { clock, source, as } = await demo();
    const customer = await as('customer');
    const context = {
      engagement: (await source.engagements(customer))[0],
      ipcEngagementId: await source.ipcEngagementId(1234, customer),
      endpoints: await source.endpoints(1234, customer),
      businessUnits: await source.businessUnits(1602, customer),
      environments: await source.environments(1602, customer),
      zones: await source.zones(1602, customer),
    };
    const { output } = portalContract['portal.context'];
    for (const [name, value] of Object.entries(context)) {
      const field = output.shape[name as keyof typeof context].shape.value;
      expect({ [name]: field.parse(value) }).toEqual({ [name]: value });
      expect(`${name} ${JSON.stringify(value)}`).not.toContain('null');
    }
    expect([context.endpoints.length, context.businessUnits.length, context.environments.length]).toEqual([
      10, 20, 30,
    ]);
    const { vms, syncedAt } = await source.vms(1602, customer);
    expect(portalContract['portal.vms'].output.shape.vms.parse(vms)).toEqual(vms);
    expect(vms.map(({ status }) => status)).toEqual(expect.arrayContaining(['ACTIVE', 'PENDING', 'RESTORE']));
    expect(vms.every(({ createdAt, memoryMb, cpus }) => createdAt && memoryMb && cpus)).toBe(true);
    const age = clock.wall() - (syncedAt?.at ?? NaN);
    expect(age).toBeGreaterThanOrEqual(2 * minute - 1000);
    expect(age).toBeLessThan(12 * minute + 1000);
  });
});

describe('the stream of clusters', () => {
  it('is what the real one sends: events, comments, three ways to write a time, an end', async () => {
    const { backend, as } = await demo();
    const { token } = await as('customer');
    const reply = await fetch(`${backend.url}/uat-paasservice/paas/1234/clusterlist/stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ endpoints: [123401, 123403] }),
    });
    expect(reply.headers.get('content-type')).toContain('text/event-stream');
    const text = await reply.text();
    expect(text.startsWith(':ping\n\nevent: endpoint\nid: 123401\ndata: {"endpointId":123401,')).toBe(true);
    expect(text).toMatch(/"createdTime":\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.0[,}]/);
    expect(text).toMatch(/"createdTime":\d{13}[,}]/);
    expect(text).toContain('"nodescount":"');
    expect(text).toContain('"clusters":[],"error":"Cluster service of Chennai');
    expect(text.endsWith('event: complete\ndata: done\n\n')).toBe(true);
  });

  it('tells every data centre’s own fate', async () => {
    const { source, as } = await demo();
    const engineer = await as('engineer');
    const fates: Record<string, string> = {};
    for (const id of [1234, 7301]) {
      const asked = await source.endpoints(id, engineer);
      const seen: number[] = [];
      const list = await source.clusters(id, asked, engineer, (site) => seen.push(site.endpointId));
      expect(
        portalContract['portal.clusters'].output.parse({ ...list, loadedAt: 0, engagementId: id }),
      ).toMatchObject(list);
      expect(list.complete).toBe(true);
      expect(seen).toEqual(asked.map((one: Endpoint) => one.id));
      for (const { name, error, clusters } of list.sites) {
        expect(clusters.every(({ createdAt, nodes, backup }) => createdAt && nodes && backup !== null)).toBe(
          true,
        );
        fates[`${id} ${name}`] = error ?? String(clusters.length);
      }
    }
    expect(fates).toEqual({
      '1234 Delhi': '2',
      '1234 Mumbai-BKC': '3',
      '1234 Chennai': 'Cluster service of Chennai did not answer within 20 s',
      '1234 Bengaluru': '0',
      '1234 Hyderabad': '2',
      '1234 Pune': '3',
      '1234 Kolkata': '2',
      '1234 Singapore': '0',
      '1234 London': '2',
      '1234 Frankfurt': '3',
      '7301 Singapore': '2',
      '7301 London': '3',
      '7301 Frankfurt': '2',
    });
  });
});

describe('scripted faults', () => {
  it('site-down: one data centre answers, the stream breaks off', async () => {
    const { backend, source, as } = await demo();
    const viewer = await as('viewer');
    const asked = await source.endpoints(5678, viewer);
    await backend.setFault('site-down');
    const { sites, complete } = await source.clusters(5678, asked, viewer);
    expect(complete).toBe(false);
    expect(sites.map(({ error }) => error !== null)).toEqual([false, true, true]);
    await backend.setFault('none');
    expect((await source.clusters(5678, asked, viewer)).complete).toBe(true);
  });

  it('token-expires: what was handed out before is refused, what comes after is not', async () => {
    const { backend, source, as } = await demo();
    const customer = await as('customer');
    const pasted = { token: backend.portal.tokens.lasting.token, signal: patient() };
    await backend.setFault('token-expires');
    for (const old of [customer, pasted]) {
      expect(await failureOf(source.engagements(old))).toMatchObject({ code: 'unauthorized' });
    }
    expect(await source.engagements(await as('customer'))).toHaveLength(1);
    await backend.setFault('none');
    expect(await source.engagements(pasted)).toHaveLength(3);
  });

  it('engagement-changed: the customer has another IPC id, and the old one is nobody’s', async () => {
    const { backend, source, as } = await demo();
    const customer = await as('customer');
    const before = await source.businessUnits(await source.ipcEngagementId(1234, customer), customer);
    await backend.setFault('engagement-changed');
    const next = await source.ipcEngagementId(1234, customer);
    expect(next).toBe(1788);
    expect(await failureOf(source.vms(1602, customer))).toMatchObject({ code: 'forbidden' });
    const after = await source.businessUnits(next, customer);
    expect(after.filter(({ id }) => before.some((one) => one.id === id))).toEqual([]);
    const viewer = await as('viewer');
    expect(await source.ipcEngagementId(5678, viewer)).toBe(2001);
  });

  it('slow: a reply begins after 3 s', async () => {
    const { backend, source, as, timed } = await demo();
    const customer = await as('customer');
    const asked = await source.endpoints(1234, customer);
    await backend.setFault('slow');
    expect(await timed(() => source.vms(1602, customer))).toBe(3000);
    expect(await timed(() => source.clusters(1234, asked, customer))).toBe(3450);
  });

  it('frozen: a stream that has begun goes on, what is asked for then hangs', async () => {
    const { backend, source, as } = await demo();
    const customer = await as('customer');
    const asked = await source.endpoints(1234, customer);
    const listing = source.clusters(1234, asked, customer, () => void backend.setFault('frozen'));
    expect((await listing).complete).toBe(true);
    const hanging = source.vms(1602, { token: customer.token, signal: AbortSignal.timeout(50) });
    expect(await failureOf(hanging)).toMatchObject({ code: 'timeout' });
  });

  it('closing cuts a stream', async () => {
    const { backend, source, as } = await demo();
    const customer = await as('customer');
    const asked = await source.endpoints(1234, customer);
    const listing = source.clusters(1234, asked, customer, () => void backend.close());
    expect((await listing).complete).toBe(false);
  });

  it.each([
    ['error-500', 'server-error'],
    ['malformed', 'bad-reply'],
    ['refused', 'unreachable'],
  ] as const)('%s reaches the portal as well', async (fault, code) => {
    const { backend, source, as } = await demo();
    const customer = await as('customer');
    const asked = await source.endpoints(1234, customer);
    await backend.setFault(fault);
    expect(await failureOf(source.engagements(customer))).toMatchObject({ code });
    expect(await failureOf(source.clusters(1234, asked, customer))).toMatchObject({ code });
  });
});

it('counts its requests by path and knows no other paths', async () => {
  const { backend, source, as } = await demo();
  const customer = await as('customer');
  await source.vms(1602, customer);
  expect(backend.requestCount('/portalservice/instances/vmlist/1602')).toBe(1);
  const other = await fetch(`${backend.url}/portalservice/other`, {
    headers: { authorization: `Bearer ${customer.token}` },
  });
  expect([other.status, await other.json()]).toMatchObject([404, { status: 'failed' }]);
});

it('drops a request of more than 64 KiB', async () => {
  const { backend } = await demo();
  const huge = fetch(`${backend.url}/portalservice/api/v1/getAuthToken`, {
    method: 'POST',
    body: 'x'.repeat(100_000),
  });
  await expect(huge).rejects.toThrow('fetch failed');
});
