import {
  engineVariant,
  engineVersion,
  maxReplicas,
  memoryLimit,
  minReplicas,
  orchestratorVersion,
} from './cast.ts';
import type { VpnState, World, WorldEngine, WorldEvent, WorldStream } from './world-state.ts';

/* The world in the words of the real server, release 1.7.3: names, types and nulls as it sends them. */

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
/** The server writes engine, stream and event times with "Z" and everything else with "+00:00". */
const zulu = (ms: number | null): string | null => (ms === null ? null : `${micro(ms)}Z`);
const offset = (ms: number): string => `${micro(ms)}+00:00`;

function micro(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000');
}

function activeStreams(world: World): readonly WorldStream[] {
  return world.streams.filter(({ endedAt }) => endedAt === null);
}

export function version(): unknown {
  return { version: orchestratorVersion, title: 'On-Demand Orchestrator' };
}

export function openApi(): unknown {
  return { openapi: '3.1.0', info: { title: 'On-Demand Orchestrator', version: orchestratorVersion } };
}

/** In redundant mode the server hides engines whose VPN is unhealthy; their containers still run. */
export function engines(world: World): unknown[] {
  const up = new Set(world.vpns().flatMap(({ role, up }) => (up ? [role.container] : [])));
  return world.engines
    .filter(({ vpn }) => world.script === 'single-flapping' || up.has(vpn.container))
    .map((engine) => engineBody(world, engine));
}

function engineBody(world: World, engine: WorldEngine): unknown {
  const vpn = world.script === 'single-flapping' ? 'gluetun1' : engine.vpn.container;
  const streams = activeStreams(world).filter(({ engineId }) => engineId === engine.id);
  const sum = (pick: (stream: WorldStream) => number) =>
    Math.round(streams.reduce((total, stream) => total + pick(stream), 0));
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
    health_status: 'healthy',
    last_health_check: zulu(checkedAt(world, 20_000)),
    last_stream_usage: zulu(engine.lastStreamUsage),
    vpn_container: vpn,
    engine_variant: engineVariant,
    platform: 'linux',
    version: engineVersion,
    forwarded_port: engine.forwarded ? engine.vpn.forwardedPort : null,
    total_peers: sum(({ peers }) => peers),
    total_speed_down: sum(({ speedDown }) => speedDown / 1024),
    total_speed_up: sum(({ speedUp }) => speedUp / 1024),
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
  return Object.fromEntries(world.engines.map((engine) => [engine.id, engineStats(engine)]));
}

export function totals(world: World): unknown {
  const sum = (pick: (engine: WorldEngine) => number) =>
    world.engines.reduce((total, engine) => total + pick(engine), 0);
  return {
    total_cpu_percent: round(sum(({ cpu }) => cpu)),
    total_memory_usage: Math.round(sum(({ memory }) => memory)),
    total_network_rx_bytes: Math.round(sum(({ received }) => received)),
    total_network_tx_bytes: Math.round(sum(({ sent }) => sent)),
    total_block_read_bytes: Math.round(sum(({ blocksRead }) => blocksRead)),
    total_block_write_bytes: Math.round(sum(({ blocksWritten }) => blocksWritten)),
    container_count: world.engines.length,
  };
}

export function orchestratorStatus(world: World): unknown {
  const connected = world.vpns().some(({ up }) => up);
  const total = world.engines.length;
  const active = activeStreams(world);
  const used = new Set(active.map(({ engineId }) => engineId)).size;
  return {
    status: connected ? 'healthy' : 'degraded',
    engines: { total, running: total, healthy: total, unhealthy: 0 },
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
      can_provision: connected,
      circuit_breaker_state: 'closed',
      last_failure: null,
      blocked_reason: connected ? null : 'VPN not connected',
      blocked_reason_details: connected
        ? null
        : {
            code: 'vpn_disconnected',
            message:
              'VPN connection is required but currently disconnected. Engines cannot be provisioned without VPN.',
            recovery_eta_seconds: 60,
            can_retry: true,
            should_wait: true,
          },
    },
    config: { auto_delete: false, grace_period_s: 30, engine_variant: engineVariant, debug_mode: false },
    timestamp: offset(world.now()),
  };
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

function breaker(threshold: number, timeout: number, lastSuccess: number | null): unknown {
  return {
    state: 'closed',
    failure_count: 0,
    failure_threshold: threshold,
    last_failure_time: null,
    last_success_time: lastSuccess === null ? null : offset(lastSuccess),
    recovery_timeout: timeout,
  };
}

export function healthStatus(world: World): unknown {
  const total = world.engines.length;
  const lastSuccess = Math.max(...world.engines.map(({ firstSeen }) => firstSeen));
  return {
    status: null,
    message: null,
    total_engines: total,
    healthy_engines: total,
    unhealthy_engines: 0,
    marked_for_replacement: 0,
    minimum_required: minReplicas,
    health_check_interval: 20,
    circuit_breakers: { general: breaker(5, 300, lastSuccess), replacement: breaker(3, 180, null) },
  };
}

export function streams(world: World, status: string | null): unknown[] {
  return world.streams
    .filter(({ endedAt }) => status === null || (status === 'ended') === (endedAt !== null))
    .map((stream) => {
      const engine = world.engines.find(({ id }) => id === stream.engineId);
      const at = `http://${engine?.vpn.container ?? 'gluetun1'}:${engine?.port ?? 0}/ace`;
      return {
        id: stream.id,
        key_type: 'infohash',
        key: stream.key,
        container_id: stream.engineId,
        playback_session_id: stream.session,
        stat_url: `${at}/stat/${stream.key}/${stream.session}`,
        command_url: `${at}/cmd/${stream.key}/${stream.session}`,
        is_live: true,
        started_at: zulu(stream.startedAt),
        ended_at: zulu(stream.endedAt),
        status: stream.endedAt === null ? 'started' : 'ended',
        peers: stream.peers,
        speed_down: Math.round(stream.speedDown / 1024),
        speed_up: Math.round(stream.speedUp / 1024),
        downloaded: Math.round(stream.downloaded),
        uploaded: Math.round(stream.uploaded),
        livepos: null,
      };
    });
}

/** Newest first. */
export function events(world: World, limit: number): unknown[] {
  return world.events.slice(-limit).toReversed().map(eventBody);
}

function eventBody(event: WorldEvent): unknown {
  return {
    id: event.id,
    timestamp: zulu(event.at),
    event_type: event.type,
    category: event.category,
    message: event.message,
    details: event.details,
    container_id: event.containerId,
    stream_id: event.streamId,
  };
}
