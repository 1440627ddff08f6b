import { describe, expect, test } from 'vitest';
import { watchedResources } from '../../../shared/model/resources.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { loadsInMinuteAfterClear } from '../../../electron/core/status/next-minute.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';

interface Scene {
  readonly refreshAhead: boolean;
  readonly pollMs: number;
  /** ms each load takes. */
  readonly latency: number;
  /** ms; by default each resource's own. */
  readonly ttl?: number;
  /** What one page shows beside nothing at all. */
  readonly page: readonly ResourceKey[];
  /** ms after a tick at which the cache is cleared. */
  readonly clearAt: number;
}

/** Runs two minutes of it, foretells the third, clears, and counts the requests the minute then sends. */
async function minuteAfterClear(scene: Scene): Promise<{ foretold: number; sent: number }> {
  const { refreshAhead, pollMs, latency, ttl, page, clearAt } = scene;
  const clock = new FakeClock(1_000_000_000_000);
  const cache = new TtlCache({ clock, random: () => 0.5 });
  const script = new ScriptedSource(clock);
  script.latency = latency;
  const specs = resourceSpecs.map((spec) => ({ ...spec, ttl: ttl ?? spec.ttl }));
  const { source } = script;
  const random = (): number => 0.5;
  const status = new StatusService({
    clock,
    cache,
    source,
    specs,
    watched: watchedResources,
    pollMs,
    random,
  });
  status.refreshAhead = refreshAhead;
  const ask = (): void => {
    clock.after(pollMs, ask);
    for (const key of page) void status.poll(key);
  };
  clock.after(pollMs - (clock.wall() % pollMs), ask);
  status.start();
  await clock.advance(120_000 + clearAt);
  const foretold = status.callsInMinuteAfterClear();
  cache.clear();
  const from = status.calls.perMinute().total;
  const before = sentSoFar();
  status.loadActive();
  await clock.advance(59_999);
  expect(from).toBeGreaterThan(0);
  return { foretold, sent: sentSoFar() - before };

  function sentSoFar(): number {
    return script.asked.reduce((sum, { read }) => sum + (read === 'engineList' ? 2 : 1), 0);
  }
}

const scenes: readonly (readonly [string, Scene])[] = [
  ['nobody but main looks', { refreshAhead: true, pollMs: 5000, latency: 100, page: [], clearAt: 2000 }],
  [
    'a page with a resource of two requests',
    { refreshAhead: true, pollMs: 5000, latency: 100, page: ['engines:list'], clearAt: 1 },
  ],
  [
    'the clear comes between a load ahead and its tick',
    {
      refreshAhead: true,
      pollMs: 5000,
      latency: 100,
      page: ['engines:list', 'health:status'],
      clearAt: 4950,
    },
  ],
  [
    'loads that are slow',
    { refreshAhead: true, pollMs: 5000, latency: 1500, page: ['vpn:status'], clearAt: 3000 },
  ],
  [
    'a TTL that spares the loads of many ticks',
    { refreshAhead: true, pollMs: 5000, latency: 100, ttl: 22_000, page: ['vpn:status'], clearAt: 3000 },
  ],
  ['a slow poll', { refreshAhead: true, pollMs: 30_000, latency: 100, page: ['vpn:status'], clearAt: 3000 }],
  [
    'no refresh ahead, one page of everything',
    {
      refreshAhead: false,
      pollMs: 5000,
      latency: 100,
      page: ['stats:total', 'orchestrator:status', 'vpn:status', 'engines:list'],
      clearAt: 2500,
    },
  ],
  ['no refresh ahead, no page', { refreshAhead: false, pollMs: 5000, latency: 100, page: [], clearAt: 2500 }],
  [
    'no refresh ahead, a long TTL',
    { refreshAhead: false, pollMs: 5000, latency: 100, ttl: 12_000, page: ['vpn:status'], clearAt: 2500 },
  ],
];

describe('the calls foretold for the minute after a clear are those sent', () => {
  test.each(scenes)('%s', async (_, scene) => {
    const { foretold, sent } = await minuteAfterClear(scene);
    expect(foretold).toBe(sent);
    expect(sent).toBeGreaterThan(0);
  });
});

test('while paused, or with the cache off, a clear loads nothing', () => {
  const clock = new FakeClock();
  const cache = new TtlCache({ clock, random: () => 0.5 });
  const { source } = new ScriptedSource(clock);
  const parts = { clock, cache, source, specs: resourceSpecs, watched: watchedResources, pollMs: 5000 };
  const status = new StatusService({ ...parts, random: () => 0.5 });
  expect(status.callsInMinuteAfterClear()).toBeGreaterThan(0);
  status.paused = true;
  expect(status.callsInMinuteAfterClear()).toBe(0);
  status.paused = false;
  status.cacheOn = false;
  expect(status.callsInMinuteAfterClear()).toBe(0);
  status.stop();
});

test('by hand: at once, then before each of the twelve ticks but the one that the first load still serves', () => {
  const plan = { pollMs: 5000, ttl: 3000, loadMs: 100, lead: 330, polled: true, watched: true };
  expect(loadsInMinuteAfterClear(1_000_000, plan)).toBe(13);
  // Stored at 3.1 s, fresh until 6.1 s, the first tick is at 5 s.
  expect(loadsInMinuteAfterClear(1_003_000, plan)).toBe(12);
});
