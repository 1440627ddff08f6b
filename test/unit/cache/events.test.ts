import { expect, test } from 'vitest';
import type { Log } from '../../../electron/core/log.ts';
import { counting, policy, second, setup } from './setup.ts';

function recorded(debugging: boolean) {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const log: Log = { debug: write, info: write, warn: write, error: write, debugging };
  return { log, lines };
}

test('debug lines read Cache HIT, MISS, SET, DELETE and the key', async () => {
  const { log, lines } = recorded(true);
  const { cache } = setup({ log });
  const source = counting();
  await cache.read('stats:total', source.load, policy);
  await cache.read('stats:total', source.load, policy);
  cache.delete('stats:total');
  cache.set('vpn:status', 1);
  cache.invalidate('vpn:*');
  expect(lines).toEqual([
    'Cache MISS stats:total',
    'Cache SET stats:total',
    'Cache HIT stats:total',
    'Cache DELETE stats:total',
    'Cache SET vpn:status',
    'Cache DELETE vpn:status',
  ]);
});

test('a key cannot break a log line in two', () => {
  const { log, lines } = recorded(true);
  setup({ log }).cache.set('k\nCache HIT admin', 1);
  expect(lines).toEqual(['Cache SET "k\\nCache HIT admin"']);
});

test('without debugging nothing is written', async () => {
  const { log, lines } = recorded(false);
  const { cache } = setup({ log });
  await cache.read('k', () => 1, policy);
  expect(lines).toEqual([]);
});

test('events carry the time and, where they end a load, how long it took', async () => {
  const { clock, cache, events } = setup();
  const slow = (): Promise<string> => new Promise((resolve) => void clock.after(200, () => resolve('v')));
  const reading = cache.read('k', slow, policy);
  await clock.advance(200);
  await reading;
  const end = clock.wall();
  expect(events).toEqual([
    { kind: 'miss', key: 'k', at: end - 200, ms: null },
    { kind: 'set', key: 'k', at: end, ms: 200 },
  ]);
});

test('every outcome has its event', async () => {
  const { clock, cache, kinds } = setup({ max: 1 });
  const source = counting();
  await Promise.all([cache.read('k', source.load, policy), cache.read('k', source.load, policy)]);
  await cache.read('k', source.load, policy);
  await clock.advance(3 * second);
  source.failing = true;
  await cache.prefetch('k', source.load, policy);
  await cache.read('k', source.load, policy);
  source.failing = false;
  await cache.refresh('k', source.load, policy);
  cache.set('other', 1);
  cache.delete('other');
  expect(kinds()).toEqual([
    'miss',
    'coalesced',
    'set',
    'hit',
    'expire',
    'prefetch',
    'refresh-failed',
    'stale',
    'bypass',
    'set',
    'recovered',
    'evict',
    'set',
    'delete',
  ]);
});

test('a listener can stop, and one that throws harms nobody', () => {
  const { log, lines } = recorded(false);
  const { cache, events } = setup({ log });
  const stop = cache.on(() => {
    throw new Error('listener broke');
  });
  cache.set('k', 1);
  stop();
  cache.set('k', 2);
  expect(events).toHaveLength(2);
  expect(lines).toEqual(['A listener of the cache failed: listener broke']);
});
