import { beforeEach } from 'vitest';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import type { EventDraft } from '../../../electron/core/events/event-log.ts';
import { FleetService } from '../../../electron/core/fleet/fleet-service.ts';
import type { MutationAnswer } from '../../../electron/core/sources/orchestrator/read-mutation.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import type { Engine } from '../../../shared/contract/orchestrator.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { streamOf } from '../../support/fleet-world.ts';
import { engine, status as orchestrator, totals, vpnOf } from '../../support/page-world.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';

/** What every Python release answers after a provisioning that worked. */
export const crash: MutationAnswer = {
  outcome: 'unknown',
  said: 'The orchestrator failed (POST /provision/acestream, 500: Internal Server Error).',
  retryInSeconds: null,
};

export const engineOf = (name: string): Engine => ({ ...engine, id: name.repeat(8), name });

/** A fleet on the test's clock and a scripted orchestrator with two engines and two streams. */
export class FleetBed {
  readonly clock = new FakeClock(1_000_000_000_000);
  readonly cache = new TtlCache({ clock: this.clock, random: () => 0.5, freeze: true });
  readonly script = new ScriptedSource(this.clock);
  readonly events: EventDraft[] = [];
  readonly ending = new AbortController();
  readonly status = new StatusService({
    clock: this.clock,
    cache: this.cache,
    source: this.script.source,
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs: 5000,
    random: () => 0.5,
  });
  readonly fleet = new FleetService({
    source: this.script.source,
    status: this.status,
    cache: this.cache,
    clock: this.clock,
    ending: this.ending.signal,
    record: (event) => this.events.push(event),
  });

  /** A page has looked at the engines a moment ago. */
  async start(): Promise<void> {
    this.script.values = {
      engineTotals: totals,
      orchestratorStatus: orchestrator,
      vpnStatus: vpnOf(),
      streamList: { streams: [streamOf({ id: 'a' }), streamOf({ id: 'b' })] },
      healthStatus: { breakers: { general: { state: 'open' }, replacement: null } },
    };
    this.engines('acestream-1', 'acestream-2');
    this.status.start();
    await this.clock.advance(12_000);
    void this.fleet.engines();
    await this.clock.advance(500);
  }

  /** What the server lists from now on. */
  engines(...names: readonly string[]): void {
    this.script.values = { ...this.script.values, engineList: { engines: names.map(engineOf) } };
  }

  /** What a call ends with once `ms` have passed. */
  async after<T>(ms: number, call: Promise<T>): Promise<T | RpcError | 'waiting'> {
    let end: T | RpcError | 'waiting' = 'waiting';
    call.then(
      (value) => (end = value),
      (error: unknown) => {
        if (error instanceof RpcError) end = error;
        else throw error;
      },
    );
    await this.clock.advance(ms);
    return end;
  }
}

/** Registers the hook that makes a fresh bed for each test of the file. */
export function fleetBed(): () => FleetBed {
  let bed = new FleetBed();
  beforeEach(async () => {
    bed = new FleetBed();
    await bed.start();
  });
  return () => bed;
}
