import { seedCacheTotals } from '../../electron/core/cache/seed-shapes.ts';
import { same, type SeedRow } from './row.ts';
import { percent, realTimes, run, workbench } from './workload.ts';

const document = 'performance-phase-report.md';
const second = 1_000;

export const performancePhaseReport: readonly SeedRow[] = [
  {
    document,
    row: 'Default TTL',
    seed: 'ttl_seconds=300',
    measure: () => {
      const { cache } = workbench();
      cache.set('k', 1);
      const { ttl } = cache.peek('k');
      return same(`${(ttl ?? NaN) / second} s`, ttl, 300 * second);
    },
  },
  {
    document,
    row: 'delete returns bool, cleanup_expired returns int',
    seed: 'True/False, count',
    measure: async () => {
      const { clock, cache } = workbench();
      for (const key of ['a', 'b', 'c']) cache.set(key, 1, { ttl: second });
      const found: unknown[] = [cache.delete('a'), cache.delete('a')];
      await clock.advance(second);
      found.push(cache.cleanup());
      return same(found.join(', '), found, [true, false, 2]);
    },
  },
  {
    document,
    row: 'Statistics: hits, misses, evictions',
    seed: 'tracked',
    measure: async () => {
      const { clock, cache, request } = workbench();
      await request('k', second);
      await request('k', second);
      await clock.advance(second);
      await request('k', second);
      const { hits, misses, evictions } = seedCacheTotals(cache);
      return same(
        `${hits} hit, ${misses} misses, ${evictions} eviction`,
        [hits, misses, evictions],
        [1, 2, 1],
      );
    },
  },
  {
    document,
    row: 'Hit rate on repeats',
    seed: '> 80 %',
    measure: async () => {
      const { hitRate } = await run({ requests: 10, keys: 1 });
      return { ours: `${percent(hitRate)} of 10`, pass: hitRate > 80 };
    },
  },
  {
    document,
    row: 'Workstation list from the cache',
    seed: '< 100 ms',
    measure: async () => {
      const { first, repeated } = await realTimes();
      return {
        ours: `${repeated.toFixed(4)} ms after ${first.toFixed(0)} ms`,
        pass: first > 140 && repeated < 100,
      };
    },
  },
  {
    document,
    row: 'Invalidation after a workstation was created',
    seed: 'cache clears on create',
    measure: async () => {
      const { cache, request } = workbench();
      await request('workstations_list');
      const removed = cache.invalidate('workstations_*');
      const again = await request('workstations_list');
      return same(`${removed} removed, next request ${again} ms`, [removed, again], [1, 150]);
    },
  },
  {
    document,
    row: 'Expiration by TTL',
    seed: 'works',
    measure: async () => {
      const { clock, cache } = workbench();
      cache.set('k', 1, { ttl: second });
      await clock.advance(999);
      const before = cache.get('k');
      await clock.advance(1);
      const after = cache.get('k');
      return same(
        `at 0.999 s ${String(before)}, at 1 s ${String(after)}`,
        [before, after === undefined],
        [1, true],
      );
    },
  },
  {
    document,
    row: 'Invalid patterns rejected',
    seed: 'empty pattern refused',
    measure: () => {
      const { cache } = workbench();
      const refused = ['', '  '].filter((pattern) => {
        try {
          cache.invalidate(pattern);
          return false;
        } catch (error) {
          return error instanceof RangeError;
        }
      });
      return same(`${refused.length} of 2 blank patterns refused`, refused.length, 2);
    },
  },
  {
    document,
    row: 'Concurrent access under 10 threads',
    seed: 'safe',
    measure: async () => {
      const { clock, cache, load } = workbench();
      const calls = Array.from({ length: 10 }, (_, n) => cache.getOrLoad(`k${n % 2}`, load, { ttl: second }));
      await clock.advance(150);
      await Promise.all(calls);
      const { loads, coalesced } = cache.statistics().counters;
      return same(`10 callers, 2 keys: ${loads} loads, ${coalesced} joined`, [loads, coalesced], [2, 8]);
    },
    deviation: 'One thread: concurrent callers in place of threads.',
  },
  {
    document,
    row: 'GET /api/workstations before and after',
    seed: '~150–200 to ~10–20 ms, 92–93 %',
    measure: async () => {
      const { first, repeated } = await realTimes();
      const saved = (100 * (1 - repeated / first)).toFixed(4);
      return { ours: `${first.toFixed(0)} to ${repeated.toFixed(4)} ms, ${saved} %`, pass: repeated <= 20 };
    },
    deviation: 'The cache is in our process: a hit asks no server at all.',
  },
  {
    document,
    row: 'Typical API calls',
    seed: '~100–150 to ~50–80 ms, 30–50 %',
    measure: async () => {
      const { ms, savedPercent } = await run({ requests: 200, keys: 100, loadMs: 125 });
      return same(`125 to ${ms / 200} ms, ${percent(savedPercent)}`, [ms / 200, savedPercent], [62.5, 50]);
    },
  },
  {
    document,
    row: 'API responses with the cache ("20–30 % faster")',
    seed: '20–30 %',
    measure: async () => {
      const { savedPercent, hitRate } = await run({ requests: 100, keys: 75 });
      return same(`${percent(savedPercent)} at ${percent(hitRate)} hits`, [savedPercent, hitRate], [25, 25]);
    },
    deviation: 'True at 25 % hits; the saving equals the hit rate.',
  },
  {
    document,
    row: 'Database queries per request',
    seed: '~0.25, −75 % (elsewhere: −25 %)',
    measure: async () => {
      const { perRequest, loadReductionPercent } = await run({ requests: 400, keys: 100 });
      return same(
        `${perRequest}, −${percent(loadReductionPercent)}`,
        [perRequest, loadReductionPercent],
        [0.25, 75],
      );
    },
    deviation: 'The document says 75 % and 25 % of the same thing; 0.25 queries a request are 75 % less.',
  },
  {
    document,
    row: 'Memory of a typical cache',
    seed: '~2–5 MB',
    measure: () => {
      const { cache } = workbench();
      const body = {
        host: 'ws',
        state: 'up',
        address: '10.0.0.1',
        labels: ['a', 'b'],
        notes: 'x'.repeat(200),
      };
      for (let n = 0; n < 5_000; n += 1) cache.set(`workstations_${n}`, { ...body, id: n });
      const megabytes = cache.bytes / 1024 / 1024;
      return { ours: `${megabytes.toFixed(1)} MB for ${cache.size} entries`, pass: megabytes <= 5 };
    },
  },
  {
    document,
    row: 'Throughput with hits',
    seed: '2–3 times the requests a second',
    measure: async () => {
      const { ms, withoutMs } = await run({ requests: 100, keys: 40 });
      return same(`${withoutMs / ms} times at 60 % hits`, withoutMs / ms, 2.5);
    },
  },
];
