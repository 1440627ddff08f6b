import { z } from 'zod';
import { seedCacheStats } from '../../cache/seed-shapes.ts';
import { ask, switchFault } from '../house.ts';
import type { ControlHouse } from '../house.ts';
import { roleOf, route } from '../route.ts';
import type { Route } from '../route.ts';

const tag = 'Cache';

const stats = z.object({
  size: z.int().min(0).describe('Stored values, also expired ones that are kept as last good'),
  hits: z.int().min(0),
  misses: z.int().min(0).describe('Lookups that were no hit'),
  hit_rate: z.number().min(0).max(100).describe('Percent; 0 while there were no lookups'),
  entries: z.array(
    z.object({
      key: z.string(),
      age: z.number().min(0).describe('Seconds since it was stored'),
      ttl_remaining: z.number().min(0).describe('Seconds; 0: expired'),
    }),
  ),
});

/** The statistics and the clearing of `seeds/stats-caching.md`. */
export function cacheRoutes(house: ControlHouse): Route[] {
  return [
    route({
      method: 'GET',
      path: '/cache/stats',
      role: roleOf('cache.statistics'),
      tag,
      summary: 'Counters of the cache and the age of each entry',
      description: 'Reading them changes no counter.',
      output: stats,
      example: {
        size: 3,
        hits: 125,
        misses: 15,
        hit_rate: 89.29,
        entries: [{ key: 'stats:total', age: 1.5, ttl_remaining: 1.5 }],
      },
      faults: switchFault,
      run: () => ({ body: seedCacheStats(house.active.workspace.cache) }),
    }),
    route({
      method: 'POST',
      path: '/cache/clear',
      role: roleOf('cache.clear'),
      tag,
      summary: 'Remove every entry',
      description: 'Counters stay. What somebody looks at is loaded again at once.',
      output: z.object({ message: z.string() }),
      example: { message: 'Cache cleared successfully' },
      faults: switchFault,
      run: async (_, asker) => {
        await ask(house, 'cache.clear', {}, asker);
        return { body: { message: 'Cache cleared successfully' } };
      },
    }),
  ];
}
