import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { nothing, poll, reported, reportedFlag, reportedText, timestamp } from './parts.ts';

/** GET /engines/stats/total. Byte counters are cumulative and drop when a container goes away. */
export const engineTotals = z.object({
  /** Sum over containers, percent of one core; may exceed 100. */
  cpuPercent: reported,
  memoryBytes: reported,
  networkRxBytes: reported,
  networkTxBytes: reported,
  blockReadBytes: reported,
  blockWriteBytes: reported,
  containerCount: reported,
});
export type EngineTotals = z.infer<typeof engineTotals>;

export const engine = z.object({
  id: z.string(),
  name: reportedText,
  host: reportedText,
  port: reported,
  health: z.enum(['healthy', 'unhealthy', 'unknown']),
  /** Streams the engine serves now. */
  streams: reported,
  vpn: reportedText,
  version: reportedText,
  forwarded: reportedFlag,
  forwardedPort: reported,
  firstSeen: timestamp.nullable(),
  lastSeen: timestamp.nullable(),
  lastHealthCheck: timestamp.nullable(),
  cpuPercent: reported,
  memoryBytes: reported,
  /** Deleted a moment ago, or draining: the server goes on listing it for some seconds. */
  leaving: z.boolean(),
});
export type Engine = z.infer<typeof engine>;

/** GET /engines with /engines/stats/all. An empty list does not mean that no engine runs. */
export const engineList = z.object({ engines: z.array(engine).max(5000) });
export type EngineList = z.infer<typeof engineList>;

const breakerState = z.enum(['closed', 'open', 'half_open', 'unknown']);

/** GET /orchestrator/status. */
export const orchestratorStatus = z.object({
  status: z.enum(['healthy', 'degraded', 'unavailable', 'unknown']),
  engines: z.object({ total: reported, running: reported, healthy: reported, unhealthy: reported }),
  streams: z.object({ active: reported, total: reported }),
  capacity: z.object({
    total: reported,
    used: reported,
    available: reported,
    maxReplicas: reported,
    minReplicas: reported,
  }),
  vpn: z.object({ enabled: reportedFlag, connected: reportedFlag, health: reportedText }),
  provisioning: z.object({
    canProvision: reportedFlag,
    breaker: breakerState.nullable(),
    lastFailure: timestamp.nullable(),
    blocked: z
      .object({
        /** vpn_disconnected, circuit_breaker, max_capacity, or one we do not know yet. */
        code: z.string(),
        message: z.string(),
        recoveryEtaSeconds: reported,
        canRetry: reportedFlag,
      })
      .nullable(),
  }),
  server: z.object({
    /** As far as it could be told: "1.7.3", "before 1.5.4", "2.x". */
    version: z.string(),
    basePath: z.string(),
  }),
});
export type OrchestratorStatus = z.infer<typeof orchestratorStatus>;

const vpnNode = z.object({
  name: reportedText,
  /** Docker's word: running, exited, not_found, error. */
  status: reportedText,
  health: z.enum(['healthy', 'unhealthy', 'starting', 'unknown']),
  connected: reportedFlag,
  forwardedPort: reported,
  /** null while connected: up, but the exit address is unverified. */
  publicIp: reportedText,
  provider: reportedText,
  country: reportedText,
  city: reportedText,
  lastCheck: timestamp.nullable(),
  error: reportedText,
});
export type VpnNode = z.infer<typeof vpnNode>;

/** GET /vpn/status. */
export const vpnStatus = z.object({
  mode: z.enum(['disabled', 'single', 'redundant', 'unknown']),
  enabled: reportedFlag,
  /** In redundant mode: either of the two. */
  connected: reportedFlag,
  nodes: z.array(vpnNode).max(16),
  /** Where a server only counts its VPNs (version 2). */
  nodesTotal: reported,
  nodesHealthy: reported,
  emergency: z
    .object({
      active: z.boolean(),
      failedVpn: reportedText,
      healthyVpn: reportedText,
      durationSeconds: reported,
    })
    .nullable(),
});
export type VpnStatus = z.infer<typeof vpnStatus>;

const breaker = z.object({
  state: breakerState,
  failureCount: reported,
  failureThreshold: reported,
  lastFailure: timestamp.nullable(),
  lastSuccess: timestamp.nullable(),
  recoveryTimeoutSeconds: reported,
});

/** GET /health/status. */
export const healthStatus = z.object({
  totalEngines: reported,
  healthyEngines: reported,
  unhealthyEngines: reported,
  markedForReplacement: reported,
  minimumRequired: reported,
  checkIntervalSeconds: reported,
  breakers: z.object({ general: breaker.nullable(), replacement: breaker.nullable() }),
});
export type HealthStatus = z.infer<typeof healthStatus>;

/** GET /cache/stats: the orchestrator's own cache, not ours. */
export const serverCache = z.object({
  size: reported,
  hits: reported,
  misses: reported,
  /** Percent, 0..100; the server says 0 when it had no requests. */
  hitRatePercent: reported,
  /** null: the server does not list its keys. */
  entries: z
    .array(
      z.object({
        key: z.string(),
        ageSeconds: reported,
        /** Negative: expired, not swept yet. */
        ttlRemainingSeconds: reported,
      }),
    )
    .max(10_000)
    .nullable(),
});
export type ServerCache = z.infer<typeof serverCache>;

/** Reads through main's cache; each counts as one lookup of an operator. */
export const orchestratorContract = {
  'engines.totals': call('viewer', nothing, poll(engineTotals)),
  'engines.list': call('viewer', nothing, poll(engineList)),
  'orchestrator.status': call('viewer', nothing, poll(orchestratorStatus)),
  'orchestrator.health': call('viewer', nothing, poll(healthStatus)),
  'orchestrator.cache': call('viewer', nothing, poll(serverCache)),
  /** Clears the server's own cache. Never retried; `message` is what the server said. */
  'orchestrator.clearCache': call('admin', nothing, z.object({ message: z.string() })),
  'vpn.status': call('viewer', nothing, poll(vpnStatus)),
} as const;
