import { rmSync } from 'node:fs';
import { TtlCache } from '../cache/ttl-cache.ts';
import type { Clock } from '../clock.ts';
import type { Problems } from '../storage/problems.ts';
import type { OpenStore } from '../storage/store-file.ts';
import { SessionFiles } from './session-files.ts';
import { SessionStore } from './session-store.ts';
import type { SessionStoreOptions } from './session-store.ts';

interface ComparisonStoresOptions extends Pick<SessionStoreOptions, 'ttlOf'> {
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** For this comparison alone. */
  readonly folder: string;
  readonly problems: Problems;
  readonly openStore: OpenStore;
}

/** Session stores for `compareSessions`, each with a cache of its own, one after the other on the same files. */
export function comparisonStores(options: ComparisonStoresOptions): {
  readonly newStore: () => SessionStore;
  /** Removes the folder. */
  readonly remove: () => void;
} {
  const { clock, random, folder, problems, openStore, ttlOf } = options;
  return {
    newStore: () => {
      const store = new SessionStore({
        cache: new TtlCache({ clock, random }),
        clock,
        ttlOf,
        files: new SessionFiles({ folder, clock, problems, openStore }),
      });
      store.restore();
      return store;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
