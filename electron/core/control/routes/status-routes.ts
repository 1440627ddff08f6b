import type { z } from 'zod';
import type { CallName } from '../../../../shared/rpc/client.ts';
import { bodyOf } from '../../sources/kept-bodies.ts';
import type { ResourceValues } from '../../status/resources.ts';
import { freshnessHeaders, headersOf, readingFaults, valueOf } from '../freshness.ts';
import type { ControlHouse } from '../house.ts';
import { roleOf, route } from '../route.ts';
import type { Route } from '../route.ts';
import { statusBody, statusFrom, totalsBody, totalsFrom, vpnBody, vpnFrom } from './backend-shapes.ts';

type Key = 'stats:total' | 'orchestrator:status' | 'vpn:status';

interface StatusRoute<K extends Key, O extends z.ZodType> {
  readonly key: K;
  readonly path: string;
  readonly entry: CallName;
  readonly summary: string;
  readonly output: O;
  readonly example: z.input<O>;
  /** The documented body from what was read, where the release answers in another shape. */
  readonly from: (value: ResourceValues[K], observedAt: number | null) => z.input<O>;
}

/** The orchestrator's readings as the cache holds them, in its own words, with their age. */
export function statusRoutes(house: ControlHouse): Route[] {
  return [
    statusRoute(house, {
      key: 'stats:total',
      path: '/engines/stats/total',
      entry: 'engines.totals',
      summary: 'CPU, memory, network and disk of all engines together',
      output: totalsBody,
      example: {
        total_cpu_percent: 6.96,
        total_memory_usage: 424_054_061,
        total_network_rx_bytes: 12_345_752,
        total_network_tx_bytes: 668_981,
        total_block_read_bytes: 60_816,
        total_block_write_bytes: 243_265,
        container_count: 2,
      },
      from: totalsFrom,
    }),
    statusRoute(house, {
      key: 'orchestrator:status',
      path: '/orchestrator/status',
      entry: 'orchestrator.status',
      summary: 'Engines, streams, capacity and whether more can be provisioned',
      output: statusBody,
      example: {
        status: 'healthy',
        engines: { total: 2, running: 2, healthy: 2, unhealthy: 0 },
        streams: { active: 0, total: 0 },
        capacity: { total: 2, used: 0, available: 2, max_replicas: 6, min_replicas: 2 },
        vpn: { enabled: false, connected: false, health: 'unknown' },
        provisioning: {
          can_provision: true,
          circuit_breaker_state: 'closed',
          last_failure: null,
          blocked_reason: null,
          blocked_reason_details: null,
        },
        timestamp: '2025-11-22T02:04:48.848425+00:00',
      },
      from: statusFrom,
    }),
    statusRoute(house, {
      key: 'vpn:status',
      path: '/vpn/status',
      entry: 'vpn.status',
      summary: 'One or two VPNs and the emergency mode',
      output: vpnBody,
      example: {
        mode: 'redundant',
        enabled: true,
        health: 'healthy',
        connected: true,
        vpn1: { status: 'running', container_name: 'gluetun1', health: 'healthy', connected: true },
        vpn2: { status: 'running', container_name: 'gluetun2', health: 'healthy', connected: true },
        emergency_mode: { active: false, failed_vpn: null, healthy_vpn: null, duration_seconds: 0 },
      },
      from: vpnFrom,
    }),
  ];
}

function statusRoute<K extends Key, O extends z.ZodType>(
  { active, clock }: ControlHouse,
  { key, path, entry, summary, output, example, from }: StatusRoute<K, O>,
): Route {
  /** A value is written once however often it is asked for. */
  const written = new WeakMap<object, string>();

  function textOf(value: ResourceValues[K], observedAt: number | null): string {
    const known = written.get(value);
    if (known !== undefined) return known;
    const own = bodyOf(value);
    const body = output.safeParse(own).success ? own : output.parse(from(value, observedAt));
    const text = JSON.stringify(body);
    written.set(value, text);
    return text;
  }

  return route({
    method: 'GET',
    path,
    role: roleOf(entry),
    tag: 'Orchestrator',
    summary,
    description:
      'The backend’s own body as the cache holds it. Of a release that answers in another shape (2.x) it is written ' +
      'anew from what was read there; what that release does not report is null. While the backend fails the last ' +
      'good body is answered, for at most 24 h, with its true age and a negative ttl.',
    output,
    example,
    headers: freshnessHeaders,
    faults: readingFaults,
    run: async () => {
      const { status } = active.workspace;
      const asked = await status.ask(key);
      const value = valueOf(asked.reading, clock.wall());
      const headers = headersOf(asked, status.paused);
      return { body: { text: textOf(value, asked.reading.observedAt) }, headers };
    },
  });
}
