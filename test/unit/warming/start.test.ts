import { expect, test } from 'vitest';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { resourceKeys } from '../../../shared/model/resources.ts';
import { settle } from '../../support/fake-clock.ts';
import { warmBed } from './warm-bed.ts';

const watchedOnce = { engineTotals: 1, orchestratorStatus: 1, vpnStatus: 1 };

test('what main loads at the start anyway is joined, and one line tells of it', async () => {
  const bed = await warmBed();
  const { clock, client } = bed.app;
  expect(await bed.warming()).toMatchObject({ why: 'start', running: true, at: clock.wall() });
  await clock.advance(100);
  expect(await bed.warming()).toEqual({
    at: clock.wall() - 100,
    why: 'start',
    running: false,
    items: ['stats:total', 'orchestrator:status', 'vpn:status'].map((key) => ({
      key,
      state: 'ok',
      ms: 100,
      message: null,
    })),
  });
  expect(bed.asked()).toEqual(watchedOnce);
  expect(await bed.lines()).toEqual([{ title: 'Warmed 3 resources in 0.1 s', detail: null }]);
  const { counters } = await client.call('cache.statistics', {});
  expect(counters).toMatchObject({ prefetches: 3, loads: 3, hits: 0, misses: 0, coalesced: 0, bypasses: 0 });
});

test('every resource is asked once, of what nobody looks at one at a time, and none counts as a lookup', async () => {
  const bed = await warmBed();
  const { clock, client, script } = bed.app;
  await bed.set({ resources: [...resourceKeys, 'workstations_list'] });
  await bed.startAnew();
  script.mostInFlight = 0;
  await clock.advance(1000);
  expect(await bed.states()).toEqual({
    ...Object.fromEntries(resourceKeys.map((key) => [key, 'ok'])),
    workstations_list: 'not-reported',
  });
  expect(bed.asked()).toEqual({
    ...watchedOnce,
    engineList: 1,
    healthStatus: 1,
    serverCache: 1,
    streamList: 1,
    serverEvents: 1,
  });
  expect(script.mostInFlight).toBeLessThanOrEqual(4);
  expect((await bed.lines()).at(-1)?.title).toBe('Warmed 8 resources in 0.5 s');
  const { counters } = await client.call('cache.statistics', {});
  expect(counters).toMatchObject({ prefetches: 8, loads: 8, hits: 0, misses: 0, coalesced: 0, bypasses: 0 });
});

test('a poll that comes meanwhile joins the load', async () => {
  const bed = await warmBed();
  const { clock, client } = bed.app;
  await bed.set({ resources: ['engines:list'] });
  await bed.startAnew();
  const poll = client.call('engines.list', {});
  await clock.advance(100);
  expect((await poll).reading).toMatchObject({ served: 'coalesced', age: 100 });
  expect(bed.asked()).toEqual({ ...watchedOnce, engineList: 1 });
  expect(await bed.states()).toEqual({ 'engines:list': 'ok' });
});

test('a poll of something else stands behind none of its loads', async () => {
  const bed = await warmBed();
  const { clock, client, script } = bed.app;
  await bed.set({ resources: ['engines:list', 'health:status', 'server:events'] });
  await bed.startAnew();
  await clock.advance(50);
  const poll = client.call('streams.list', {});
  await clock.advance(0);
  expect(script.asked.at(-1)).toEqual({ read: 'streamList', at: clock.wall() });
  await clock.advance(100);
  expect((await poll).reading.age).toBe(100);
});

test('what a page has loaded by its turn is fresh and not asked again', async () => {
  const bed = await warmBed();
  const { clock, client, script } = bed.app;
  await bed.set({ resources: ['engines:list', 'streams:list'] });
  script.latency = () => (script.asked.at(-1)?.read === 'engineList' ? 200 : 100);
  await bed.startAnew();
  const poll = client.call('streams.list', {});
  await clock.advance(1000);
  await poll;
  expect(bed.asked()).toMatchObject({ engineList: 1, streamList: 1 });
  expect(await bed.warming()).toMatchObject({
    items: [
      { key: 'engines:list', state: 'ok', ms: 200 },
      { key: 'streams:list', state: 'fresh', ms: null },
    ],
  });
});

test('a failure is one line of the result, holds nothing up and is not tried again', async () => {
  const bed = await warmBed();
  const { clock, script } = bed.app;
  await bed.set({ resources: ['engines:list', 'streams:list', 'health:status'] });
  script.failures = { engineList: new SourceError('server-error', 'The server answered 500.') };
  script.missing = ['healthStatus'];
  await bed.startAnew();
  await clock.advance(60_000);
  expect((await bed.warming())?.items).toEqual([
    { key: 'engines:list', state: 'failed', ms: 100, message: 'The server answered 500.' },
    { key: 'streams:list', state: 'ok', ms: 100, message: null },
    { key: 'health:status', state: 'not-reported', ms: 100, message: null },
  ]);
  expect(bed.asked()).toMatchObject({ engineList: 1, streamList: 1, healthStatus: 1 });
  expect((await bed.lines()).at(-1)).toEqual({
    title: 'Warmed 1 resource in 0.3 s (1 failed)',
    detail: 'Engine list: The server answered 500.',
  });
});

test('on a hung backend the start is not held up, and after 30 s what is left is given up', async () => {
  const bed = await warmBed();
  const { clock, client, script } = bed.app;
  await bed.set({ resources: [...resourceKeys] });
  script.latency = 10_000_000;
  const before = clock.wall();
  await bed.startAnew();
  expect(clock.wall()).toBe(before);
  const poll = client.call('engines.totals', {});
  await clock.advance(4500);
  expect((await poll).reading.failure?.code).toBe('timeout');
  await clock.advance(25_499);
  expect((await bed.warming())?.running).toBe(true);
  await clock.advance(1);
  expect(await bed.warming()).toMatchObject({ running: false });
  expect(await bed.states()).toEqual({
    'stats:total': 'failed',
    'orchestrator:status': 'failed',
    'vpn:status': 'failed',
    'engines:list': 'failed',
    'health:status': 'failed',
    'orchestrator:cache': 'failed',
    'streams:list': 'given-up',
    'server:events': 'given-up',
  });
  expect(bed.asked()).not.toHaveProperty('serverEvents');
  expect((await bed.lines()).at(-1)?.title).toBe('Warmed 0 resources in 30.0 s (6 failed, 2 given up)');
});

test('paused, nothing is warmed, also after the pause', async () => {
  const bed = await warmBed();
  const { clock, client } = bed.app;
  await bed.set({ resources: ['engines:list'] });
  await client.call('polling.pause', { minutes: null });
  await bed.startAnew();
  await clock.advance(1000);
  expect(await bed.warming()).toBeNull();
  expect(bed.asked()).toEqual({});
  await client.call('cache.clear', {});
  await client.call('polling.resume', {});
  await clock.advance(1000);
  expect(await bed.warming()).toBeNull();
  expect(bed.asked()).toEqual(watchedOnce);
});

test.each(['pause', 'sleep', 'off'] as const)('%s: what has not ended is given up', async (act) => {
  const bed = await warmBed();
  const { clock, client, core } = bed.app;
  await bed.set({ resources: ['engines:list', 'streams:list', 'server:events'] });
  await bed.startAnew();
  await clock.advance(150);
  if (act === 'pause') await client.call('polling.pause', { minutes: null });
  else if (act === 'sleep') core.suspend();
  else await client.call('cache.switch', { on: false });
  await clock.advance(0);
  expect(await bed.states()).toEqual({
    'engines:list': 'ok',
    'streams:list': 'given-up',
    'server:events': 'given-up',
  });
  await clock.advance(1000);
  expect(bed.asked()).not.toHaveProperty('serverEvents');
  expect(await bed.lines()).toEqual([]);
});

test('switched off, nothing is warmed', async () => {
  const bed = await warmBed({ CACHEDECK_WARMING: 'off' });
  const { clock, client } = bed.app;
  await clock.advance(1000);
  await client.call('cache.clear', {});
  await clock.advance(1000);
  expect(await bed.warming()).toBeNull();
  expect(await bed.lines()).toEqual([]);
  expect((await client.call('cache.clearPreview', {})).extraCalls).toBe(3);
});

test('with nothing to warm there is no run', async () => {
  const bed = await warmBed();
  await bed.set({ resources: [] });
  await bed.startAnew();
  expect(await bed.warming()).toBeNull();
});

test('the end of the app aborts what runs, and nothing is told of it', async () => {
  const bed = await warmBed();
  const { clock, core, script } = bed.app;
  await bed.set({ resources: ['engines:list', 'streams:list'] });
  await bed.startAnew();
  const before = await bed.lines();
  await clock.advance(50);
  const lines = bed.lines();
  await core.stop();
  await settle();
  expect(script.inFlight).toBe(0);
  await clock.advance(60_000);
  expect(bed.asked()).not.toHaveProperty('streamList');
  expect(await lines).toEqual(before);
  expect(clock.pending).toBe(0);
});

test('another profile ends the warming of the one before', async () => {
  const bed = await warmBed();
  const { clock, client } = bed.app;
  await bed.set({ resources: ['engines:list', 'streams:list'] });
  await bed.startAnew();
  await clock.advance(50);
  await client.call('profiles.activate', { id: 'demo' });
  await clock.advance(1000);
  // Once for the profile before, and once for this one; the streams for this one alone.
  expect(bed.asked()).toMatchObject({ engineList: 2, streamList: 1 });
  expect(await bed.states()).toEqual({ 'engines:list': 'ok', 'streams:list': 'ok' });
});
