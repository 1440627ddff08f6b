import { z } from 'zod';
import { seedCacheTotals } from '../../cache/seed-shapes.ts';
import type { Workspace } from '../../workspace.ts';
import { ControlFault } from '../answers.ts';
import { ask, iso, switchFault } from '../house.ts';
import type { ControlHouse } from '../house.ts';
import { roleOf, route } from '../route.ts';
import type { Route } from '../route.ts';

const tag = 'Performance';
/** The document wants it for all four. */
const role = 'admin';

const success = z.literal('success');
const done = { status: 'success' } as const;
const timestamp = z.iso.datetime();
const totals = z.object({
  hits: z.int().min(0),
  misses: z.int().min(0).describe('Lookups that were no hit'),
  size: z.int().min(0),
  evictions: z.int().min(0).describe('For want of space, and by age'),
  hit_rate_percent: z.number().min(0).max(100),
});
const count = z.int().min(0);
const exampleTotals = { hits: 1250, misses: 340, size: 42, evictions: 12, hit_rate_percent: 78.6 };
const exampleTime = '2025-10-17T23:45:30.123Z';

/** The monitoring endpoints of `seeds/caching-architecture.md`, for this product's own cache. */
export function performanceRoutes(house: ControlHouse): Route[] {
  const now = (): string => iso(house.clock.wall());
  return [
    route({
      method: 'GET',
      path: '/api/performance/cache-stats',
      role,
      tag,
      summary: 'Counters of the cache',
      output: z.object({ status: success, cache_stats: totals, timestamp }),
      example: { status: 'success', cache_stats: exampleTotals, timestamp: exampleTime },
      faults: switchFault,
      run: () => ({
        body: {
          ...done,
          cache_stats: seedCacheTotals(house.active.workspace.cache),
          timestamp: now(),
        },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/performance/cache-clear',
      role: roleOf('cache.clear'),
      tag,
      summary: 'Remove every entry',
      output: z.object({ status: success, message: z.string(), entries_removed: count }),
      example: { status: 'success', message: 'Cache cleared', entries_removed: 42 },
      faults: switchFault,
      run: async (_, asker) => {
        const { removed } = await ask(house, 'cache.clear', {}, asker);
        return { body: { ...done, message: 'Cache cleared', entries_removed: removed } };
      },
    }),
    route({
      method: 'POST',
      path: '/api/performance/cache-invalidate',
      role: roleOf('cache.invalidate'),
      tag,
      summary: 'Remove the entries that a pattern matches',
      description:
        'A glob over whole keys: `*` any run, `?` one character, `\\` escapes. ' +
        'A pattern of asterisks alone is refused: that is what cache-clear is for.',
      query: z.object({ pattern: z.string().max(500) }),
      output: z.object({ status: success, message: z.string(), pattern: z.string(), entries_removed: count }),
      example: {
        status: 'success',
        message: '2 cache entries invalidated',
        pattern: 'workstations_*',
        entries_removed: 2,
      },
      faults: { ...switchFault, 400: 'The pattern is empty', 409: 'The pattern would remove everything' },
      run: async ({ query: { pattern } }, asker) => {
        if (pattern.trim() === '') {
          throw new ControlFault({ status: 400, code: 'bad-request', detail: 'Pattern cannot be empty' });
        }
        const { removed } = await ask(house, 'cache.invalidate', { pattern }, asker);
        const message = `${removed} cache ${removed === 1 ? 'entry' : 'entries'} invalidated`;
        return { body: { ...done, message, pattern, entries_removed: removed } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/performance/metrics',
      role,
      tag,
      summary: 'The cache, the backends and the pages in figures',
      output: z.object({
        status: success,
        metrics: z.object({
          cache: totals,
          managers: z.object({ count: count.describe('Backends that the connected profile has') }),
          websockets: z.object({
            active_connections: count.describe('Windows of the app, or browsers that are open'),
          }),
        }),
        timestamp,
      }),
      example: {
        status: 'success',
        metrics: {
          cache: exampleTotals,
          managers: { count: 8 },
          websockets: { active_connections: 3 },
        },
        timestamp: exampleTime,
      },
      faults: switchFault,
      run: () => ({
        body: {
          ...done,
          metrics: {
            cache: seedCacheTotals(house.active.workspace.cache),
            managers: { count: backendsOf(house.active.workspace) },
            websockets: { active_connections: house.pages() },
          },
          timestamp: now(),
        },
      }),
    }),
  ];
}

function backendsOf({ backend }: Workspace): number {
  return [backend.url, backend.portal, backend.workstations].filter((one) => one !== null).length;
}
