import { z } from 'zod';
import type {
  EngineTotals,
  OrchestratorStatus,
  VpnStatus,
} from '../../../../shared/contract/orchestrator.ts';
import type { WorkstationList } from '../../../../shared/contract/workstations.ts';
import { iso } from '../house.ts';

/*
 * The bodies of the backends as they document them. Where a release leaves a figure out it is null, never 0. Fields
 * that are not named here are the backend's own.
 */

const figure = z.number().nullable();
const text = z.string().nullable();
const flag = z.boolean().nullable();

export const totalsBody = z.looseObject({
  total_cpu_percent: figure.describe('Sum over containers, percent of one core'),
  total_memory_usage: figure.describe('Bytes'),
  total_network_rx_bytes: figure,
  total_network_tx_bytes: figure,
  total_block_read_bytes: figure,
  total_block_write_bytes: figure,
  container_count: figure,
});

/** @param value of a server that answers in another shape */
export function totalsFrom(value: EngineTotals): z.input<typeof totalsBody> {
  return {
    total_cpu_percent: value.cpuPercent,
    total_memory_usage: value.memoryBytes,
    total_network_rx_bytes: value.networkRxBytes,
    total_network_tx_bytes: value.networkTxBytes,
    total_block_read_bytes: value.blockReadBytes,
    total_block_write_bytes: value.blockWriteBytes,
    container_count: value.containerCount,
  };
}

export const statusBody = z.looseObject({
  status: z.string().describe('healthy, degraded, unavailable'),
  engines: z.looseObject({ total: figure, running: figure, healthy: figure, unhealthy: figure }),
  streams: z.looseObject({ active: figure, total: figure }),
  capacity: z.looseObject({
    total: figure,
    used: figure,
    available: figure,
    max_replicas: figure,
    min_replicas: figure,
  }),
  vpn: z.looseObject({ enabled: flag, connected: flag, health: text }),
  provisioning: z.looseObject({
    can_provision: flag,
    circuit_breaker_state: text,
    last_failure: text,
    blocked_reason: text,
    blocked_reason_details: z
      .looseObject({ code: z.string(), message: z.string(), recovery_eta_seconds: figure, can_retry: flag })
      .nullable(),
  }),
  timestamp: text.describe('When the backend computed it'),
});

/** @param observedAt UTC ms at which the backend computed it; null: it does not say */
export function statusFrom(value: OrchestratorStatus, observedAt: number | null): z.input<typeof statusBody> {
  const { capacity, provisioning } = value;
  const { blocked } = provisioning;
  return {
    status: value.status,
    engines: value.engines,
    streams: value.streams,
    capacity: {
      total: capacity.total,
      used: capacity.used,
      available: capacity.available,
      max_replicas: capacity.maxReplicas,
      min_replicas: capacity.minReplicas,
    },
    vpn: value.vpn,
    provisioning: {
      can_provision: provisioning.canProvision,
      circuit_breaker_state: provisioning.breaker,
      last_failure: isoOrNull(provisioning.lastFailure),
      blocked_reason: blocked?.message ?? null,
      blocked_reason_details: blocked && {
        code: blocked.code,
        message: blocked.message,
        recovery_eta_seconds: blocked.recoveryEtaSeconds,
        can_retry: blocked.canRetry,
      },
    },
    timestamp: isoOrNull(observedAt),
  };
}

const vpnNode = z.looseObject({
  status: text.optional(),
  container_name: text.optional(),
  health: text.optional(),
  connected: flag.optional(),
});

export const vpnBody = z.looseObject({
  mode: z.string().describe('disabled, single, redundant'),
  enabled: flag,
  health: text.optional(),
  connected: flag,
  vpn1: vpnNode.nullable(),
  vpn2: vpnNode.nullable(),
  emergency_mode: z
    .looseObject({ active: z.boolean(), failed_vpn: text, healthy_vpn: text, duration_seconds: figure })
    .nullable(),
});

/** @param observedAt UTC ms of the last check; null: the backend does not say */
export function vpnFrom(value: VpnStatus, observedAt: number | null): z.input<typeof vpnBody> {
  const [first = null, second = null] = value.nodes;
  const { emergency } = value;
  return {
    mode: value.mode,
    enabled: value.enabled,
    container_name: first?.name ?? null,
    health: first?.health ?? null,
    connected: value.connected,
    forwarded_port: first?.forwardedPort ?? null,
    last_check: isoOrNull(observedAt),
    vpn1: first && nodeFrom(first),
    vpn2: second && nodeFrom(second),
    emergency_mode: emergency && {
      active: emergency.active,
      failed_vpn: emergency.failedVpn,
      healthy_vpn: emergency.healthyVpn,
      duration_seconds: emergency.durationSeconds,
    },
  };
}

function nodeFrom(node: VpnStatus['nodes'][number]): z.input<typeof vpnNode> {
  return {
    status: node.status,
    container_name: node.name,
    health: node.health,
    connected: node.connected,
    forwarded_port: node.forwardedPort,
    public_ip: node.publicIp,
    provider: node.provider,
    country: node.country,
    city: node.city,
    last_check: isoOrNull(node.lastCheck),
  };
}

/** Without fields of the manager's own: some keep accounts of the machines in their list. */
export const workstationsBody = z.array(
  z.object({
    id: z.union([z.string(), z.number()]),
    name: text,
    ip_address: text,
    status: z.string().describe('online, offline, connecting, error, unknown'),
    total_emulators: figure,
    active_emulators: figure,
    cpu_usage: figure.describe('Percent'),
    memory_usage: figure.describe('Percent'),
    disk_usage: figure.describe('Percent'),
    last_seen: text,
  }),
);

export function workstationsFrom({ workstations }: WorkstationList): z.input<typeof workstationsBody> {
  return workstations.map((one) => ({
    id: one.id,
    name: one.name,
    ip_address: one.address,
    status: one.status,
    total_emulators: one.emulators,
    active_emulators: one.activeEmulators,
    cpu_usage: one.cpuPercent,
    memory_usage: one.memoryPercent,
    disk_usage: one.diskPercent,
    last_seen: isoOrNull(one.lastSeen),
  }));
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
