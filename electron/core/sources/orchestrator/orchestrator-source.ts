import type { ServerEvents, StreamList, StreamSamples } from '../../../../shared/contract/fleet.ts';
import type {
  EngineList,
  EngineTotals,
  HealthStatus,
  OrchestratorStatus,
  ServerCache,
  VpnStatus,
} from '../../../../shared/contract/orchestrator.ts';
import type { MutationAnswer } from './read-mutation.ts';

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
  streamList(signal: AbortSignal): Promise<Observed<StreamList>>;
  streamSamples(id: string, signal: AbortSignal): Promise<StreamSamples>;
  /** The newest events, with those of earlier reads below them. */
  serverEvents(signal: AbortSignal): Promise<Observed<ServerEvents>>;
  /** The last `lines` lines of an engine's log. `not-found` where the server has none. */
  engineLog(id: string, lines: number, signal: AbortSignal): Promise<string>;
  readonly changes: FleetChanges;
}

/**
 * What changes something on the server. Each is sent once and never again. Each throws `SourceError` when there was no
 * answer: with `arrived` false the server cannot have acted.
 */
export interface FleetChanges {
  /** @param hostPort null: the server chooses */
  provision(hostPort: number | null, signal: AbortSignal): Promise<MutationAnswer>;
  removeEngine(id: string, signal: AbortSignal): Promise<MutationAnswer>;
  resetBreaker(breaker: 'general' | 'replacement', signal: AbortSignal): Promise<MutationAnswer>;
  /** One answer for each stream, in the order asked. */
  stopStreams(ids: readonly string[], signal: AbortSignal): Promise<StopAnswer[]>;
}

export interface StopAnswer {
  readonly id: string;
  /** `done`: the server says that it stopped the stream. */
  readonly outcome: MutationAnswer['outcome'];
  readonly said: string;
}
