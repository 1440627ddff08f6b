import { z } from 'zod';
import type { EngineList, EngineTotals } from '../../../../shared/contract/orchestrator.ts';
import { flag, number, readReply, recognised, text, time, word } from './fields.ts';

const totals = recognised({
  total_cpu_percent: number,
  total_memory_usage: number,
  total_network_rx_bytes: number,
  total_network_tx_bytes: number,
  total_block_read_bytes: number,
  total_block_write_bytes: number,
  container_count: number,
  /** Version 2 counts engines and reports no load. */
  engines_total: number,
});

/** GET /engines/stats/total. */
export function readTotals(reply: unknown, endpoint: string): EngineTotals {
  const wire = readReply(totals, reply, endpoint);
  return {
    cpuPercent: wire.total_cpu_percent,
    memoryBytes: wire.total_memory_usage,
    networkRxBytes: wire.total_network_rx_bytes,
    networkTxBytes: wire.total_network_tx_bytes,
    blockReadBytes: wire.total_block_read_bytes,
    blockWriteBytes: wire.total_block_write_bytes,
    containerCount: wire.container_count ?? wire.engines_total,
  };
}

const engine = z.object({
  container_id: z.string().min(1),
  container_name: text,
  host: text,
  port: number,
  health_status: word(['healthy', 'unhealthy']),
  streams: z.array(z.unknown()).nullish(),
  stream_count: number,
  vpn_container: text,
  version: text,
  forwarded: flag,
  forwarded_port: number,
  first_seen: time,
  last_seen: time,
  last_health_check: time,
  /** Version 2: it takes no more streams and goes when the last one ends. */
  draining: flag,
});
const engines = z.array(engine).max(5000);

const load = z.record(z.string(), z.object({ cpu_percent: number, memory_usage: number }));
export type EngineLoads = z.output<typeof load>;

/** GET /engines/stats/all: load by container id. */
export function readLoads(reply: unknown, endpoint: string): EngineLoads {
  return readReply(load, reply, endpoint);
}

/** GET /engines, without CPU and memory. */
export function readEngines(reply: unknown, endpoint: string): EngineList {
  const wire = readReply(engines, reply, endpoint);
  return {
    engines: wire.map((one) => ({
      id: one.container_id,
      name: one.container_name,
      host: one.host,
      port: one.port,
      health: one.health_status,
      streams: one.streams?.length ?? one.stream_count,
      vpn: one.vpn_container,
      version: one.version,
      forwarded: one.forwarded,
      forwardedPort: one.forwarded_port,
      firstSeen: one.first_seen,
      lastSeen: one.last_seen,
      lastHealthCheck: one.last_health_check,
      cpuPercent: null,
      memoryBytes: null,
      leaving: one.draining === true,
    })),
  };
}

/** The list with CPU and memory of each engine, where they were reported. */
export function withLoads(list: EngineList, loads: EngineLoads | null): EngineList {
  const byId = new Map(Object.entries(loads ?? {}));
  return {
    engines: list.engines.map((one) => {
      const load = byId.get(one.id);
      return load ? { ...one, cpuPercent: load.cpu_percent, memoryBytes: load.memory_usage } : one;
    }),
  };
}
