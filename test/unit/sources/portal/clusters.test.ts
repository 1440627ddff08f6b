import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { ServerResponse } from 'node:http';
import type { ClusterSite, Endpoint } from '../../../../shared/contract/portal.ts';
import { createPortalSource } from '../../../../electron/core/sources/portal/portal-source.ts';
import type { PortalSource } from '../../../../electron/core/sources/portal/portal-source.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { sendJson, startLoopback } from '../../../support/loopback.ts';
import { recordingLog } from '../../../support/recording-log.ts';
import { completeEvent, sendStream, siteEvent } from '../../../support/scripted-portal.ts';
import { failureOf, patient, served } from '../source-testing.ts';

const seedPath = '/paasservice/paas/clusterlist/stream';
const uatPath = '/uat-paasservice/paas/1234/clusterlist/stream';
const token = 'token-of-alice';
const delhi: Endpoint = { id: 11, name: 'Delhi', technicalName: 'EP_V2_DEL', aiCloud: null };
const mumbai: Endpoint = { id: 12, name: 'Mumbai-BKC', technicalName: 'EP_V2_MUM_BKC', aiCloud: null };
const pune: Endpoint = { id: 13, name: null, technicalName: 'EP_V2_PUN', aiCloud: null };
const at = Date.UTC(2025, 3, 8, 10, 8, 38);

function sourceAt(url: string, uatPaths = false): PortalSource {
  return createPortalSource({ url, uatPaths, log: recordingLog().log, clock: new FakeClock() });
}

async function streamed(text: string | Uint8Array, asked: readonly Endpoint[] = [delhi]) {
  const { url } = await served({ [seedPath]: (response) => sendStream(response, text) });
  return sourceAt(url).clusters(1234, asked, { token, signal: patient() });
}

const event = (id: number | null, data: string): string =>
  `event: endpoint\n${id === null ? '' : `id: ${id}\n`}data: ${data}\n\n`;

const whole = {
  clusterId: 5,
  clusterName: 'billing',
  nodescount: '10',
  kubernetesVersion: 'v1.26.15',
  status: 'Healthy',
  displayNameEndpoint: 'Mumbai-BKC',
  location: 'EP_V2_MUM_BKC',
  type: 'MGMT',
  isIksBackupEnabled: 'true',
  ciMasterId: 9,
  createdTime: at,
};
const wholeRead = {
  id: 5,
  name: 'billing',
  nodes: 10,
  kubernetesVersion: 'v1.26.15',
  status: 'Healthy',
  endpoint: 'Mumbai-BKC',
  type: 'MGMT',
  backup: true,
  createdAt: at,
};
const namesOf = (sites: readonly ClusterSite[]) =>
  sites.map((site) => [site.endpointId, site.name, site.clusters.map(({ name }) => name), site.error]);

test('a whole stream: comments, a site over several lines, all three forms of time, a site that failed', async () => {
  const text =
    ':ping\n\n' +
    `event: endpoint\nid: 12\ndata: {"endpointId":12,"endpointName":"Mumbai-BKC",\ndata: "clusters":[${JSON.stringify(whole)}],"error":null}\n\n` +
    ':ping\n\n' +
    event(
      11,
      '{"endpointId":11,"endpointName":"Delhi","clusters":[{"clusterId":6,"clusterName":"2025-04-08 10:08:38.0","createdTime": 2025-04-08 10:08:38.0},{"clusterId":7,"createdTime":"2025-04-08T15:38:38+05:30"}],"error":null}',
    ) +
    event(
      13,
      '{"endpointId":13,"endpointName":"Pune","clusters":null,"error":"vCenter of ops@example.com timed out."}',
    ) +
    completeEvent;
  const { sites, complete } = await streamed(text, [delhi, mumbai, pune]);
  expect(complete).toBe(true);
  expect(namesOf(sites)).toEqual([
    [11, 'Delhi', ['2025-04-08 10:08:38.0', null], null],
    [12, 'Mumbai-BKC', ['billing'], null],
    [13, 'Pune', [], 'vCenter of o•••s@example.com timed out'],
  ]);
  expect(sites[1]?.clusters).toEqual([wholeRead]);
  expect(sites[0]?.clusters.map(({ createdAt }) => createdAt)).toEqual([at, at]);
});

test('a stream torn at every byte gives the same result', { timeout: 60_000 }, async () => {
  const name = 'Zürich – 2025-04-08 10:08:38.0';
  const text =
    `:ping\r\n\r\n${event(11, `{"endpointId":11,"endpointName":"${name}","clusters":[{"clusterId":6,"createdTime":2025-04-08 10:08:38.0}],"error":null}`)}` +
    completeEvent;
  const bytes = new TextEncoder().encode(text);
  let cut = 0;
  const server = await startLoopback((_request, response) => {
    void (async () => {
      response.socket?.setNoDelay(true);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      await new Promise((written) => response.write(bytes.subarray(0, cut), written));
      await turn();
      response.end(bytes.subarray(cut));
    })();
  });
  onTestFinished(() => server.close());
  const source = sourceAt(server.url);
  const expected = await streamed(text);
  expect(namesOf(expected.sites)).toEqual([[11, name, [null], null]]);
  for (cut = 1; cut < bytes.length; cut += 1) {
    expect(await source.clusters(1234, [delhi], { token, signal: patient() })).toEqual(expected);
  }
});

test('bare lists: by the event’s id, by the names in it, by the only site asked, else of no named site', async () => {
  const list = JSON.stringify([whole]);
  const byId = await streamed(event(11, list) + completeEvent, [delhi, mumbai]);
  expect(namesOf(byId.sites)[0]).toEqual([11, 'Delhi', ['billing'], null]);
  const byName = await streamed(`data: ${list}\n\n${completeEvent}`, [delhi, mumbai]);
  expect(namesOf(byName.sites)).toEqual([
    [11, 'Delhi', [], 'The portal’s answer does not mention this data centre.'],
    [12, 'Mumbai-BKC', ['billing'], null],
  ]);
  const nameless = JSON.stringify([{ clusterId: 1, clusterName: 'lost' }]);
  expect(namesOf((await streamed(event(null, nameless) + completeEvent, [pune])).sites)).toEqual([
    [13, 'EP_V2_PUN', ['lost'], null],
  ]);
  const lost = await streamed(event(null, nameless) + completeEvent, [delhi, mumbai]);
  expect(namesOf(lost.sites)[2]).toEqual([0, null, ['lost'], null]);
});

test.each([
  ['not JSON', '{"endpointId":11,'],
  ['a cluster without an id', '{"endpointId":11,"clusters":[{"clusterName":"x"}]}'],
  ['a bare list of something else', '[1]'],
  ['a number', '7'],
])('data of a site that is %s is that site’s error alone', async (_what, data) => {
  const { sites, complete } = await streamed(event(11, data) + siteEvent(12) + completeEvent, [
    delhi,
    mumbai,
  ]);
  expect(complete).toBe(true);
  expect(namesOf(sites)).toEqual([
    [11, 'Delhi', [], 'What the portal sent for this data centre could not be read.'],
    [12, 'Site 12', ['cluster-12'], null],
  ]);
});

test('a site told of twice keeps the clusters of both and the error; one that was not asked comes last', async () => {
  const failed = '{"endpointId":11,"clusters":[],"error":{"message":"half of it failed"}}';
  const { sites } = await streamed(
    siteEvent(99) +
      siteEvent(11) +
      event(11, failed) +
      event(11, '{"endpointId":11,"error":true}') +
      completeEvent,
  );
  expect(namesOf(sites)).toEqual([
    [11, 'Site 11', ['cluster-11'], 'The portal reports an error without words.'],
    [99, 'Site 99', ['cluster-99'], null],
  ]);
});

test('a site that says nothing but its clusters', async () => {
  const { sites } = await streamed(event(null, `{"endpointId":"12","clusters":[{"clusterId":"6"}]}`), [
    mumbai,
  ]);
  expect(namesOf(sites)).toEqual([[12, 'Mumbai-BKC', [null], null]]);
});

test('an error that repeats the token is told without it; unknown events are passed over', async () => {
  const said = `{"endpointId":11,"clusters":[],"error":"token ${token} refused"}`;
  const { sites } = await streamed(`event: hint\ndata: {}\n\n${event(11, said)}${completeEvent}`);
  expect(namesOf(sites)).toEqual([[11, 'Delhi', [], 'token ••• refused']]);
});

test('a stream that ends early is incomplete with what came, and names who did not answer', async () => {
  expect(await streamed(siteEvent(11) + siteEvent(12).slice(0, -1), [delhi, mumbai])).toMatchObject({
    complete: false,
    sites: [
      { endpointId: 11, error: null },
      { endpointId: 12, name: 'Mumbai-BKC', error: 'The portal’s answer ended before this data centre.' },
    ],
  });
  expect((await streamed('')).complete).toBe(false);
});

/** A stream that brings `text` and then hangs until `then` is called with its response. */
async function hanging(text: string) {
  const started = Promise.withResolvers<ServerResponse>();
  const { url } = await served({
    [seedPath]: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(text, () => started.resolve(response));
    },
  });
  const stop = new AbortController();
  const came = Promise.withResolvers<void>();
  const read = sourceAt(url).clusters(1234, [delhi, mumbai], { token, signal: stop.signal }, () =>
    came.resolve(),
  );
  return { read, stop, came: came.promise, started: started.promise };
}

test('a broken connection and a time limit keep what came; whoever leaves gets nothing', async () => {
  const broken = await hanging(siteEvent(11));
  await broken.came;
  (await broken.started).destroy();
  expect(await broken.read).toMatchObject({ complete: false, sites: [{ endpointId: 11, error: null }, {}] });

  const slow = await hanging(siteEvent(11));
  await slow.came;
  slow.stop.abort(new DOMException('over', 'TimeoutError'));
  expect(await slow.read).toMatchObject({ complete: false, sites: [{ endpointId: 11, error: null }, {}] });

  const left = await hanging(siteEvent(11));
  await left.came;
  left.stop.abort();
  expect((await failureOf(left.read)).code).toBe('cancelled');
});

test('a time limit before anything came is a failure', async () => {
  const silent = await hanging(':ping\n\n');
  await silent.started;
  silent.stop.abort(new DOMException('over', 'TimeoutError'));
  expect(await failureOf(silent.read)).toMatchObject({
    code: 'timeout',
    message: `The portal did not answer POST ${seedPath} in time.`,
  });
});

test('what comes after “complete” is not waited for: the connection is closed', async () => {
  const done = await hanging(siteEvent(11) + siteEvent(12) + completeEvent);
  const closed = once(await done.started, 'close');
  expect((await done.read).complete).toBe(true);
  await closed;
});

test('a stream is bounded, and what came before the bound is kept', async () => {
  const filler = `:${'x'.repeat(1024 * 1024)}\n`;
  const { url } = await served({
    [seedPath]: (response) => sendStream(response, siteEvent(11) + filler.repeat(33) + siteEvent(12)),
  });
  const { sites, complete } = await sourceAt(url).clusters(1, [delhi, mumbai], { token, signal: patient() });
  expect(complete).toBe(false);
  expect(sites.map(({ error }) => error)).toEqual([
    null,
    'The portal’s answer ended before this data centre.',
  ]);
  const early = await served({ [seedPath]: (response) => sendStream(response, filler.repeat(33)) });
  const failure = await failureOf(sourceAt(early.url).clusters(1, [delhi], { token, signal: patient() }));
  expect(failure.message).toBe(`The reply of POST ${seedPath} is larger than 32768 KiB.`);
});

test('the body names the sites, the token goes with it; either path, and no other than the chosen one', async () => {
  const seen: unknown[] = [];
  const server = await startLoopback((request, response) => {
    void (async () => {
      let body = '';
      for await (const piece of request) body += String(piece);
      seen.push([request.url, request.headers.authorization, JSON.parse(body)]);
      if (request.url === uatPath) sendStream(response, completeEvent);
      else sendJson(response, 404, {});
    })();
  });
  onTestFinished(() => server.close());
  const asked = { token, signal: patient() };
  expect((await sourceAt(server.url, true).clusters(1234, [delhi, mumbai], asked)).complete).toBe(true);
  const failure = await failureOf(sourceAt(server.url).clusters(1234, [delhi], asked));
  expect(failure).toMatchObject({
    code: 'not-found',
    message: `The portal does not offer POST ${seedPath} (404). Turn “UAT paths” on in the profile to try the other path.`,
  });
  expect(seen).toEqual([
    [uatPath, `Bearer ${token}`, { endpoints: [11, 12] }],
    [seedPath, `Bearer ${token}`, { endpoints: [11] }],
  ]);
});

test('a portal with the seed’s path alone says which way the switch goes', async () => {
  const { url } = await served({ [seedPath]: (response) => sendStream(response, completeEvent) });
  const failure = await failureOf(sourceAt(url, true).clusters(1234, [delhi], { token, signal: patient() }));
  expect(failure.message).toContain('Turn “UAT paths” off');
});

test('an answer at once instead of a stream: the portal’s refusal, or not what was asked', async () => {
  const refusing = await served({
    [seedPath]: (response) =>
      sendJson(response, 200, { status: 'failed', message: 'No rights', responseCode: 403 }),
  });
  expect(
    await failureOf(sourceAt(refusing.url).clusters(1, [delhi], { token, signal: patient() })),
  ).toMatchObject({
    code: 'forbidden',
    message: `The portal failed POST ${seedPath}: No rights.`,
  });
  const other = await served({
    [seedPath]: (response) => sendJson(response, 200, { status: 'success', data: [] }),
  });
  expect(
    await failureOf(sourceAt(other.url).clusters(1, [delhi], { token, signal: patient() })),
  ).toMatchObject({
    code: 'bad-reply',
    message: `The portal answered POST ${seedPath} without a stream.`,
  });
});
