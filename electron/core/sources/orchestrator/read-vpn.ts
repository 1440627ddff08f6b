import { z } from 'zod';
import type { VpnNode, VpnStatus } from '../../../../shared/contract/orchestrator.ts';
import type { Observed } from './orchestrator-source.ts';
import { flag, number, readReply, recognised, text, time, word } from './fields.ts';

const nodeShape = {
  status: text,
  container_name: text,
  container: text,
  health: word(['healthy', 'unhealthy', 'starting']),
  connected: flag,
  forwarded_port: number,
  public_ip: text,
  provider: text,
  country: text,
  city: text,
  last_check: time,
  last_check_at: time,
  error: text,
};
/** In its "not_found" and "error" states the server leaves most of these out. */
const node = z.object(nodeShape);
type WireNode = z.output<typeof node>;

const emergency = z
  .object({ active: flag, failed_vpn: text, healthy_vpn: text, duration_seconds: number })
  .nullish();

const statusShape = {
  ...nodeShape,
  mode: text,
  enabled: flag,
  vpn1: node.nullish(),
  vpn2: node.nullish(),
  emergency_mode: emergency,
  /** Version 2. */
  vpn_enabled: flag,
  nodes_total: number,
  nodes_healthy: number,
  vpn_nodes: z.array(node).max(16).nullish(),
};
/** "status" and "error" alone would fit many a server. */
const status = recognised(statusShape, [
  'mode',
  'enabled',
  'health',
  'connected',
  'vpn1',
  'vpn2',
  'emergency_mode',
  'vpn_enabled',
  'nodes_total',
]);
type WireStatus = z.output<typeof status>;

/** GET /vpn/status of either generation. `last_check` is the moment the answer was computed. */
export function readVpn(reply: unknown, endpoint: string): Observed<VpnStatus> {
  const wire = readReply(status, reply, endpoint);
  const enabled = wire.enabled ?? wire.vpn_enabled;
  const mode = modeOf(wire, enabled);
  const nodes = nodesOf(wire, mode).map(toNode);
  return {
    value: {
      mode,
      enabled,
      connected: wire.connected ?? (wire.nodes_healthy === null ? null : wire.nodes_healthy > 0),
      nodes,
      nodesTotal: wire.nodes_total,
      nodesHealthy: wire.nodes_healthy,
      emergency: emergencyOf(wire.emergency_mode),
    },
    observedAt: wire.last_check_at ?? wire.last_check ?? newest(nodes),
  };
}

/** Version 2 names no mode; there it follows from how many VPNs it counts. */
function modeOf(wire: WireStatus, enabled: boolean | null): VpnStatus['mode'] {
  if (wire.mode === 'disabled' || wire.mode === 'single' || wire.mode === 'redundant') return wire.mode;
  if (wire.mode !== null) return 'unknown';
  if (enabled === false) return 'disabled';
  if (wire.nodes_total === 1) return 'single';
  if (wire.nodes_total !== null && wire.nodes_total > 1) return 'redundant';
  return 'unknown';
}

function nodesOf(wire: WireStatus, mode: VpnStatus['mode']): readonly WireNode[] {
  if (mode === 'disabled') return [];
  if (wire.vpn_nodes) return wire.vpn_nodes;
  const named = [wire.vpn1, wire.vpn2].filter((one) => one !== null && one !== undefined);
  if (named.length > 0) return named;
  return mode === 'single' ? [wire] : [];
}

function toNode(wire: WireNode): VpnNode {
  return {
    name: wire.container_name ?? wire.container,
    status: wire.status,
    health: wire.health,
    connected: wire.connected,
    forwardedPort: wire.forwarded_port,
    publicIp: wire.public_ip,
    provider: wire.provider,
    country: wire.country,
    city: wire.city,
    lastCheck: wire.last_check_at ?? wire.last_check,
    error: wire.error,
  };
}

function emergencyOf(wire: z.output<typeof emergency>): VpnStatus['emergency'] {
  if (!wire || wire.active === null) return null;
  return {
    active: wire.active,
    failedVpn: wire.failed_vpn,
    healthyVpn: wire.healthy_vpn,
    durationSeconds: wire.duration_seconds,
  };
}

function newest(nodes: readonly VpnNode[]): number | null {
  return nodes.reduce<number | null>(
    (latest, { lastCheck }) =>
      lastCheck !== null && (latest === null || lastCheck > latest) ? lastCheck : latest,
    null,
  );
}
