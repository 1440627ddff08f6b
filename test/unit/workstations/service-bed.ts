import { onTestFinished } from 'vitest';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import type { EventDraft } from '../../../electron/core/events/event-log.ts';
import type { LoggedRequest } from '../../../electron/core/history/store/request-log.ts';
import { WorkstationsService } from '../../../electron/core/workstations/workstations-service.ts';
import type { ManagerTarget } from '../../../electron/core/workstations/manager-session.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { managerPassword, startManagerReplay } from '../../support/replay-workstations.ts';
import type { ManagerReplay } from '../../support/replay-workstations.ts';

export const newOne = {
  name: 'Test',
  address: '127.0.0.1',
  user: 'administrator',
  password: 'station-pw-4411',
};

export interface ServiceBed {
  readonly clock: FakeClock;
  readonly cache: TtlCache;
  readonly replay: ManagerReplay;
  readonly service: WorkstationsService;
  readonly events: readonly EventDraft[];
  readonly secrets: readonly string[];
  readonly requests: readonly LoggedRequest[];
  paused: boolean;
}

/** The service with a replayed manager; it ends with the test. */
export async function serviceBed(target: Partial<ManagerTarget> | null = {}): Promise<ServiceBed> {
  const clock = new FakeClock();
  const cache = new TtlCache({ clock, random: () => 0.5, freeze: true });
  const replay = await startManagerReplay();
  const events: EventDraft[] = [];
  const secrets: string[] = [];
  const requests: LoggedRequest[] = [];
  const bed = { clock, cache, replay, events, secrets, requests, paused: false };
  const service = new WorkstationsService({
    target: target && { url: replay.url, user: 'admin', password: managerPassword, ...target },
    clock,
    cache,
    pollMs: () => 5000,
    paused: () => bed.paused,
    record: (event) => events.push(event),
    onRequest: (request) => requests.push(request),
    onSecret: (secret) => secrets.push(secret),
  });
  onTestFinished(async () => {
    service.stop();
    cache.stop();
    await replay.close();
  });
  return Object.assign(bed, { service });
}

/** The RpcError an action ends with; fails the test when it succeeds or throws something else. */
export async function refusalOf(action: Promise<unknown>): Promise<RpcError> {
  const outcome = await action.then(
    () => 'succeeded',
    (error: unknown) => error,
  );
  if (outcome instanceof RpcError) return outcome;
  throw new Error(`expected an RpcError, got ${String(outcome)}`);
}
