import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { lookupOutcomes } from './outcomes.ts';
import { resourceLabels } from './resource-labels.ts';

/** Seconds. */
const loadBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const hitBuckets = [0.25e-6, 0.5e-6, 1e-6, 2.5e-6, 5e-6, 10e-6, 25e-6, 100e-6, 1e-3];

/** Everything that is told to Prometheus, each registry with metrics of its own. */
export function createInstruments() {
  const registry = new Registry();
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const times = (name: string, help: string, buckets: number[]): Histogram<'resource'> =>
    new Histogram({ name, help, labelNames: ['resource'], buckets, registers: [registry] });
  const ofCache = (name: string, help: string): Counter<'resource'> =>
    counter(`cachedeck_cache_${name}_total`, help, 'resource');

  const instruments = {
    registry,
    lookups: counter(
      'cachedeck_cache_lookups_total',
      'Lookups for pages and API clients by outcome; a bypass is neither hit nor miss',
      'resource',
      'outcome',
    ),
    prefetches: ofCache('prefetches', 'Loads started ahead of a lookup'),
    loads: ofCache('loads', 'Loads started, prefetches and forced ones included'),
    loadErrors: ofCache('load_errors', 'Loads that failed or ran into their time limit'),
    evictions: ofCache('evictions', 'Values dropped for want of room'),
    expirations: ofCache('expirations', 'Values that passed their TTL'),
    invalidations: ofCache('invalidations', 'Values or loads removed by a clear, a pattern or a deletion'),
    cacheErrors: counter(
      'cachedeck_cache_errors_total',
      'Operations of a cache that failed, so that the load ran directly',
      'cache',
    ),
    backendCalls: counter(
      'cachedeck_backend_calls_total',
      'HTTP requests sent to backends to read a resource; actions and finding out versions are not in it',
      'resource',
    ),
    loadTime: times(
      'cachedeck_cache_load_duration_seconds',
      'Time that loads took which brought a value',
      loadBuckets,
    ),
    hitTime: times(
      'cachedeck_cache_hit_duration_seconds',
      'Time that hits took; one hit in 16 is timed, so the count is about a sixteenth of all hits',
      hitBuckets,
    ),

    entries: gauge('cachedeck_cache_entries', 'Values held, also expired ones kept as last good', 'cache'),
    bytes: gauge('cachedeck_cache_bytes', 'Approximate size of the values held', 'cache'),
    enabled: gauge('cachedeck_cache_enabled', '1: the cache is on; 0: every lookup goes to the backend'),
    dataAge: gauge(
      'cachedeck_data_age_seconds',
      'Age of the last good value, from the start of its load; absent when there never was one',
      'resource',
    ),
    ttl: gauge('cachedeck_ttl_seconds', 'How long a stored value counts as fresh', 'resource'),
    up: gauge(
      'cachedeck_resource_up',
      '1: the last load brought a value; 0: it failed; absent when not loaded or not reported by the backend',
      'resource',
    ),
    failures: gauge('cachedeck_resource_failures', 'Failed loads in a row', 'resource'),
    alerts: gauge('cachedeck_alerts', 'Alerts of the connected profile', 'rule', 'state'),
    sessions: gauge('cachedeck_sessions', 'Portal users of whom something is kept'),
    engines: gauge('cachedeck_engines', 'Engines as last reported by the orchestrator', 'state'),
    containers: gauge('cachedeck_engine_containers', 'Engine containers in the totals'),
    cpu: gauge('cachedeck_engines_cpu_cores', 'Processor cores that all engines use together'),
    memory: gauge('cachedeck_engines_memory_bytes', 'Memory that all engines use together'),
    received: gauge('cachedeck_engines_network_received_bytes', 'Received by the running engines'),
    sent: gauge('cachedeck_engines_network_sent_bytes', 'Sent by the running engines'),
    streams: gauge('cachedeck_streams', 'Active streams as last reported by the orchestrator'),
    canProvision: gauge('cachedeck_provisioning_possible', '1: the orchestrator would start an engine'),
    vpnEnabled: gauge('cachedeck_vpn_enabled', '1: the orchestrator uses a VPN'),
    vpnConnected: gauge('cachedeck_vpn_connected', '1: the VPN, or one of two, is connected'),
    vpnNodes: gauge('cachedeck_vpn_nodes', 'VPN containers by health', 'health'),
    workstations: gauge('cachedeck_workstations', 'Workstations in the last list'),
    pages: gauge('cachedeck_pages_connected', 'Windows and browser streams that are connected'),
    pollInterval: gauge('cachedeck_poll_interval_seconds', 'Time between two polls as it is now'),
    paused: gauge('cachedeck_polling_paused', '1: the operator has paused polling'),
    build: gauge('cachedeck_build_info', 'Always 1', 'version', 'host'),
    cpuTime: counter('process_cpu_seconds_total', 'Processor time the process has used'),
    resident: gauge('process_resident_memory_bytes', 'Resident memory of the process'),
  };

  // A series that begins at its first event hides that event from rate().
  const { lookups, prefetches, loads, loadErrors, evictions, expirations, invalidations, backendCalls } =
    instruments;
  for (const resource of resourceLabels) {
    for (const outcome of lookupOutcomes) lookups.inc({ resource, outcome }, 0);
    for (const one of [prefetches, loads, loadErrors, evictions, expirations, invalidations, backendCalls])
      one.inc({ resource }, 0);
  }
  return instruments;
}

export type Instruments = ReturnType<typeof createInstruments>;
