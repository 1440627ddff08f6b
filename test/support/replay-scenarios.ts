import { answered, goChanges, recordedChanges, recordedStops } from './replay-changes.ts';
import type { ReplayedChanges } from './replay-changes.ts';

export interface Scenario {
  /** Which base paths the server knows. */
  readonly bases: readonly ('' | '/api/v1')[];
  /** GET path without base → file. What is missing answers 404. */
  readonly get: Readonly<Record<string, string>>;
  /** What changes are answered. */
  readonly changes?: ReplayedChanges;
  /** How changes check their caller and refuse. */
  readonly generation: 'python' | 'go';
  /** VPN replies over time: from this many seconds on, this file; starts again after `cycleSeconds`. */
  readonly vpnTimeline?: {
    readonly cycleSeconds: number;
    readonly steps: readonly { readonly from: number; readonly file: string }[];
  };
}

type Routes = Scenario['get'];

const noVpn = 'orchestrator/v1.5.0-no-vpn';
const single = 'orchestrator/v1.5.0-single-vpn';
const redundant = 'orchestrator/v1.5.0-redundant-vpn';
const seedNoVpn = 'orchestrator/seed-era-no-vpn';
const seedRedundant = 'orchestrator/seed-era-redundant-vpn';

function folder(name: string): Routes {
  return {
    '/openapi.json': 'synthetic/openapi.json',
    '/engines': `${name}/engines.json`,
    '/engines/stats/total': `${name}/engines_stats_total.json`,
    '/engines/stats/all': `${name}/engines_stats_all.json`,
    '/orchestrator/status': `${name}/orchestrator_status.json`,
    '/vpn/status': `${name}/vpn_status.json`,
    '/cache/stats': `${name}/cache_stats.json`,
    '/health/status': `${name}/health_status.json`,
    '/streams': `${name}/streams_empty.json`,
    '/events': `${name}/events.json`,
  };
}

function python(get: Routes, more: Partial<Scenario> = {}): Scenario {
  return { bases: [''], generation: 'python', get, ...more };
}

function without(routes: Routes, ...paths: readonly string[]): Routes {
  return Object.fromEntries(Object.entries(routes).filter(([path]) => !paths.includes(path)));
}

const singleDown = {
  '/orchestrator/status': `${single}/orchestrator_status_vpn_down.json`,
  '/vpn/status': `${single}/vpn_status_unhealthy.json`,
  '/events': `${single}/events_vpn_down.json`,
};

/** Two containers are left when one VPN's engine was stopped; recorded with an earlier release. */
const twoContainers = { '/engines/stats/total': `${seedRedundant}/engines_stats_total.json` };

const oneDown = {
  ...folder(redundant),
  ...twoContainers,
  '/engines': `${redundant}/engines_one_down.json`,
  '/orchestrator/status': `${redundant}/orchestrator_status_one_down.json`,
  '/vpn/status': `${redundant}/vpn_status_one_down.json`,
  '/events': `${redundant}/events_one_down.json`,
};

const withStream = {
  '/streams': `${noVpn}/streams_all.json`,
  '/streams/ch-42/stats': `${noVpn}/stream_stats.json`,
  '/engines': `${noVpn}/engines_with_stream.json`,
  '/orchestrator/status': `${noVpn}/status_with_stream.json`,
  '/events': `${noVpn}/events_final.json`,
};

/** Changes were recorded without a VPN only; a provisioning that fails its caller after it worked is every release's. */
const noVpnChanges = { changes: { ...recordedChanges(noVpn), ...recordedStops(noVpn) } };

const noEngines = {
  '/engines': 'synthetic/engines_none.json',
  '/engines/stats/all': 'synthetic/engines_stats_all_none.json',
  '/engines/stats/total': 'synthetic/engines_stats_total_zero.json',
};

export const scenarios = {
  'seed-era-no-vpn': python(folder(seedNoVpn), { changes: recordedChanges(seedNoVpn) }),
  'seed-era-with-stream': python({
    ...folder(seedNoVpn),
    '/engines': `${seedNoVpn}/engines_with_stream.json`,
    '/orchestrator/status': `${seedNoVpn}/status_with_stream.json`,
    '/streams': `${seedNoVpn}/streams_all.json`,
    '/streams/ch-42/stats': `${seedNoVpn}/stream_stats.json`,
    '/events': `${seedNoVpn}/events_final.json`,
  }),
  /** Load by engine, streams and events were not recorded for it: 404. */
  'seed-era-redundant': python(without(folder(seedRedundant), '/engines/stats/all', '/streams', '/events')),
  'no-vpn': python(
    { ...folder(noVpn), '/cache/stats': `${noVpn}/cache_stats_after_hits.json` },
    noVpnChanges,
  ),
  'with-stream': python({ ...folder(noVpn), ...withStream }, noVpnChanges),
  'single-vpn': python(folder(single)),
  'single-vpn-unverified': python({
    ...folder(single),
    '/vpn/status': `${single}/vpn_status_no_portforward.json`,
  }),
  'single-vpn-starting': python({ ...folder(single), '/vpn/status': `${single}/vpn_status_starting.json` }),
  'single-vpn-down': python(
    { ...folder(single), ...singleDown },
    {
      changes: {
        'POST /provision/acestream': answered(503, `${single}/provision_503_vpn_disconnected.json`),
      },
    },
  ),
  /** The recorded flap sequence, told with the recorded bodies of its states. */
  'single-vpn-flapping': python(folder(single), {
    vpnTimeline: {
      cycleSeconds: 65,
      steps: [
        { from: 0, file: `${single}/vpn_status.json` },
        { from: 4.2, file: `${single}/vpn_status_unhealthy.json` },
        { from: 32.5, file: `${single}/vpn_status_no_portforward.json` },
        { from: 36.5, file: `${single}/vpn_status_unhealthy.json` },
      ],
    },
  }),
  redundant: python(folder(redundant)),
  'redundant-recovered': python({
    ...folder(redundant),
    '/vpn/status': `${redundant}/vpn_status_recovered.json`,
    '/events': `${redundant}/events_recovered.json`,
  }),
  'redundant-one-down': python(oneDown),
  emergency: python({ ...oneDown, '/vpn/status': `${redundant}/vpn_status_one_down_emergency.json` }),
  /** The list is empty while two containers run: "hidden", not "none". */
  'redundant-both-down': python({
    ...oneDown,
    '/engines': 'synthetic/engines_none.json',
    '/orchestrator/status': `${redundant}/orchestrator_status_both_down.json`,
    '/vpn/status': `${redundant}/vpn_status_both_down.json`,
  }),
  'circuit-open': python(
    {
      ...folder(noVpn),
      ...noEngines,
      '/orchestrator/status': `${noVpn}/orchestrator_status_circuit_open.json`,
      '/health/status': `${noVpn}/health_status_circuit_open.json`,
      '/events': `${noVpn}/events_circuit_open.json`,
    },
    {
      changes: {
        'POST /provision/acestream': answered(503, `${noVpn}/provision_503_circuit_breaker.json`),
        'POST /health/circuit-breaker/reset': {
          ...answered(200, `${noVpn}/cb_reset.json`),
          afterwards: [{ after: 0, get: { '/health/status': `${noVpn}/health_status.json` } }],
        },
      },
    },
  ),
  /** The image is missing: the JSON 500 that says so. */
  'no-image': python(
    { ...folder(noVpn), ...noEngines },
    {
      changes: { 'POST /provision/acestream': answered(500, `${noVpn}/provision_500_general_error.json`) },
    },
  ),
  'max-capacity': python({
    ...folder(noVpn),
    '/engines': 'synthetic/engines_ten_unknown.json',
    '/engines/stats/total': 'synthetic/engines_stats_total_ten.json',
    '/orchestrator/status': `${noVpn}/orchestrator_status_max_capacity.json`,
  }),
  /** Every tagged release: the server's cache has no key "stats:total", the endpoint is there. */
  'stats-total-missing': python(folder(noVpn)),
  'stats-total-404': python(without(folder(noVpn), '/engines/stats/total')),
  'all-zero': python({
    ...folder(noVpn),
    ...noEngines,
    '/orchestrator/status': 'synthetic/orchestrator_status_starting.json',
    '/cache/stats': `${noVpn}/cache_stats_after_clear.json`,
  }),
  'v1.7.3': python(
    {
      ...without(folder(redundant), '/openapi.json'),
      '/version': 'synthetic/v1.7.3/version.json',
      '/engines': 'synthetic/v1.7.3/engines.json',
      '/orchestrator/status': 'synthetic/v1.7.3/orchestrator_status.json',
      '/health/status': 'synthetic/v1.7.3/health_status.json',
    },
    { bases: ['', '/api/v1'] },
  ),
  v2: {
    bases: ['/api/v1'],
    generation: 'go',
    changes: goChanges,
    get: {
      '/version': 'synthetic/v2/version.json',
      '/engines/stats/total': 'synthetic/v2/engines_stats_total.json',
      '/vpn/status': 'synthetic/v2/vpn_status.json',
      '/cache/stats': 'synthetic/v2/cache_stats.json',
    },
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
export const scenarioNames = Object.keys(scenarios) as ScenarioName[];
