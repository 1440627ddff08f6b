import type { ResourceKey, WatchedResource } from '../../../shared/model/resources.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import type { Clock } from '../clock.ts';
import type { OrchestratorSource } from '../sources/orchestrator/orchestrator-source.ts';
import type { BackendRequest, LoadEnd } from './loads.ts';
import type { ResourceSpec } from './resources.ts';

export interface StatusOptions {
  readonly clock: Clock;
  readonly cache: TtlCache;
  readonly source: OrchestratorSource;
  readonly specs: readonly ResourceSpec[];
  readonly watched: readonly WatchedResource[];
  readonly pollMs: number;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  /** Called once each load ended. */
  readonly onRequest?: (request: BackendRequest) => void;
  /** The same with what it brought, for who learns from it. */
  readonly onLoad?: (end: LoadEnd) => void;
  /** ms that a value loaded now counts for; without it what its spec says. */
  readonly ttlOf?: (key: ResourceKey) => number;
}
