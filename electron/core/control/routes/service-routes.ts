import { z } from 'zod';
import type { ControlHouse } from '../house.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';

const tag = 'Service';
const fine = { status: 'ok' } as const;

/** What others watch this product by. */
export function serviceRoutes({ metrics }: Pick<ControlHouse, 'metrics'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/healthz',
      role: null,
      tag,
      summary: 'Whether Cachedeck runs',
      description: 'Says nothing of its backends.',
      output: z.object({ status: z.literal('ok') }),
      example: fine,
      run: () => ({ body: fine }),
    }),
    route({
      method: 'GET',
      path: '/metrics',
      role: 'viewer',
      tag,
      summary: 'Counters, gauges and histograms for Prometheus',
      contentType: metrics.contentType,
      output: z.string(),
      example: '# TYPE cachedeck_cache_lookups_total counter',
      run: async () => ({ body: { text: await metrics.text() } }),
    }),
  ];
}
