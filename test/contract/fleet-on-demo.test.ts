import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppCore } from '../../electron/core/ports.ts';
import type { Engine } from '../../shared/contract/orchestrator.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';

// The whole core on the embedded demo, over real HTTP and on the machine's clock: every change of engines and streams,
// as a page asks for it.

let core: AppCore;
let client: Client;

beforeAll(async () => {
  const environment = { CACHEDECK_DEMO_ENGINES: '4', CACHEDECK_DEMO_STREAMS: '6' };
  ({ core, client } = await startCoreOnDemo({ environment }));
});

afterAll(() => core.stop());

async function engines(): Promise<readonly Engine[]> {
  return (await client.call('engines.list', {})).reading.value?.engines ?? [];
}

async function actions(): Promise<string[]> {
  const { events } = await client.call('events.list', {
    kinds: ['action'],
    severities: null,
    search: '',
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  return events.map(({ title }) => title);
}

test('an engine is provisioned: the server answers 500, and the new engine is found', async () => {
  expect(await engines()).toHaveLength(4);
  const result = await client.call('engines.provision', { hostPort: null });
  expect(result).toEqual({
    outcome: 'unknown',
    said: 'The orchestrator failed (POST /provision/acestream, 500: Internal Server Error).',
    found: 'One new engine appeared: acestream-5.',
    retryInSeconds: null,
  });
  expect(await actions()).toEqual(['Starting an engine: outcome not known']);
}, 20_000);

test('an engine is removed: done, and leaving while it is listed', async () => {
  const engine = (await engines()).find(({ name }) => name === 'acestream-5');
  const result = await client.call('engines.remove', { id: engine?.id ?? '' });
  expect(result).toMatchObject({ outcome: 'done', said: 'The orchestrator accepted the request.' });
  expect([
    'The engine is still listed; that can last about 10 seconds.',
    'The engine is gone.', // the monitor's turn may have just come
  ]).toContain(result.found);
  const after = (await engines()).find(({ id }) => id === engine?.id);
  expect(after === undefined || after.leaving).toBe(true);
  expect((await actions())[0]).toBe('Removing the engine acestream-5: done');
}, 20_000);

test('an unknown engine is answered with a 500, of which nobody knows what it means', async () => {
  const result = await client.call('engines.remove', { id: 'doesnotexist' });
  expect(result).toMatchObject({ outcome: 'unknown' });
  expect(result.found).toMatch(/^The engine is not listed/);
}, 20_000);

test('streams are listed, sampled and stopped, alone and together', async () => {
  const streams = (await client.call('streams.list', {})).reading.value?.streams ?? [];
  const running = streams.filter(({ endedAt }) => endedAt === null).map(({ id }) => id);
  expect(running).toHaveLength(6);
  const [first = '', second = '', third = ''] = running;
  expect((await client.call('streams.samples', { id: first })).at.length).toBeGreaterThan(10);
  expect(await client.call('streams.stop', { ids: [first] })).toEqual({
    results: [{ id: first, stopped: true, said: 'The orchestrator says: Stream stopped successfully.' }],
    found: 'It does not run any more.',
  });
  expect(await client.call('streams.stop', { ids: [first, second, third] })).toEqual({
    results: [
      { id: first, stopped: false, said: 'The orchestrator says: Stream is not active (status: ended).' },
      { id: second, stopped: true, said: 'The orchestrator says: Stream stopped successfully.' },
      { id: third, stopped: true, said: 'The orchestrator says: Stream stopped successfully.' },
    ],
    found: 'None of them runs any more.',
  });
  expect((await actions()).slice(0, 2)).toEqual(['Stopping 3 streams: 2 stopped', 'Stopping a stream: done']);
}, 20_000);

test('logs and server events come as the contract says', async () => {
  const [engine] = await engines();
  const { text } = await client.call('engines.logs', { id: engine?.id ?? '', lines: 20 });
  expect(text.trimEnd().split('\n')).toHaveLength(20);
  const gone = client.call('engines.logs', { id: 'doesnotexist', lines: 20 });
  await expect(gone).rejects.toMatchObject({ code: 'not-found' });
  const events = (await client.call('server.events', {})).reading.value?.events ?? [];
  expect(events.some(({ message }) => message === 'Engine deleted: doesnotexist')).toBe(true);
});

test('while both VPNs are down provisioning is refused with a time, and the breaker can be reset', async () => {
  await client.call('demo.simulate', { fault: 'vpn-down' });
  expect(await client.call('engines.provision', { hostPort: 19_900 })).toMatchObject({
    outcome: 'refused',
    said: 'VPN connection is required but currently disconnected (vpn_disconnected).',
    retryInSeconds: 60,
  });
  await client.call('refresh.force', { resources: ['health:status'] });
  const before = (await client.call('orchestrator.health', {})).reading.value?.breakers.replacement;
  expect(before?.state).toBe('open');
  expect(await client.call('orchestrator.resetBreaker', { breaker: 'replacement' })).toEqual({
    outcome: 'done',
    said: 'The orchestrator says: Circuit breaker for replacement reset successfully.',
    found: 'The breaker is closed.',
    retryInSeconds: null,
  });
  await client.call('demo.simulate', { fault: 'none' });
}, 20_000);

test('a server that fails every request leaves open what it did, and nothing is sent twice', async () => {
  await client.call('demo.simulate', { fault: 'error-500' });
  expect(await client.call('engines.provision', { hostPort: null })).toMatchObject({
    outcome: 'unknown',
    found: 'The engine list could not be read again.',
  });
  await client.call('demo.simulate', { fault: 'refused' });
  await client.call('refresh.force', { resources: ['vpn:status'] }); // uses up the connection that was cut
  await expect(client.call('engines.provision', { hostPort: null })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/refused\)\. Nothing was changed\.$/) as string,
  });
  await client.call('demo.simulate', { fault: 'none' });
}, 20_000);
