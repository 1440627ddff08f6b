import type {
  ManagerCache,
  ManagerMetrics,
  WorkstationAction,
  WorkstationList,
} from '../../../shared/contract/workstations.ts';
import type { LoadPolicy } from '../cache/types.ts';
import type { Observed } from '../sources/orchestrator/orchestrator-source.ts';
import type { WorkstationsSource } from '../sources/workstations/workstations-source.ts';

const day = 24 * 3_600_000;

/** What each resource's value is. */
export interface ManagerValues {
  readonly workstations_list: WorkstationList;
  readonly 'workstations:cache': ManagerCache;
  readonly 'workstations:metrics': ManagerMetrics;
}
export type ManagerKey = keyof ManagerValues;

/** Times in ms. */
export interface ManagerSpec<K extends ManagerKey> {
  readonly key: K;
  readonly ttl: number;
  readonly staleWindow: number;
  readonly timeout: number;
  /** How often a page asks; null: as often as everything else. */
  readonly interval: number | null;
  /** The server's guard that it stands behind; null: every role may read it. */
  readonly guard: WorkstationAction | null;
  readonly load: (source: WorkstationsSource, signal: AbortSignal) => Promise<Observed<ManagerValues[K]>>;
}

/** The three things read from a workstation manager, by their key in the cache. */
export const managerSpecs: { readonly [K in ManagerKey]: ManagerSpec<K> } = {
  workstations_list: {
    key: 'workstations_list',
    ttl: 300_000,
    staleWindow: day,
    timeout: 10_000,
    interval: 30_000,
    guard: null,
    load: (source, signal) => source.list(signal),
  },
  'workstations:cache': {
    key: 'workstations:cache',
    ttl: 3000,
    staleWindow: day,
    timeout: 4500,
    interval: null,
    guard: 'cache',
    load: (source, signal) => source.cacheStats(signal),
  },
  'workstations:metrics': {
    key: 'workstations:metrics',
    ttl: 3000,
    staleWindow: day,
    timeout: 4500,
    interval: null,
    guard: 'metrics',
    load: (source, signal) => source.metrics(signal),
  },
};

/** The seed's pattern: what a new workstation makes untrue. The statistics' keys do not match it. */
export const listPattern = 'workstations_*';
/** Every key above. */
export const everyPattern = 'workstations*';

export function policyOf({ ttl, staleWindow, timeout }: ManagerSpec<ManagerKey>): LoadPolicy {
  return { ttl, staleWindow, timeout };
}
