import type { EntryStore } from '../../electron/core/cache/store.ts';
import { controlBed } from '../support/control-bed.ts';

/** A store in which nothing works. */
export function failingStore(): EntryStore {
  const fail = (): never => {
    throw new Error('store broken');
  };
  return { get: fail, has: fail, set: fail, delete: fail, size: 0, bytes: 0 };
}

/** Replies of the seed's two endpoints, over HTTP from a whole core whose cache holds one entry. */
export async function servedEndpoints() {
  const bed = await controlBed({ options: { fill: (cache) => cache.set('reports:daily', 1) } });
  try {
    const { status, json } = await bed.ask('GET /cache/stats');
    const sizeNow = async (): Promise<unknown> => {
      const { keys } = await bed.app.client.call('cache.statistics', {});
      return keys.filter(({ key, bytes }) => key === 'reports:daily' && bytes > 0).length;
    };
    const withoutKey = (await bed.ask('POST /cache/clear', { key: null })).status;
    const wrongKey = (await bed.ask('POST /cache/clear', { key: 'wrong' })).status;
    const kept = await sizeNow();
    const cleared = (await bed.ask('POST /cache/clear')).status;
    if (kept !== 1 || (await sizeNow()) !== 0) throw new Error('The wrong request cleared the cache');
    return { stats: { status, body: json as Record<string, unknown> }, withoutKey, wrongKey, cleared };
  } finally {
    await bed.close();
  }
}
