import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoggedEvent } from '../../../shared/contract/events.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { startCoreOnScript } from '../../support/core-on-script.ts';
import type { CoreOnScript } from '../../support/core-on-script.ts';
import { streamOf } from '../../support/fleet-world.ts';
import { engine, status, totals, vpnOf } from '../../support/page-world.ts';

let app: CoreOnScript;
let connectGate: Promise<void>;

const secret = 'orchestrator-key-s3cr3t';

beforeEach(async () => {
  connectGate = Promise.resolve();
  app = await startCoreOnScript({
    connect: async (target, scripted) => {
      if (target.kind === 'orchestrator') await connectGate;
      return scripted;
    },
  });
  app.script.values = {
    engineTotals: totals,
    orchestratorStatus: status,
    vpnStatus: vpnOf(),
    engineList: { engines: [engine] },
    streamList: { streams: [streamOf()] },
    serverEvents: { events: [] },
    healthStatus: { breakers: { general: null, replacement: null } },
  };
  await app.clock.advance(10_000);
});

afterEach(() => app.core.stop());

async function actions(): Promise<LoggedEvent[]> {
  const { events } = await app.client.call('events.list', {
    kinds: ['action', 'refresh'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  return events;
}

test('a refresh tells what changed, to whoever asked and in its event', async () => {
  app.script.values = {
    ...app.script.values,
    orchestratorStatus: { ...status, engines: { total: 7, running: 7, healthy: 7, unhealthy: 0 } },
  };
  const call = app.client.call('refresh.force', { resources: ['orchestrator:status', 'vpn:status'] });
  await app.clock.advance(500);
  const { changes } = await call;
  expect(changes).toContain(`engines ${status.engines.total} → 7`);
  expect((await actions())[0]).toMatchObject({
    kind: 'refresh',
    title: 'Force refresh: 2 refreshed',
    detail: changes.join('; '),
  });
  const again = app.client.call('refresh.force', { resources: ['orchestrator:status', 'vpn:status'] });
  await app.clock.advance(500);
  expect((await again).changes).toEqual(['nothing changed']);
});

test('what failed to be read again is not compared', async () => {
  app.script.failure = new SourceError('unreachable', 'Connection refused.');
  const call = app.client.call('refresh.force', { resources: ['vpn:status'] });
  await app.clock.advance(500);
  expect(await call).toMatchObject({ items: [{ state: 'failed' }], changes: [] });
});

test('streams and server events are loaded only while a page asks', async () => {
  expect([app.script.count('streamList'), app.script.count('serverEvents')]).toEqual([0, 0]);
  const polls = Promise.all([app.client.call('streams.list', {}), app.client.call('server.events', {})]);
  await app.clock.advance(500);
  const [streams, events] = await polls;
  expect(streams.reading.value?.streams).toEqual([streamOf()]);
  expect(events.reading.value).toEqual({ events: [] });
  await app.clock.advance(60_000);
  const asked = app.script.count('streamList');
  expect(asked).toBeLessThanOrEqual(4);
  await app.clock.advance(60_000);
  expect(app.script.count('streamList')).toBe(asked);
});

test('a removed engine is leaving in the list of every page', async () => {
  const removing = app.client.call('engines.remove', { id: engine.id });
  await app.clock.advance(1000);
  expect(await removing).toMatchObject({ outcome: 'done', said: 'Done.' });
  const polling = app.client.call('engines.list', {});
  await app.clock.advance(500);
  expect((await polling).reading.value?.engines).toEqual([{ ...engine, leaving: true }]);
});

test('a switch of the profile during a change is said, and the event is of the profile it was sent to', async () => {
  const gate = Promise.withResolvers<void>();
  connectGate = gate.promise;
  const { id } = await app.client.call('profiles.save', {
    id: null,
    draft: {
      name: 'Lab',
      production: false,
      orchestrator: { url: 'https://lab.test:8000/', allowHttp: false },
      portal: null,
      workstations: null,
      pollSeconds: null,
      ttlSeconds: {},
    },
    secrets: {},
    acceptWeak: false,
  });
  app.script.change = () => new Promise(() => {});
  const provisioning = app.client
    .call('engines.provision', { hostPort: null })
    .catch((error: unknown) => error);
  await app.clock.advance(100);
  const switching = app.client.call('profiles.activate', { id });
  await app.clock.advance(100);
  expect(await provisioning).toMatchObject({
    code: 'cancelled',
    message: 'The profile was disconnected before the orchestrator had answered. What it did is not known.',
  });
  await expect(app.client.call('engines.provision', { hostPort: null })).rejects.toMatchObject({
    code: 'unavailable',
  });
  gate.resolve();
  await app.clock.advance(1000);
  await switching;
  expect(app.script.changes).toEqual(['provision null']);
  expect((await actions()).find(({ kind }) => kind === 'action')).toMatchObject({
    title: 'Starting an engine failed',
    profile: 'Demo',
  });
});

test('no secret comes back from the server’s words', async () => {
  await app.client.call('profiles.save', {
    id: null,
    draft: {
      name: 'Lab',
      production: false,
      orchestrator: { url: 'https://lab.test:8000/', allowHttp: false },
      portal: null,
      workstations: null,
      pollSeconds: null,
      ttlSeconds: {},
    },
    secrets: { orchestratorKey: secret },
    acceptWeak: false,
  });
  app.script.change = () =>
    Promise.resolve({ outcome: 'refused', said: `The key ${secret} is wrong.`, retryInSeconds: null });
  const call = app.client.call('orchestrator.resetBreaker', { breaker: 'general' });
  await app.clock.advance(1000);
  expect((await call).outcome).toBe('refused');
  const [event] = await actions();
  expect(event?.title).toBe('Resetting the general breaker: refused');
  expect(JSON.stringify(event)).not.toContain(secret);
});

test('a host without dialogs and windows says so', async () => {
  await expect(
    app.client.call('files.save', { name: 'a.csv', content: 'a', encoding: 'utf8' }),
  ).rejects.toMatchObject({ code: 'conflict' });
  await expect(app.client.call('windows.open', { route: '#/' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('files go to main’s dialog as text or as bytes, windows to the shell', async () => {
  const saved: [string, string | Uint8Array][] = [];
  const opened: string[] = [];
  const other = await startCoreOnScript({
    options: {
      saveFile: async (name, content) => {
        saved.push([name, content]);
        return Promise.resolve(`/home/operator/${name}`);
      },
      openWindow: (route) => {
        opened.push(route);
        return null;
      },
    },
  });
  const text = { name: 'a.csv', content: 'name\r\n', encoding: 'utf8' } as const;
  expect(await other.client.call('files.save', text)).toEqual({ savedTo: '/home/operator/a.csv' });
  await other.client.call('files.save', { name: 'a.png', content: 'iVBORw==', encoding: 'base64' });
  expect(saved[0]).toEqual(['a.csv', 'name\r\n']);
  expect(Buffer.from(saved[1]?.[1] ?? '').toString('hex')).toBe('89504e47');
  await other.client.call('windows.open', { route: '#/wallboard' });
  expect(opened).toEqual(['#/wallboard']);
  await other.core.stop();
});
