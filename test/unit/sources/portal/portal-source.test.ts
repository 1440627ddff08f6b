import { expect, test } from 'vitest';
import type { ServerResponse } from 'node:http';
import { createPortalSource } from '../../../../electron/core/sources/portal/portal-source.ts';
import type { PortalRequest, PortalSource } from '../../../../electron/core/sources/portal/portal-source.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { sendJson } from '../../../support/loopback.ts';
import { recordingLog } from '../../../support/recording-log.ts';
import { failureOf, patient, raw, served } from '../source-testing.ts';
import type { Answer } from '../source-testing.ts';

const token = 'token-of-alice';
const ask = (): PortalRequest => ({ token, signal: patient() });
const success =
  (data: unknown): Answer =>
  (response: ServerResponse) =>
    sendJson(response, 200, { status: 'success', data, responseCode: 200 });

async function portal(routes: Readonly<Record<string, Answer>>): Promise<PortalSource> {
  const { url } = await served(routes);
  return createPortalSource({ url, uatPaths: false, log: recordingLog().log, clock: new FakeClock() });
}

const engagementsPath = '/paasservice/paas/engagements';
const vmPath = '/portalservice/instances/vmlist/1602';

test('engagements: numbers as text, missing and unknown fields', async () => {
  const source = await portal({
    [engagementsPath]: success([
      { id: 1234, engagementName: 'Alpha', engagementType: 'PaaS', customerName: 'Acme', secret: 'dropped' },
      { id: '5678', engagementName: '' },
    ]),
  });
  expect(await source.engagements(ask())).toEqual([
    { id: 1234, name: 'Alpha', type: 'PaaS', customer: 'Acme' },
    { id: 5678, name: null, type: null, customer: null },
  ]);
});

test('ids, endpoints, units, environments and zones', async () => {
  const source = await portal({
    '/paasservice/paas/getIpcEngFromPaasEng/1234': success({ ipc_engid: 1602 }),
    '/portalservice/configservice/getEndpointsByEngagement/1234': success([
      { endpointId: 11, endpointDisplayName: 'Delhi', endpoint: 'EP_V2_DEL', aiCloudEnabled: 'yes' },
      { endpointId: 12, aiCloudEnabled: 'NO' },
      { endpointId: 13, aiCloudEnabled: 'perhaps' },
    ]),
    '/portalservice/securityservice/departments/1602': success({
      engagement: { id: 1602, name: 'Alpha' },
      department: [{ id: 1, name: 'Sales', noOfEnvironments: '2', noOfZones: 0, noOfVMs: 'many' }],
    }),
    '/portalservice/securityservice/environmentsperengagement/1602': success([{ id: 7, name: 'prod', x: 1 }]),
    '/portalservice/api/v1/1602/zonelist': success([
      {
        zoneId: 9,
        zoneName: 'dmz',
        departmentName: 'Sales',
        environmentName: 'prod',
        cidr: '10.0.0.0/24',
        status: 'ACTIVE',
        endpointName: 'Delhi',
        hypervisors: [],
      },
    ]),
  });
  expect(await source.ipcEngagementId(1234, ask())).toBe(1602);
  expect(await source.endpoints(1234, ask())).toEqual([
    { id: 11, name: 'Delhi', technicalName: 'EP_V2_DEL', aiCloud: true },
    { id: 12, name: null, technicalName: null, aiCloud: false },
    { id: 13, name: null, technicalName: null, aiCloud: null },
  ]);
  expect(await source.businessUnits(1602, ask())).toEqual([
    { id: 1, name: 'Sales', environments: 2, zones: 0, vms: null },
  ]);
  expect(await source.environments(1602, ask())).toEqual([{ id: 7, name: 'prod' }]);
  expect(await source.zones(1602, ask())).toEqual([
    {
      id: 9,
      name: 'dmz',
      businessUnit: 'Sales',
      environment: 'prod',
      cidr: '10.0.0.0/24',
      status: 'ACTIVE',
      endpoint: 'Delhi',
    },
  ]);
});

test('machines: text for numbers, nested names, all that may be missing, the portal’s own age', async () => {
  const source = await portal({
    [vmPath]: success({
      lastSyncedAt: '2025-04-08 10:08:38',
      vmList: [
        {
          virtualMachine: {
            vmId: 77,
            vmuuid: 'u-77',
            vmName: 'web-1',
            storage: 100,
            createdTime: 1744106918000,
            endpoint: { endpointName: 'Delhi' },
            zone: { zoneName: 'dmz' },
            department: { departmentName: 'Sales' },
            vmAttributes: {
              'VM Status': 'ACTIVE',
              IP: '10.0.0.4',
              vCPU: '8',
              RAM: '32768',
              OSMake: 'Ubuntu',
              OSVersion: '22.04',
            },
            tags: [],
          },
        },
        { virtualMachine: { vmuuid: 'u-78', zone: null, createdTime: '2025-04-08T15:38:38+05:30' } },
      ],
    }),
  });
  const { vms, syncedAt } = await source.vms(1602, ask());
  expect(syncedAt).toEqual({ at: 1744106918000, zoneStated: false });
  expect(vms).toEqual([
    {
      id: '77',
      name: 'web-1',
      status: 'ACTIVE',
      ip: '10.0.0.4',
      cpus: 8,
      memoryMb: 32768,
      storageGb: 100,
      os: 'Ubuntu 22.04',
      endpoint: 'Delhi',
      zone: 'dmz',
      businessUnit: 'Sales',
      createdAt: 1744106918000,
    },
    {
      id: 'u-78',
      name: null,
      status: null,
      ip: null,
      cpus: null,
      memoryMb: null,
      storageGb: null,
      os: null,
      endpoint: null,
      zone: null,
      businessUnit: null,
      createdAt: 1744106918000,
    },
  ]);
});

test('a list without its envelope is read as well', async () => {
  const source = await portal({ [engagementsPath]: (response) => sendJson(response, 200, [{ id: 1 }]) });
  expect(await source.engagements(ask())).toEqual([{ id: 1, name: null, type: null, customer: null }]);
});

test.each([
  [
    { status: 'failed', message: 'Engagement is locked.' },
    'server-error',
    'The portal failed GET /paasservice/paas/engagements: Engagement is locked.',
  ],
  [
    { status: 'FAILED', data: 'no rights', responseCode: '403' },
    'forbidden',
    'The portal failed GET /paasservice/paas/engagements: no rights.',
  ],
  [
    { status: 'failed', message: 'Token expired', responseCode: 401 },
    'unauthorized',
    'The portal failed GET /paasservice/paas/engagements: Token expired.',
  ],
  [
    { status: 'failed', responseCode: 404 },
    'not-found',
    'The portal failed GET /paasservice/paas/engagements without a reason (404).',
  ],
  [
    { status: 'failed', responseCode: 429 },
    'rate-limited',
    'The portal failed GET /paasservice/paas/engagements without a reason (429).',
  ],
  [
    { status: 'failed', data: null },
    'server-error',
    'The portal failed GET /paasservice/paas/engagements without a reason.',
  ],
  [
    { status: 'success', data: null },
    'bad-reply',
    'The reply of GET /paasservice/paas/engagements is not what a portal sends.',
  ],
  [
    { status: 'success' },
    'bad-reply',
    'The reply of GET /paasservice/paas/engagements is not what a portal sends.',
  ],
  [
    { status: 'success', data: [{ id: 'abc' }] },
    'bad-reply',
    'The reply of GET /paasservice/paas/engagements has an unexpected value in the field 0.id.',
  ],
  [
    { status: 'success', data: [{ id: 1, engagementName: {} }] },
    'bad-reply',
    'The reply of GET /paasservice/paas/engagements has an unexpected value in the field 0.engagementName.',
  ],
])('HTTP 200 with %j', async (reply, code, message) => {
  const source = await portal({ [engagementsPath]: (response) => sendJson(response, 200, reply) });
  expect(await failureOf(source.engagements(ask()))).toMatchObject({ code, message });
});

test('the portal’s words are told without the token and without e-mail addresses', async () => {
  const message = `bad token ${token} of alice@example.com`;
  const source = await portal({
    [engagementsPath]: (response) => sendJson(response, 200, { status: 'failed', message }),
    [vmPath]: (response) => sendJson(response, 500, { message: `cannot use ${token}` }),
  });
  const failed = await failureOf(source.engagements(ask()));
  expect(failed.message).toBe(
    'The portal failed GET /paasservice/paas/engagements: bad token ••• of a•••e@example.com.',
  );
  expect((await failureOf(source.vms(1602, ask()))).message).not.toContain(token);
});

test.each([
  [
    401,
    'unauthorized',
    'The portal asks for a valid token (GET /portalservice/instances/vmlist/1602, 401: gone).',
  ],
  [
    403,
    'forbidden',
    'The portal does not accept this token here (GET /portalservice/instances/vmlist/1602, 403: gone).',
  ],
  [404, 'not-found', 'The portal does not offer GET /portalservice/instances/vmlist/1602 (404).'],
  [503, 'server-error', 'The portal failed (GET /portalservice/instances/vmlist/1602, 503: gone).'],
])('HTTP %i', async (status, code, message) => {
  const source = await portal({ [vmPath]: (response) => sendJson(response, status, { message: 'gone' }) });
  expect(await failureOf(source.vms(1602, ask()))).toMatchObject({ code, message });
});

test('a machine without any id, a web page, a token that no header can carry', async () => {
  const source = await portal({
    [vmPath]: success({ vmList: [{ virtualMachine: { vmName: 'nameless' } }] }),
    [engagementsPath]: raw(200, 'text/html', '<html>login</html>'),
  });
  expect(await failureOf(source.vms(1602, ask()))).toMatchObject({
    code: 'bad-reply',
    message:
      'The reply of GET /portalservice/instances/vmlist/1602 has an unexpected value in the field vmList.0.vmId.',
  });
  expect((await failureOf(source.engagements(ask()))).message).toContain('a web page instead of data');
  const bad = await failureOf(source.engagements({ token: 'with space', signal: patient() }));
  expect(bad).toMatchObject({
    code: 'unauthorized',
    message: 'The token holds characters that no HTTP header can carry.',
  });
});

test('nobody there, a time limit, a caller who left', async () => {
  const gone = await served({});
  await gone.close();
  const clock = new FakeClock();
  const { log } = recordingLog();
  const source = createPortalSource({ url: gone.url, uatPaths: false, log, clock });
  expect((await failureOf(source.engagements(ask()))).code).toBe('unreachable');

  const silent = await portal({ [engagementsPath]: () => {} });
  const limit = new AbortController();
  const waiting = failureOf(silent.engagements({ token, signal: limit.signal }));
  limit.abort(new DOMException('over', 'TimeoutError'));
  expect(await waiting).toMatchObject({
    code: 'timeout',
    message: 'The portal did not answer GET /paasservice/paas/engagements in time.',
  });
  const left = new AbortController();
  left.abort();
  expect((await failureOf(silent.engagements({ token, signal: left.signal }))).code).toBe('cancelled');
});
