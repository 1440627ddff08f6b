import { z } from 'zod';
import type { HealthStatus, OrchestratorStatus } from '../../../../shared/contract/orchestrator.ts';
import type { Observed } from './orchestrator-source.ts';
import { flag, number, readReply, recognised, section, text, time, word } from './fields.ts';

const breakerWords = ['closed', 'open', 'half_open'] as const;

const status = recognised({
  status: word(['healthy', 'degraded', 'unavailable']),
  engines: section({ total: number, running: number, healthy: number, unhealthy: number }),
  streams: section({ active: number, total: number }),
  capacity: section({
    total: number,
    used: number,
    available: number,
    max_replicas: number,
    min_replicas: number,
  }),
  vpn: section({ enabled: flag, connected: flag, health: text }),
  provisioning: section({
    can_provision: flag,
    circuit_breaker_state: word(breakerWords).nullable().optional(),
    last_failure: time,
    blocked_reason: text,
    blocked_reason_details: z
      .object({ code: text, message: text, recovery_eta_seconds: number, can_retry: flag })
      .nullish(),
  }),
  timestamp: time,
});

type Provisioning = OrchestratorStatus['provisioning'];

/** GET /orchestrator/status. `timestamp` is the moment of computation, also when the server's cache answered. */
export function readStatus(
  reply: unknown,
  server: OrchestratorStatus['server'],
  endpoint: string,
): Observed<OrchestratorStatus> {
  const wire = readReply(status, reply, endpoint);
  const { provisioning } = wire;
  return {
    value: {
      status: wire.status,
      engines: wire.engines,
      streams: wire.streams,
      capacity: {
        total: wire.capacity.total,
        used: wire.capacity.used,
        available: wire.capacity.available,
        maxReplicas: wire.capacity.max_replicas,
        minReplicas: wire.capacity.min_replicas,
      },
      vpn: wire.vpn,
      provisioning: {
        canProvision: provisioning.can_provision,
        breaker: provisioning.circuit_breaker_state ?? null,
        lastFailure: provisioning.last_failure,
        blocked: blocked(provisioning.blocked_reason, provisioning.blocked_reason_details ?? null),
      },
      server,
    },
    observedAt: wire.timestamp,
  };
}

interface BlockedDetails {
  readonly code: string | null;
  readonly message: string | null;
  readonly recovery_eta_seconds: number | null;
  readonly can_retry: boolean | null;
}

function blocked(reason: string | null, details: BlockedDetails | null): Provisioning['blocked'] {
  if (reason === null && details === null) return null;
  return {
    code: details?.code ?? 'unknown',
    message: details?.message ?? reason ?? 'The server gives no reason.',
    recoveryEtaSeconds: details?.recovery_eta_seconds ?? null,
    canRetry: details?.can_retry ?? null,
  };
}

const breaker = z
  .object({
    state: word(breakerWords),
    failure_count: number,
    failure_threshold: number,
    last_failure_time: time,
    last_success_time: time,
    recovery_timeout: number,
  })
  .nullish()
  .transform((wire) =>
    wire
      ? {
          state: wire.state,
          failureCount: wire.failure_count,
          failureThreshold: wire.failure_threshold,
          lastFailure: wire.last_failure_time,
          lastSuccess: wire.last_success_time,
          recoveryTimeoutSeconds: wire.recovery_timeout,
        }
      : null,
  );

const health = recognised({
  total_engines: number,
  healthy_engines: number,
  unhealthy_engines: number,
  marked_for_replacement: number,
  minimum_required: number,
  health_check_interval: number,
  circuit_breakers: section({ general: breaker, replacement: breaker }),
});

/** GET /health/status. */
export function readHealth(reply: unknown, endpoint: string): HealthStatus {
  const wire = readReply(health, reply, endpoint);
  return {
    totalEngines: wire.total_engines,
    healthyEngines: wire.healthy_engines,
    unhealthyEngines: wire.unhealthy_engines,
    markedForReplacement: wire.marked_for_replacement,
    minimumRequired: wire.minimum_required,
    checkIntervalSeconds: wire.health_check_interval,
    breakers: wire.circuit_breakers,
  };
}
