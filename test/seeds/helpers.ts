import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seedCacheStats } from '../../electron/core/cache/seed-shapes.ts';
import type { EntryStore } from '../../electron/core/cache/store.ts';
import { createSeedEndpoints } from '../../electron/hosts/seed-endpoints.ts';
import { keysOf } from '../support/keys-of.ts';
import { workbench } from './workload.ts';

/** A store in which nothing works. */
export function failingStore(): EntryStore {
  const fail = (): never => {
    throw new Error('store broken');
  };
  return { get: fail, has: fail, set: fail, delete: fail, size: 0, bytes: 0 };
}

/** Replies of the seed's two endpoints, served over HTTP from a cache with one entry. */
export async function servedEndpoints() {
  const { cache, clock } = workbench();
  cache.set('stats:total', 1, { ttl: 3_000 });
  const core = { cacheStats: () => seedCacheStats(cache), clearCache: () => cache.clear() };
  const answer = createSeedEndpoints({ core, keys: keysOf({ CACHEDECK_API_KEY: 'the-right-key' }), clock });
  const server = createServer((request, response) => {
    if (!answer(request, response, request.url ?? '')) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = (method: string, path: string, key: string | null): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers: key === null ? {} : { 'X-API-KEY': key } });
  try {
    const stats = await ask('GET', '/cache/stats', 'the-right-key');
    const body = (await stats.json()) as Record<string, unknown>;
    const withoutKey = (await ask('POST', '/cache/clear', null)).status;
    const wrongKey = (await ask('POST', '/cache/clear', 'wrong')).status;
    const kept = cache.size;
    const cleared = (await ask('POST', '/cache/clear', 'the-right-key')).status;
    if (kept !== 1 || cache.size !== 0) throw new Error('The wrong request cleared the cache');
    return { stats: { status: stats.status, body }, withoutKey, wrongKey, cleared };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
