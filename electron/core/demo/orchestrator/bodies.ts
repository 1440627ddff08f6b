import {
  breakerTimeout,
  engineVariant,
  engineVersion,
  memoryLimit,
  minReplicas,
  orchestratorVersion,
} from './cast.ts';
import { flowAt, inKibi } from './stream-flow.ts';
import { streamBody } from './stream-bodies.ts';
import { offset, round, zulu } from './wire-values.ts';
import type { Flow } from './stream-flow.ts';
import type { VpnState, World, WorldBreaker, WorldEngine, WorldStream } from './world-state.ts';

/* The world in the words of the real server, release 1.7.3: names, types and nulls as it sends them. */

export function isRunning({ endedAt }: WorldStream): boolean {
  return endedAt === null;
}

/** Engines whose container is there; one that was deleted is listed for some seconds more. */
function staying(world: World): readonly WorldEngine[] {
  return world.engines.filter(({ leavesAt }) => leavesAt === null);
}

/** The server looks at each engine every 20 s; before its first look it knows nothing of a new one. */
function healthOf(world: World, engine: WorldEngine): 'healthy' | 'unknown' {
  return checkedAt(world, 20_000) >= engine.firstSeen ? 'healthy' : 'unknown';
}

export function version(): unknown {
  return { version: orchestratorVersion, title: 'On-Demand Orchestrator' };
}

export function openApi(): unknown {
  return { openapi: '3.1.0', info: { title: 'On-Demand Orchestrator', version: orchestratorVersion } };
}

/** In redundant mode the server hides engines whose VPN is unhealthy; their containers still run. */
export function engines(world: World): unknown[] {
  const streams = Map.groupBy(world.streams.filter(isRunning), ({ engineId }) => engineId);
  const up = new Set(world.vpns().flatMap(({ role, up }) => (up ? [role.container] : [])));
  return world.engines
    .filter(({ vpn }) => world.script === 'single-flapping' || up.has(vpn.container))
    .map((engine) => engineBody(world, engine, streams.get(engine.id) ?? []));
}

/** GET /engines/{id}. */
export function oneEngine(world: World, engine: WorldEngine): unknown {
  const own = world.streams.filter(({ engineId }) => engineId === engine.id);
  return {
    engine: engineBody(world, engine, own.filter(isRunning)),
    streams: own.map((stream) => streamBody(world, stream)),
  };
}

function engineBody(world: World, engine: WorldEngine, streams: readonly WorldStream[]): unknown {
  const vpn = world.script === 'single-flapping' ? 'gluetun1' : engine.vpn.container;
  const flows = streams.map((stream) => flowAt(stream, world.now()));
  const sum = (pick: (flow: Flow) => number) => flows.reduce((total, flow) => total + pick(flow), 0);
  return {
    container_id: engine.id,
    container_name: engine.name,
    host: vpn,
    port: engine.port,
    api_port: engine.port + 10_000,
    labels: {
      'acestream.http_port': String(engine.port),
      'host.http_port': String(engine.port),
      'acestream.engine_variant': engineVariant,
      'acestream.vpn_container': vpn,
      ...(engine.forwarded ? { 'acestream.forwarded': 'true' } : {}),
    },
    forwarded: engine.forwarded,
    first_seen: zulu(engine.firstSeen),
    last_seen: zulu(checkedAt(world, 10_000)),
    streams: streams.map(({ id }) => id),
    health_status: healthOf(world, engine),
    last_health_check: healthOf(world, engine) === 'unknown' ? null : zulu(checkedAt(world, 20_000)),
    last_stream_usage: zulu(engine.lastStreamUsage),
    vpn_container: vpn,
    engine_variant: engineVariant,
    platform: 'linux',
    version: engineVersion,
    forwarded_port: engine.forwarded ? engine.vpn.forwardedPort : null,
    total_peers: sum(({ peers }) => peers),
    total_speed_down: inKibi(sum(({ speedDown }) => speedDown)),
    total_speed_up: inKibi(sum(({ speedUp }) => speedUp)),
    stream_count: streams.length,
  };
}

/** The last turn of a loop that runs every `every` ms. */
function checkedAt(world: World, every: number): number {
  return Math.floor(world.now() / every) * every;
}

export function engineStats(engine: WorldEngine): unknown {
  return {
    container_id: engine.id,
    cpu_percent: round(engine.cpu),
    memory_usage: Math.round(engine.memory),
    memory_limit: memoryLimit,
    memory_percent: round((engine.memory / memoryLimit) * 100),
    network_rx_bytes: Math.round(engine.received),
    network_tx_bytes: Math.round(engine.sent),
    block_read_bytes: Math.round(engine.blocksRead),
    block_write_bytes: Math.round(engine.blocksWritten),
  };
}

export function allStats(world: World): unknown {
  return Object.fromEntries(staying(world).map((engine) => [engine.id, engineStats(engine)]));
}

export function totals(world: World): unknown {
  const engines = staying(world);
  const sum = (pick: (engine: WorldEngine) => number) =>
    engines.reduce((total, engine) => total + pick(engine), 0);
  return {
    total_cpu_percent: round(sum(({ cpu }) => cpu)),
    total_memory_usage: Math.round(sum(({ memory }) => memory)),
    total_network_rx_bytes: Math.round(sum(({ received }) => received)),
    total_network_tx_bytes: Math.round(sum(({ sent }) => sent)),
    total_block_read_bytes: Math.round(sum(({ blocksRead }) => blocksRead)),
    total_block_write_bytes: Math.round(sum(({ blocksWritten }) => blocksWritten)),
    container_count: engines.length,
  };
}

export function orchestratorStatus(world: World): unknown {
  const { maxReplicas } = world;
  const connected = world.vpns().some(({ up }) => up);
  const total = world.engines.length;
  const there = staying(world);
  const active = world.streams.filter(isRunning);
  const used = new Set(active.map(({ engineId }) => engineId)).size;
  const blocked = blockedReason(connected, there.length, maxReplicas);
  return {
    status: connected && there.length > 0 ? 'healthy' : there.length > 0 ? 'degraded' : 'unavailable',
    engines: {
      total,
      running: there.length,
      healthy: there.filter((engine) => healthOf(world, engine) === 'healthy').length,
      unhealthy: 0,
    },
    streams: { active: active.length, total: world.streams.length },
    capacity: { total, used, available: total - used, max_replicas: maxReplicas, min_replicas: minReplicas },
    vpn: {
      enabled: true,
      connected,
      health: connected ? 'healthy' : 'unhealthy',
      container: 'gluetun1',
      forwarded_port: world.vpns()[0]?.role.forwardedPort ?? null,
    },
    provisioning: {
      can_provision: blocked === null,
      circuit_breaker_state: 'closed',
      last_failure: null,
      blocked_reason: blocked?.reason ?? null,
      blocked_reason_details: blocked?.details ?? null,
    },
    config: { auto_delete: false, grace_period_s: 30, engine_variant: engineVariant, debug_mode: false },
    timestamp: offset(world.now()),
  };
}

/** At full capacity the server says so and provisions all the same. */
function blockedReason(connected: boolean, running: number, most: number) {
  if (!connected) {
    const message =
      'VPN connection is required but currently disconnected. Engines cannot be provisioned without VPN.';
    const details = { code: 'vpn_disconnected', message, recovery_eta_seconds: 60, can_retry: true };
    return { reason: 'VPN not connected', details: { ...details, should_wait: true } };
  }
  if (running < most) return null;
  const message = `Maximum number of engines (${most}) already running. Wait for streams to end or increase MAX_REPLICAS.`;
  const details = { code: 'max_capacity', message, recovery_eta_seconds: null, can_retry: false };
  return { reason: 'Maximum capacity reached', details: { ...details, should_wait: true } };
}

export function vpnStatus(world: World): unknown {
  const at = offset(world.now());
  const [first, second] = world.vpns().map((state) => vpnBody(state, at));
  const emergency = emergencyBody(world);
  if (world.script === 'single-flapping') {
    return { ...first, mode: 'single', vpn1: first, vpn2: null, emergency_mode: emergency };
  }
  const connected = world.vpns().some(({ up }) => up);
  return {
    mode: 'redundant',
    enabled: true,
    status: connected ? 'running' : 'unhealthy',
    container_name: 'gluetun1',
    container: 'gluetun1',
    health: connected ? 'healthy' : 'unhealthy',
    connected,
    forwarded_port: world.vpns()[0]?.role.forwardedPort ?? null,
    last_check: at,
    last_check_at: at,
    vpn1: first,
    vpn2: second,
    emergency_mode: emergency,
  };
}

function vpnBody({ role, up, verified }: VpnState, at: string) {
  return {
    enabled: true,
    status: 'running',
    container_name: role.container,
    container: role.container,
    health: up ? 'healthy' : 'unhealthy',
    connected: up,
    forwarded_port: role.forwardedPort,
    public_ip: verified ? role.publicIp : null,
    provider: role.provider,
    country: verified ? role.country : null,
    city: verified ? role.city : null,
    region: verified ? role.region : null,
    last_check: at,
    last_check_at: at,
  };
}

/** With both VPNs down the server still names the second one as the healthy one. */
function emergencyBody(world: World): unknown {
  const { emergency } = world;
  if (emergency === null) return { active: false, failed_vpn: null, healthy_vpn: null, duration_seconds: 0 };
  const other = world.vpns().find(({ role }) => role !== emergency.failed);
  return {
    active: true,
    failed_vpn: emergency.failed.container,
    healthy_vpn: other?.role.container ?? null,
    duration_seconds: round((world.now() - emergency.since) / 1000, 6),
    entered_at: offset(emergency.since),
  };
}

function breaker(
  { state, lastFailure }: WorldBreaker,
  threshold: number,
  timeout: number,
  lastSuccess: number | null,
): unknown {
  return {
    state,
    failure_count: state === 'open' ? threshold : 0,
    failure_threshold: threshold,
    last_failure_time: lastFailure === null ? null : offset(lastFailure),
    last_success_time: lastSuccess === null ? null : offset(lastSuccess),
    recovery_timeout: timeout,
  };
}

const closed: WorldBreaker = { state: 'closed', lastFailure: null };

export function healthStatus(world: World): unknown {
  const total = world.engines.length;
  const lastSuccess = world.engines.reduce<number | null>(
    (latest, { firstSeen }) => (latest === null || firstSeen > latest ? firstSeen : latest),
    null,
  );
  return {
    status: null,
    message: null,
    total_engines: total,
    healthy_engines: staying(world).filter((engine) => healthOf(world, engine) === 'healthy').length,
    unhealthy_engines: 0,
    marked_for_replacement: 0,
    minimum_required: minReplicas,
    health_check_interval: 20,
    circuit_breakers: {
      general: breaker(closed, 5, 300, lastSuccess),
      replacement: breaker(world.replacementBreaker, 3, breakerTimeout / 1000, null),
    },
  };
}
