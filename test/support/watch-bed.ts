import type {
  EngineTotals,
  OrchestratorStatus,
  VpnNode,
  VpnStatus,
} from '../../shared/contract/orchestrator.ts';
import type { Failure, Reading } from '../../shared/model/reading.ts';
import { watchedResources } from '../../shared/model/resources.ts';
import type { WatchedResource } from '../../shared/model/resources.ts';
import type { EventDraft } from '../../electron/core/events/event-log.ts';
import { StateWatch } from '../../electron/core/events/state-watch.ts';
import type { ResourceValues } from '../../electron/core/status/resources.ts';
import { FakeClock } from './fake-clock.ts';
import { reading } from './readings.ts';

const totals: EngineTotals = {
  cpuPercent: 1,
  memoryBytes: 1,
  networkRxBytes: 1,
  networkTxBytes: 1,
  blockReadBytes: 1,
  blockWriteBytes: 1,
  containerCount: 8,
};

/** @param blocked why it starts nothing new; null: it does */
export function orchestrator(
  status: OrchestratorStatus['status'],
  blocked: string | null = null,
): OrchestratorStatus {
  return {
    status,
    engines: { total: 8, running: 8, healthy: 8, unhealthy: 0 },
    streams: { active: 0, total: 0 },
    capacity: { total: 8, used: 0, available: 8, maxReplicas: 8, minReplicas: 1 },
    vpn: { enabled: true, connected: true, health: 'healthy' },
    provisioning: {
      canProvision: blocked === null,
      breaker: 'closed',
      lastFailure: null,
      blocked:
        blocked === null
          ? null
          : { code: 'vpn_disconnected', message: blocked, recoveryEtaSeconds: null, canRetry: null },
    },
    server: { version: '1.7', basePath: '' },
  };
}

export function vpnNode(change: Partial<VpnNode> = {}): VpnNode {
  return {
    name: 'gluetun',
    status: 'running',
    health: 'healthy',
    connected: true,
    forwardedPort: 1,
    publicIp: '203.0.113.5',
    provider: null,
    country: 'Netherlands',
    city: null,
    lastCheck: null,
    error: null,
    ...change,
  };
}

export function vpn(change: Partial<VpnStatus> = {}): VpnStatus {
  return {
    mode: 'single',
    enabled: true,
    connected: true,
    nodes: [vpnNode()],
    nodesTotal: 1,
    nodesHealthy: 1,
    emergency: null,
    ...change,
  };
}

/** A watch over three sources that are loaded every 5 s unless told to fail. */
export class WatchBed {
  readonly clock = new FakeClock();
  readonly told: EventDraft[] = [];
  readonly values: { -readonly [K in WatchedResource]: ResourceValues[K] } = {
    'stats:total': totals,
    'orchestrator:status': orchestrator('healthy'),
    'vpn:status': vpn(),
  };
  readonly failing = new Set<WatchedResource>();
  readonly missing = new Set<WatchedResource>();
  /** What every reading has otherwise than it would have. */
  readonly change: { -readonly [Field in keyof Reading<never>]?: Reading<never>[Field] } = {};
  paused = false;
  readonly #loaded = new Map<WatchedResource, { at: number; value: unknown }>();
  readonly #failures = new Map<WatchedResource, number>();
  readonly #watch: StateWatch;
  #seconds = 0;

  constructor() {
    this.#watch = new StateWatch({
      clock: this.clock,
      read: (key) => this.#read(key),
      record: (event) => this.told.push(event),
    });
  }

  /** Lets seconds pass, with a load every five and a tick each. */
  async run(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await this.clock.advance(1000);
      if (this.#seconds % 5 === 0 && !this.paused) this.load();
      this.#seconds += 1;
      this.#watch.tick(this.paused);
    }
  }

  load(): void {
    for (const key of watchedResources) {
      if (this.failing.has(key)) {
        this.#failures.set(key, (this.#failures.get(key) ?? 0) + 1);
      } else {
        this.#failures.delete(key);
        this.#loaded.set(key, { at: this.clock.wall(), value: this.values[key] });
      }
    }
  }

  /** Titles told since the last look. */
  news(): string[] {
    return this.told.splice(0).map(({ title }) => title);
  }

  #read<K extends WatchedResource>(key: K): Reading<ResourceValues[K]> {
    const loaded = this.#loaded.get(key);
    const count = this.#failures.get(key) ?? 0;
    const failure: Failure | null =
      count === 0
        ? null
        : { code: 'timeout', message: 'No answer within 4.5 s.', since: 0, count, nextTryAt: null };
    const value = loaded ? (loaded.value as ResourceValues[K]) : null;
    return reading(value, {
      age: loaded ? this.clock.wall() - loaded.at : null,
      failure,
      supported: !this.missing.has(key),
      ...this.change,
    });
  }
}
