import type { ServerEvents, StreamList } from '../../../shared/contract/fleet.ts';
import type {
  EngineList,
  EngineTotals,
  HealthStatus,
  OrchestratorStatus,
  ServerCache,
  VpnStatus,
} from '../../../shared/contract/orchestrator.ts';
import { defaultTtls } from '../../../shared/model/resources.ts';
import type { ResourceKey } from '../../../shared/model/resources.ts';
import type { LoadPolicy } from '../cache/types.ts';
import type { Observed, OrchestratorSource } from '../sources/orchestrator/orchestrator-source.ts';

const hour = 3_600_000;

/** What each resource's value is. */
export interface ResourceValues {
  readonly 'stats:total': EngineTotals;
  readonly 'orchestrator:status': OrchestratorStatus;
  readonly 'vpn:status': VpnStatus;
  readonly 'engines:list': EngineList;
  readonly 'health:status': HealthStatus;
  readonly 'orchestrator:cache': ServerCache;
  readonly 'streams:list': StreamList;
  readonly 'server:events': ServerEvents;
}

/** One thing read from a backend: how it is loaded and how long it counts. Times in ms. */
export interface ResourceSpec {
  readonly key: ResourceKey;
  readonly ttl: number;
  readonly staleWindow: number;
  readonly timeout: number;
  /** Requests one load sends, one after the other. */
  readonly callsPerLoad: number;
  readonly load: (source: OrchestratorSource, signal: AbortSignal) => Promise<Observed<unknown>>;
}

/** The defaults. */
export const resourceSpecs: readonly ResourceSpec[] = [
  spec('stats:total', 4500, (source, signal) => source.engineTotals(signal)),
  spec('orchestrator:status', 4500, (source, signal) => source.orchestratorStatus(signal)),
  spec('vpn:status', 4500, (source, signal) => source.vpnStatus(signal)),
  spec('engines:list', 10_000, (source, signal) => source.engineList(signal), 2),
  spec('health:status', 10_000, (source, signal) => source.healthStatus(signal)),
  spec('orchestrator:cache', 4500, (source, signal) => source.serverCache(signal)),
  spec('streams:list', 10_000, (source, signal) => source.streamList(signal)),
  spec('server:events', 10_000, (source, signal) => source.serverEvents(signal)),
];

function spec<K extends ResourceKey>(
  key: K,
  timeout: number,
  load: (source: OrchestratorSource, signal: AbortSignal) => Promise<Observed<ResourceValues[K]>>,
  callsPerLoad = 1,
): ResourceSpec {
  return { key, ttl: defaultTtls[key], timeout, load, callsPerLoad, staleWindow: 24 * hour };
}

export function policyOf(resource: ResourceSpec): LoadPolicy {
  return { ttl: resource.ttl, staleWindow: resource.staleWindow, timeout: resource.timeout };
}
