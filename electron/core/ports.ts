import type { Notice, TrayModel } from '../../shared/contract/app.ts';
import type { Clock } from './clock.ts';
import type { Feed } from './feed.ts';
import type { Log } from './log.ts';
import type { Router } from './router.ts';

/** Which backend to connect. `demo` starts the embedded one. */
export type ProfileOptions =
  | { readonly kind: 'demo' }
  | {
      readonly kind: 'orchestrator';
      readonly name: string;
      readonly url: string;
      readonly apiKey: string | null;
    };

/** What the core needs from the process around it. */
export interface CoreOptions {
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly version: string;
  readonly host: 'desktop' | 'browser';
  readonly capabilities: { readonly tray: boolean; readonly notifications: boolean; readonly quit: boolean };
  readonly profile: ProfileOptions;
  /** Freezes cached values, so that code which changes a shared one fails: for development and tests. */
  readonly freeze?: boolean;
  /** `CACHEDECK_*` variables; the core reads no global. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The seed's `GET /cache/stats`, key by key. Times in seconds. */
export interface SeedCacheStats {
  readonly size: number;
  readonly hits: number;
  readonly misses: number;
  readonly hit_rate: number;
  readonly entries: readonly { readonly key: string; readonly age: number; readonly ttl_remaining: number }[];
}

/** The product behind a host: started once, stopped within a second. */
export interface AppCore {
  readonly router: Router;
  readonly tray: Feed<TrayModel>;
  /** Called for each notice to show outside the page. Returns the way to stop. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** What tray and menu entries do; opening and quitting belong to the shell. */
  refreshAll(): Promise<void>;
  setPaused(paused: boolean): void;
  /** Power events. */
  suspend(): void;
  resume(): void;
  /** The seed's two endpoints. `clearCache` returns how many entries went. */
  cacheStats(): SeedCacheStats;
  clearCache(): number;
  stop(): Promise<void>;
}
