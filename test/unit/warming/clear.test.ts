import { expect, test } from 'vitest';
import { warmBed } from './warm-bed.ts';
import type { WarmBed } from './warm-bed.ts';

/** A profile that has been running for a while, warmed with two things that nobody looks at. */
async function runningBed(): Promise<WarmBed> {
  const bed = await warmBed();
  await bed.set({ resources: ['stats:total', 'engines:list', 'streams:list'] });
  await bed.app.clock.advance(10_500);
  bed.asked();
  return bed;
}

test('after a clear the resources load once, also those that have a subscriber', async () => {
  const bed = await runningBed();
  const { clock, client } = bed.app;
  void client.call('streams.list', {}); // a page looks at it
  await clock.advance(200);
  bed.asked();
  await client.call('cache.clear', {});
  await clock.advance(1000);
  expect(bed.asked()).toEqual({
    engineTotals: 1,
    orchestratorStatus: 1,
    vpnStatus: 1,
    engineList: 1,
    streamList: 1,
  });
  expect(await bed.warming()).toMatchObject({ why: 'clear', running: false });
  expect(await bed.states()).toEqual({ 'stats:total': 'ok', 'engines:list': 'ok', 'streams:list': 'ok' });
  expect((await bed.lines()).at(-1)?.title).toBe('Warmed 3 resources in 0.1 s');
});

test('a pattern or a deletion warms nothing', async () => {
  const bed = await runningBed();
  const { clock, client } = bed.app;
  await client.call('cache.invalidate', { pattern: 'engines:*' });
  await client.call('cache.delete', { keys: ['streams:list'] });
  await clock.advance(1000);
  expect(bed.asked()).toEqual({});
});

test('what a clear is said to cost is what it costs', async () => {
  const bed = await runningBed();
  const { clock, client, script } = bed.app;
  const { extraCalls, nextMinuteCalls } = await client.call('cache.clearPreview', {});
  expect(extraCalls).toBe(3 + 2 + 1); // the engine list takes two
  await client.call('cache.clear', {});
  await clock.advance(1000);
  const callsOf = (): number =>
    script.asked.reduce((sum, { read }) => sum + (read === 'engineList' ? 2 : 1), 0);
  expect(callsOf()).toBe(extraCalls);
  await clock.advance(59_000);
  expect(callsOf()).toBe(nextMinuteCalls);
});

test('nothing is added to the cost while warming is not allowed', async () => {
  const bed = await runningBed();
  const { client } = bed.app;
  await client.call('polling.pause', { minutes: null });
  expect((await client.call('cache.clearPreview', {})).extraCalls).toBe(0);
  await client.call('polling.resume', {});
  await client.call('cache.switch', { on: false });
  expect((await client.call('cache.clearPreview', {})).extraCalls).toBe(0);
});

test('a clear during warming begins it anew: what has not been asked is asked once', async () => {
  const bed = await runningBed();
  const { clock, client } = bed.app;
  await client.call('cache.clear', {});
  await clock.advance(50); // the engine list is being asked, the streams wait
  bed.asked();
  const first = (await bed.lines()).length;
  await client.call('cache.clear', {});
  await clock.advance(1000);
  expect(bed.asked()).toEqual({
    engineTotals: 1,
    orchestratorStatus: 1,
    vpnStatus: 1,
    engineList: 1,
    streamList: 1,
  });
  expect(await bed.states()).toEqual({ 'stats:total': 'ok', 'engines:list': 'ok', 'streams:list': 'ok' });
  expect((await bed.lines()).length).toBe(first + 1);
});

test('what is removed while it loads is given up', async () => {
  const bed = await runningBed();
  const { clock, client } = bed.app;
  await client.call('cache.clear', {});
  await clock.advance(80);
  await client.call('cache.delete', { keys: ['engines:list'] });
  await clock.advance(1000);
  expect((await bed.warming())?.items[1]).toMatchObject({
    key: 'engines:list',
    state: 'given-up',
    message: 'It was removed from the cache meanwhile.',
  });
  expect((await bed.lines()).at(-1)?.title).toBe('Warmed 2 resources in 0.2 s (1 given up)');
});
