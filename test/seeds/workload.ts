import { setTimeout } from 'node:timers/promises';
import type { CacheEvent } from '../../electron/core/cache/types.ts';
import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import type { TtlCacheOptions } from '../../electron/core/cache/options.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** A cache on a fake clock whose loads take `loadMs`. */
export function workbench(options: Partial<TtlCacheOptions> = {}, loadMs = 150) {
  const clock = new FakeClock();
  const cache = new TtlCache({ clock, random: () => 0.5, ...options });
  const events: CacheEvent[] = [];
  cache.on((event) => events.push(event));
  const load = (): Promise<string> =>
    new Promise((resolve) => void clock.after(loadMs, () => resolve('value')));

  /** One request, moving the clock until it is answered. Returns how long that took, ms. */
  async function request(key: string, ttl = 300_000): Promise<number> {
    const started = clock.mono();
    const state = { open: true };
    const answer = async (): Promise<void> => {
      await cache.getOrLoad(key, load, { ttl });
      state.open = false;
    };
    const done = answer();
    await clock.advance(0);
    while (state.open) await clock.advance(1);
    await done;
    return clock.mono() - started;
  }

  return { clock, cache, events, load, request };
}

/** ms, in real time, of a first request whose load takes 150 ms, and of the mean repeated one. */
export async function realTimes(): Promise<{ readonly first: number; readonly repeated: number }> {
  const cache = new TtlCache({ clock: systemClock, random: Math.random });
  const load = async (): Promise<string> => {
    await setTimeout(150);
    return 'value';
  };
  const ask = (): Promise<string> => cache.getOrLoad('workstations_list', load, { ttl: 300_000 });
  const started = performance.now();
  await ask();
  const loaded = performance.now();
  const repeats = 10_000;
  for (let nth = 0; nth < repeats; nth += 1) await ask();
  return { first: loaded - started, repeated: (performance.now() - loaded) / repeats };
}

export interface Work {
  readonly requests: number;
  /** Different keys asked in turn: each is one load. */
  readonly keys: number;
  /** What one load takes, ms. */
  readonly loadMs?: number;
}

/** Sequential requests. `ms` is what all took together, by the fake clock. */
export async function run({ requests, keys, loadMs = 150 }: Work) {
  const { cache, request } = workbench({}, loadMs);
  let ms = 0;
  for (let nth = 0; nth < requests; nth += 1) ms += await request(`workstations_${nth % keys}`);
  const { counters, hitRate, loadReductionPercent } = cache.statistics();
  return {
    ms,
    withoutMs: requests * loadMs,
    savedPercent: 100 * (1 - ms / (requests * loadMs)),
    loads: counters.loads,
    perRequest: counters.loads / requests,
    hitRate: hitRate.percent,
    loadReductionPercent,
  };
}

/** Lookups of one key by a poller, `every` ms, `polls` times. Returns HIT or MISS of each. */
export async function poll(ttl: number, every: number, polls: number, ahead = false): Promise<string[]> {
  const { clock, cache, load } = workbench({}, 0);
  const seen: string[] = [];
  for (let nth = 0; nth < polls; nth += 1) {
    if (ahead) {
      const prefetch = cache.prefetch('k', load, { ttl });
      await clock.advance(1_000);
      await prefetch;
    }
    const reading = cache.read('k', load, { ttl });
    await clock.advance(0);
    seen.push((await reading).served === 'hit' ? 'HIT' : 'MISS');
    await clock.advance(ahead ? every - 1_000 : every);
  }
  return seen;
}

export function percent(value: number): string {
  return `${Number(value.toFixed(1))} %`;
}
