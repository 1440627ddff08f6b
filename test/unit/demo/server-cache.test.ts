import { expect, it } from 'vitest';
import { ServerCache } from '../../../electron/core/demo/orchestrator/server-cache.ts';

it('counts like the real server: expired entries stay listed, clearing resets the counters', () => {
  let now = 0;
  let made = 0;
  const cache = new ServerCache(() => now);
  const ask = () => cache.through('vpn:status', 3000, () => (made += 1));
  expect(cache.statistics()).toEqual({ size: 0, hits: 0, misses: 0, hit_rate: 0, entries: [] });
  expect(ask()).toBe(1);
  now = 2999;
  expect(ask()).toBe(1);
  now = 3000;
  expect(ask()).toBe(2);
  now = 28_260;
  expect(cache.statistics()).toEqual({
    size: 1,
    hits: 1,
    misses: 2,
    hit_rate: 33.33,
    entries: [{ key: 'vpn:status', age: 25.26, ttl_remaining: -22.26 }],
  });
  now = 60_000;
  expect(cache.statistics()).toMatchObject({ size: 0, hits: 1, misses: 2, entries: [] });
  ask();
  cache.clear();
  expect(cache.statistics()).toEqual({ size: 0, hits: 0, misses: 0, hit_rate: 0, entries: [] });
});

it('never hits for one client that polls every 5 s', () => {
  let now = 0;
  const cache = new ServerCache(() => now);
  for (; now < 20_000; now += 5000) cache.through('orchestrator:status', 2000, () => ({}));
  expect(cache.statistics()).toMatchObject({ hits: 0, misses: 4, hit_rate: 0 });
});
