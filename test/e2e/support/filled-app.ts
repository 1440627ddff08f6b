import type { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { systemClock } from '../../../electron/core/clock.ts';
import { startHttpHost } from '../../../electron/hosts/http-host.ts';
import { inProject } from '../../../build/paths.ts';
import { startCoreOnDemo } from '../../support/core-on-demo.ts';

/** The browser host within the test's own process, so that the test holds the cache of its demo. */
export interface FilledApp {
  readonly cache: TtlCache;
  readonly link: string;
  stop(): Promise<void>;
}

/** @param fill what the cache holds before anyone looks; it has room for 20 000 entries */
export async function startFilledApp(fill: (cache: TtlCache) => void): Promise<FilledApp> {
  const held: TtlCache[] = [];
  const { core, log } = await startCoreOnDemo({
    environment: { CACHEDECK_CACHE_ENTRIES: '20000' },
    fill: (cache) => {
      held.push(cache);
      fill(cache);
    },
  });
  const host = await startHttpHost({ core, pageFolder: inProject('out/renderer'), clock: systemClock, log });
  const [cache] = held;
  if (!cache) throw new Error('the demo is connected');
  return {
    cache,
    link: host.newLink(),
    stop: async () => {
      await Promise.all([host.close(), core.stop()]);
    },
  };
}

/** `count` entries of three namespaces that last an hour, with sizes and ages of their own. */
export function manyEntries(count: number): (cache: TtlCache) => void {
  return (cache) => {
    const at = { mono: systemClock.mono(), wall: systemClock.wall() };
    for (let n = 0; n < count; n += 1) {
      const namespace = ['report', 'tile', 'user'][n % 3] ?? '';
      const ago = 1000 + n * 100;
      cache.restore(`${namespace}:${String(n).padStart(5, '0')}`, {
        value: 'x'.repeat(n % 500),
        ttl: 7_200_000,
        staleWindow: 0,
        loadedAt: at.wall - ago,
        storedAt: at.wall - ago,
      });
    }
  };
}
