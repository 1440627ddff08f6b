import { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import { listPattern, managerSpecs, policyOf } from '../../electron/core/workstations/resources.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { onManager, onSeedManager, outcomeOf, patient } from './manager-bench.ts';
import { same, type SeedRow } from './row.ts';

const architecture = 'caching-architecture.md';
const report = 'performance-phase-report.md';
const added = { name: 'Lab', address: '192.0.2.99', user: 'lab', password: 'lab-password' };
const bothBodies =
  'Both bodies are understood: the document’s, and the real server’s, which counts nothing removed.';

const adminCalls = {
  'GET /api/performance/cache-stats': 'cacheStats',
  'POST /api/performance/cache-clear': 'clearCache',
  'GET /api/performance/metrics': 'metrics',
} as const;

function adminRow(document: string, row: string, call: 'cacheStats' | 'clearCache' | 'metrics'): SeedRow {
  return {
    document,
    row,
    seed: 'ADMIN only',
    measure: () =>
      onManager(async ({ as }) => {
        const said = [
          await outcomeOf((await as('viewer'))[call](patient())),
          await outcomeOf((await as('admin'))[call](patient())),
        ];
        const ours = `viewer: ${said[0]} admin: ${said[1]}`;
        return { ours, pass: said[0]?.includes('needs the role admin') === true && said[1] === 'ok' };
      }),
  };
}

/** What the workstation manager's own cache is asked and told; the tables of the two documents. */
export const workstationRows: readonly SeedRow[] = [
  {
    document: architecture,
    row: 'GET /api/performance/cache-stats',
    seed: 'hits 1250, misses 340, size 42, evictions 12, 78.6 %',
    measure: async () => {
      const seed = (await onSeedManager((source) => source.cacheStats(patient()))).value;
      const real = await onManager(async ({ as }) => (await (await as('admin')).cacheStats(patient())).value);
      const found = [seed.hits, seed.misses, seed.size, seed.evictions, seed.hitRatePercent, real.requests];
      return same(
        `${found.slice(0, 4).join(', ')}, ${seed.hitRatePercent} %; the real body too`,
        found,
        [1250, 340, 42, 12, 78.6, 0],
      );
    },
  },
  {
    document: architecture,
    row: 'POST /api/performance/cache-clear',
    seed: '“Cache cleared”, entries_removed 42',
    measure: async () => {
      const seed = await onSeedManager((source) => source.clearCache(patient()));
      const real = await onManager(async ({ as }) => (await as('admin')).clearCache(patient()));
      const ours = `“${seed.message}”, ${seed.removed}; real: “${real.message}”, not reported`;
      return same(ours, [seed.removed, real.removed], [42, null]);
    },
    deviation: bothBodies,
  },
  {
    document: architecture,
    row: 'POST /api/performance/cache-invalidate?pattern=workstations_*',
    seed: '“2 cache entries invalidated”',
    measure: async () => {
      const seed = await onSeedManager((source) => source.invalidate('workstations_*', patient()));
      const sizes = await onManager(async ({ as }) => {
        const source = await as('admin');
        await source.list(patient());
        const left: (number | null)[] = [];
        for (const pattern of ['workstations_*', 'workstations']) {
          await source.invalidate(pattern, patient());
          left.push((await source.cacheStats(patient())).value.size);
        }
        return left;
      });
      const ours = `${seed.removed} removed; real: the pattern leaves ${sizes[0]}, “workstations” leaves ${sizes[1]}`;
      return same(ours, [seed.removed, sizes], [2, [1, 0]]);
    },
    deviation: 'The real server removes what begins with the text: a * is an ordinary character to it.',
  },
  {
    document: architecture,
    row: 'GET /api/performance/metrics',
    seed: 'cache, managers.count 8, active_connections 3',
    measure: async () => {
      const seed = (await onSeedManager((source) => source.metrics(patient()))).value;
      const real = await onManager(async ({ as }) => (await (await as('admin')).metrics(patient())).value);
      const found = [seed.cache.hits, seed.workstations, seed.websockets, seed.emulators, real.workstations];
      const ours = `${seed.cache.hits} hits, ${seed.workstations}, ${seed.websockets}; the real body too, with emulators`;
      return same(ours, found, [1250, 8, 3, null, 12]);
    },
    deviation: 'The real server’s names differ; it counts emulators as well.',
  },
  ...Object.entries(adminCalls).map(([path, call]) => adminRow(architecture, `${path} requires admin`, call)),
  {
    document: architecture,
    row: 'Workstations list cached for 5 minutes',
    seed: 'ttl_seconds=300',
    measure: async () => {
      const clock = new FakeClock();
      const cache = new TtlCache({ clock, random: () => 0.5 });
      const { key, ttl } = managerSpecs.workstations_list;
      let loads = 0;
      const read = async (): Promise<void> => {
        await cache.read(key, () => (loads += 1), policyOf(managerSpecs.workstations_list));
      };
      await read();
      await clock.advance(ttl - 1);
      await read();
      const within = loads;
      await clock.advance(1);
      await read();
      return same(`${ttl / 1000} s (${key})`, [ttl, within, loads], [300_000, 1, 2]);
    },
  },
  {
    document: architecture,
    row: 'POST /api/workstations invalidates “workstations_*”',
    seed: 'workstations_list goes',
    measure: () => {
      const cache = new TtlCache({ clock: new FakeClock(), random: () => 0.5 });
      for (const key of Object.keys(managerSpecs)) cache.set(key, 1);
      const gone = cache.match(listPattern);
      cache.invalidate(listPattern);
      return same(`${gone.join(', ')} goes, ${cache.keys().join(', ')} stay`, gone, ['workstations_list']);
    },
  },
  {
    document: report,
    row: 'test_cache_stats_endpoint, test_performance_metrics_endpoint, at the server',
    seed: 'statistics and metrics available',
    measure: () =>
      onManager(async ({ as }) => {
        const source = await as('admin');
        for (let time = 0; time < 5; time += 1) await source.list(patient());
        const { hits, misses } = (await source.cacheStats(patient())).value;
        const { cache } = (await source.metrics(patient())).value;
        const found = [hits, misses, cache.hits, cache.misses];
        return same(`${hits} hits, ${misses} miss in both`, found, [4, 1, 4, 1]);
      }),
  },
  {
    document: report,
    row: 'test_cache_clear_endpoint, at the server',
    seed: 'clears',
    measure: () =>
      onManager(async ({ as }) => {
        const source = await as('admin');
        await source.list(patient());
        await source.clearCache(patient());
        const { size, hits, misses } = (await source.cacheStats(patient())).value;
        return same(`${size} entries left, counters stay`, [size, hits, misses], [0, 0, 1]);
      }),
  },
  adminRow(report, 'test_cache_stats_requires_admin, at the server', 'cacheStats'),
  {
    document: report,
    row: 'test_cache_invalidate_requires_admin, at the server',
    seed: 'ADMIN only',
    measure: () =>
      onManager(async ({ as }) => {
        const said = await outcomeOf((await as('operator')).invalidate('workstations', patient()));
        return { ours: said, pass: said.includes('needs the role admin') };
      }),
  },
  {
    document: report,
    row: 'test_cache_empty_pattern_invalidate, at the server',
    seed: 'rejected',
    measure: () =>
      onManager(async ({ as }) => {
        const said = await outcomeOf((await as('admin')).invalidate('', patient()));
        return { ours: said, pass: said.includes('Pattern cannot be empty') };
      }),
  },
  {
    document: report,
    row: 'test_cache_invalidation_after_workstation_creation, at the server',
    seed: 'cache clears on create',
    measure: () =>
      onManager(async ({ as }) => {
        const source = await as('operator');
        const before = (await source.list(patient())).value.workstations.length;
        await source.create(added, patient());
        const after = (await source.list(patient())).value.workstations.length;
        return same(`${before} workstations, then ${after}`, [before, after], [12, 13]);
      }),
  },
  {
    document: report,
    row: 'GET /api/workstations of a server',
    seed: '~150–200 ms',
    measure: () =>
      onManager(async ({ as, clock }) => {
        const source = await as('viewer');
        const before = clock.mono();
        await source.list(patient());
        return same(`${clock.mono() - before} ms`, clock.mono() - before, 150);
      }),
  },
];
