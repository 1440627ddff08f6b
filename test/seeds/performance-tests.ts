import { workbench } from './workload.ts';
import { adminOnly, asked, bodies, onControl, read, statusesOf } from './control-bench.ts';
import { same, type SeedRow } from './row.ts';

const document = 'performance-phase-report.md';
const list = '/api/workstations';
const added = { name: 'Lab', ip_address: '192.0.2.99', username: 'lab', password: 'lab-password' };

/** What the twelve tests of the document are named after, tried on this product's own cache over HTTP. */
export const performanceTests: readonly SeedRow[] = [
  {
    document,
    row: 'test_cache_stats_endpoint',
    seed: 'statistics endpoint works',
    measure: () =>
      onControl(async ({ ask, cache }) => {
        await ask('GET', list, 'viewer');
        await ask('GET', list, 'viewer');
        const answer = await ask('GET', '/api/performance/cache-stats', 'admin');
        const { cache_stats: stats } = read(bodies.cacheStats, answer);
        const { hits, misses, size } = stats;
        return {
          ours: `hits ${hits}, misses ${misses}, size ${size}`,
          pass: hits > 0 && size === cache.size,
        };
      }),
  },
  {
    document,
    row: 'test_cache_stats_requires_admin',
    seed: 'ADMIN only',
    measure: () =>
      onControl(async (bench) => {
        const found = await statusesOf(bench, 'GET', '/api/performance/cache-stats');
        return same(`${asked}: ${found.join(', ')}`, found, adminOnly);
      }),
  },
  {
    document,
    row: 'test_cache_clear_endpoint',
    seed: 'clears',
    measure: () =>
      onControl(async ({ ask, cache, events }) => {
        await ask('GET', list, 'viewer');
        const held = cache.entries().length;
        const answer = await ask('POST', '/api/performance/cache-clear', 'admin');
        const { entries_removed: removed } = read(bodies.cleared, answer);
        const gone = events.some(({ kind, key }) => kind === 'invalidate' && key === 'workstations_list');
        return { ours: `${removed} of ${held} removed`, pass: removed === held && gone };
      }),
  },
  {
    document,
    row: 'test_cache_invalidate_endpoint',
    seed: 'invalidates by pattern',
    measure: () =>
      onControl(async ({ ask, cache }) => {
        await ask('GET', list, 'viewer');
        const path = '/api/performance/cache-invalidate?pattern=workstations_*';
        const first = read(bodies.invalidated, await ask('POST', path, 'admin'));
        const found = [first.message, first.entries_removed, cache.keys().includes('workstations_list')];
        return same(`“${first.message}”`, found, ['1 cache entry invalidated', 1, false]);
      }),
    deviation: 'One entry is an entry; how many went stands in a field of its own as well.',
  },
  {
    document,
    row: 'test_cache_invalidate_requires_admin',
    seed: 'ADMIN only',
    measure: () =>
      onControl(async (bench) => {
        const found = await statusesOf(bench, 'POST', '/api/performance/cache-invalidate?pattern=users_*');
        return same(`${asked}: ${found.join(', ')}`, found, adminOnly);
      }),
  },
  {
    document,
    row: 'test_performance_metrics_endpoint',
    seed: 'cache, managers.count, active_connections',
    measure: () =>
      onControl(async ({ ask }) => {
        const { metrics } = read(bodies.metrics, await ask('GET', '/api/performance/metrics', 'admin'));
        const found = [metrics.managers.count, metrics.websockets.active_connections];
        return same(`${found[0]} backends, ${found[1]} pages`, found, [3, 0]);
      }),
    deviation: 'Managers are the connected backends here, websockets the open pages.',
  },
  {
    document,
    row: 'test_workstations_list_performance',
    seed: '< 100 ms from the cache',
    measure: () =>
      onControl(async ({ ask }) => {
        const first = await ask('GET', list, 'viewer');
        const again = await ask('GET', list, 'viewer');
        const served = again.headers.get('Cache-Status') ?? '';
        const { length } = read(bodies.workstations, again);
        return {
          ours: `${length} workstations: ${first.ms.toFixed(0)} ms, then ${again.ms.toFixed(1)} ms`,
          pass: again.ms < 100 && served.includes('hit') && length > 0,
        };
      }),
  },
  {
    document,
    row: 'test_cache_hit_rate_improves',
    seed: '> 80 % on repeats',
    measure: () =>
      onControl(async ({ ask, cache }) => {
        for (let nth = 0; nth < 10; nth += 1) await ask('GET', list, 'viewer');
        const rate = cache.keyStatistics().find(({ key }) => key === 'workstations_list')?.hitRate;
        return same(`${rate?.percent} % of ${rate?.n}`, [rate?.percent, rate?.n], [90, 10]);
      }),
  },
  {
    document,
    row: 'test_cache_invalidation_after_workstation_creation',
    seed: 'cache clears on create',
    measure: () =>
      onControl(async ({ ask, events }) => {
        const before = read(bodies.workstations, await ask('GET', list, 'viewer')).length;
        const { status } = await ask('POST', list, 'admin', added);
        const gone = events.filter(({ kind, key }) => kind === 'invalidate' && key === 'workstations_list');
        const after = read(bodies.workstations, await ask('GET', list, 'viewer')).length;
        const ours = `${before} workstations, then ${after}; the list was dropped ${gone.length} time`;
        return same(ours, [status, after - before, gone.length], [201, 1, 1]);
      }),
  },
  {
    document,
    row: 'test_cache_expiration',
    seed: 'TTL works',
    measure: async () => {
      const { clock, cache } = workbench();
      cache.set('k', 1, { ttl: 1000 });
      const values: unknown[] = [cache.get('k')];
      await clock.advance(1000);
      values.push(cache.get('k'));
      return same(`before ${String(values[0])}, at the TTL ${String(values[1])}`, values, [1, undefined]);
    },
  },
  {
    document,
    row: 'test_cache_empty_pattern_invalidate',
    seed: 'rejected',
    measure: () =>
      onControl(async ({ ask, cache }) => {
        await ask('GET', list, 'viewer');
        const statuses: number[] = [];
        for (const pattern of ['', '%20']) {
          const path = `/api/performance/cache-invalidate?pattern=${pattern}`;
          statuses.push((await ask('POST', path, 'admin')).status);
        }
        return same(
          `${statuses.join(', ')}, the list is kept`,
          [statuses, cache.keys().includes('workstations_list')],
          [[400, 400], true],
        );
      }),
  },
  {
    document,
    row: 'test_cache_concurrent_access',
    seed: '10 threads, all safe',
    measure: () =>
      onControl(async ({ ask, cache }) => {
        const answers = await Promise.all(Array.from({ length: 10 }, () => ask('GET', list, 'viewer')));
        const bad = answers.filter(({ status }) => status !== 200).length;
        const loads = cache.keyStatistics().find(({ key }) => key === 'workstations_list')?.counters.loads;
        return same(`10 requests at once: ${loads} load, ${bad} failures`, [loads, bad], [1, 0]);
      }),
  },
];
