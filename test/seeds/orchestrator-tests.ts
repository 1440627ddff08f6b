import { cached } from '../../electron/core/cache/cached.ts';
import { seedCacheStats } from '../../electron/core/cache/seed-shapes.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';
import type { TtlCache } from '../../electron/core/cache/ttl-cache.ts';
import { same, type Finding, type SeedRow } from './row.ts';
import { realTimes, workbench } from './workload.ts';

const second = 1000;
const three = ['orchestrator:status', 'stats:total', 'vpn:status'] as const;

function row(
  file: string,
  name: string,
  seed: string,
  measure: SeedRow['measure'],
  deviation?: string,
): SeedRow {
  const title = `${file}: ${name}`;
  return { document: 'stats-caching.md', row: title, seed, measure, ...(deviation ? { deviation } : {}) };
}
const service = row.bind(null, 'test_cache_service.py');
const integration = row.bind(null, 'test_cache_integration.py');

/** Calls of a function behind the cache: the same argument twice, then another. */
async function callsBehindCache(prefix: string, factor: number): Promise<Finding> {
  const { cache } = workbench();
  let calls = 0;
  const work = (x: number): Promise<number> => {
    calls += 1;
    return Promise.resolve(x * factor);
  };
  const get = cached(cache, work, { ttl: second, prefix, name: 'work' });
  const found = [await get(5), await get(5), calls, await get(10), calls];
  return same(`${calls} calls for 5, 5, 10`, found, [5 * factor, 5 * factor, 1, 10 * factor, 2]);
}

async function gone(ttl: number, wait: number): Promise<Finding> {
  const { clock, cache } = workbench();
  cache.set('key1', 'value1', { ttl });
  const before = cache.get('key1');
  await clock.advance(wait);
  const after = cache.get('key1');
  return same(`${String(before)}, then ${String(after)}`, [before, after === undefined], ['value1', true]);
}

function left(patterns: readonly string[], expected: readonly string[]): Finding {
  const { cache } = workbench();
  for (const key of three) cache.set(key, key, { ttl: 5 * second });
  for (const pattern of patterns) cache.invalidate(pattern);
  return same(`left: ${cache.keys().join(', ')}`, cache.keys(), expected);
}

function counted(hits: readonly string[], misses: readonly string[], stored: readonly string[]) {
  const { cache } = workbench();
  for (const key of stored) cache.set(key, 1, { ttl: 5 * second });
  for (const key of [...hits, ...misses]) cache.get(key);
  return seedCacheStats(cache);
}

/** The eighteen tests that the document counts, by the names they have in the project it describes. */
export const orchestratorTests: readonly SeedRow[] = [
  service('test_simple_cache_basic', 'set, get, delete', () => {
    const { cache } = workbench();
    cache.set('key1', 'value1', { ttl: 5 * second });
    const found = [cache.get('key1'), cache.get('non_existent'), cache.delete('key1'), cache.get('key1')];
    return same(found.map(String).join(', '), found, ['value1', undefined, true, undefined]);
  }),
  service('test_simple_cache_expiration', 'gone after its TTL', () => gone(100, 200)),
  service('test_simple_cache_cleanup', 'only the expired one goes', async () => {
    const { clock, cache } = workbench();
    cache.set('key1', 1, { ttl: 100 });
    cache.set('key2', 2, { ttl: 10 * second });
    await clock.advance(200);
    const removed = cache.cleanup();
    return same(`${removed} removed, ${cache.keys().join()} left`, [removed, cache.keys()], [1, ['key2']]);
  }),
  service('test_simple_cache_stats', 'size 2, 2 hits, 1 miss, 66.67 %', () => {
    const { size, hits, misses, hit_rate: rate } = counted(['key1', 'key1'], ['none'], ['key1', 'key2']);
    return same(
      `size ${size}, ${hits} hits, ${misses} miss, ${rate} %`,
      [size, hits, misses, rate],
      [2, 2, 1, 66.67],
    );
  }),
  service(
    'test_cached_decorator_sync',
    'one call for each argument',
    () => callsBehindCache('test', 2),
    'There is one kind of wrapped function, and it is asynchronous.',
  ),
  service('test_cached_decorator_async', 'one call for each argument', () =>
    callsBehindCache('test_async', 3),
  ),
  service(
    'test_cache_invalidation',
    '“prefix:” removes prefix:key1 and prefix:key2',
    () => {
      const { cache } = workbench();
      for (const key of ['prefix:key1', 'prefix:key2', 'other:key3']) cache.set(key, 1);
      const found = [cache.invalidate('prefix:'), cache.invalidate('prefix:*'), cache.keys()];
      return same(`“prefix:” ${String(found[0])}, “prefix:*” ${String(found[1])} removed`, found, [
        0,
        2,
        ['other:key3'],
      ]);
    },
    'A pattern is held against the whole key; what begins with a text is `text*`.',
  ),
  service(
    'test_cache_thread_safety',
    '3 threads, 50 rounds, no error',
    async () => {
      const { cache } = workbench();
      let wrong = 0;
      const worker = async (): Promise<void> => {
        for (let i = 0; i < 50; i += 1) {
          cache.set(`key${i % 10}`, `value${i}`, { ttl: second });
          await Promise.resolve();
          if (!String(cache.get(`key${i % 10}`)).startsWith('value')) wrong += 1;
        }
      };
      await Promise.all([worker(), worker(), worker()]);
      return same(`150 rounds of three interleaved workers, ${wrong} wrong`, [wrong, cache.size], [0, 10]);
    },
    'One thread: interleaved workers in place of threads.',
  ),
  service(
    'test_cache_cleanup_task',
    'removed in the background',
    async () => {
      const { clock, cache } = workbench();
      cache.start();
      cache.set('test_key', 1, { ttl: 100 });
      await clock.advance(60 * second);
      cache.stop();
      return same(`${cache.size} entries after the sweep at 60 s`, cache.size, 0);
    },
    'The sweep comes every 60 s, as the document says; the test sets 0.2 s.',
  ),
  service(
    'test_global_cache_instance',
    'one cache for all',
    async () => {
      const caches: TtlCache[] = [];
      const { core, client } = await startCoreOnDemo({ fill: (cache) => void caches.push(cache) });
      try {
        caches[0]?.set('test', 'value', { ttl: 5 * second });
        const { keys } = await client.call('cache.match', { pattern: 'test' });
        return same(
          `${caches.length} cache, its key ${keys.join()} on the page`,
          [caches.length, keys],
          [1, ['test']],
        );
      } finally {
        await core.stop();
      }
    },
    'One for each connected profile; sessions have another, so that nobody’s clear removes them.',
  ),
  integration('test_cache_basic_operations', 'a value, a hit, size 1', () => {
    const { cache } = workbench();
    cache.set('test_key', { data: 'value' }, { ttl: 5 * second });
    const found = [cache.get('test_key'), seedCacheStats(cache).hits, seedCacheStats(cache).size];
    return same(`${JSON.stringify(found[0])}, ${String(found[1])} hit`, found, [{ data: 'value' }, 1, 1]);
  }),
  integration('test_cache_pattern_invalidation', 'orchestrator:status goes, two stay', () =>
    left(['orchestrator:status'], ['stats:total', 'vpn:status']),
  ),
  integration('test_cache_multiple_invalidation', 'two go, vpn:status stays', () =>
    left(['orchestrator:status', 'stats:total'], ['vpn:status']),
  ),
  integration('test_cache_ttl_expiration', 'gone after 0.1 s', () => gone(100, 100)),
  integration('test_cache_stats_tracking', '2 hits, 2 misses, 50 %', () => {
    const { hits, misses, hit_rate: rate } = counted(['key1', 'key1'], ['missing', 'missing'], ['key1']);
    return same(`${hits} hits, ${misses} misses, ${rate} %`, [hits, misses, rate], [2, 2, 50]);
  }),
  integration('test_cache_size_tracking', '0, 1, 2, 1', () => {
    const { cache } = workbench();
    const sizes = [cache.size];
    cache.set('key1', 1);
    sizes.push(cache.size);
    cache.set('key2', 2);
    sizes.push(cache.size);
    cache.delete('key1');
    sizes.push(cache.size);
    return same(sizes.join(', '), sizes, [0, 1, 2, 1]);
  }),
  integration('test_cache_clear_all', '3 entries, then none', () => {
    const { cache } = workbench();
    for (const key of ['key1', 'key2', 'key3']) cache.set(key, 1);
    const removed = cache.clear();
    return same(
      `${removed} entries removed, ${cache.size} left`,
      [removed, cache.size, cache.get('key1')],
      [3, 0, undefined],
    );
  }),
  integration('test_cache_performance_benefit', 'the second answer is faster', async () => {
    const { first, repeated } = await realTimes();
    return { ours: `${first.toFixed(0)} ms, then ${repeated.toFixed(4)} ms`, pass: repeated < first };
  }),
];
