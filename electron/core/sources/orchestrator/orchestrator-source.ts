import type {
  EngineList,
  EngineTotals,
  HealthStatus,
  OrchestratorStatus,
  ServerCache,
  VpnStatus,
} from '../../../../shared/contract/orchestrator.ts';

/** One reply of a backend, in our own terms. */
export interface Observed<T> {
  readonly value: T;
  /** The backend's own time of observation, UTC ms, where it tells one. */
  readonly observedAt: number | null;
}

/**
 * What is read from an orchestrator, whatever its version. Every read throws `SourceError` and nothing else;
 * none is retried here, and no two share a connection limit here (the status layer bounds concurrency).
 */
export interface OrchestratorSource {
  engineTotals(signal: AbortSignal): Promise<Observed<EngineTotals>>;
  engineList(signal: AbortSignal): Promise<Observed<EngineList>>;
  orchestratorStatus(signal: AbortSignal): Promise<Observed<OrchestratorStatus>>;
  vpnStatus(signal: AbortSignal): Promise<Observed<VpnStatus>>;
  healthStatus(signal: AbortSignal): Promise<Observed<HealthStatus>>;
  serverCache(signal: AbortSignal): Promise<Observed<ServerCache>>;
  /** POST /cache/clear: returns the server's message. Never retried. */
  clearServerCache(signal: AbortSignal): Promise<string>;
}
