import { beforeEach, describe, expect, it } from 'vitest';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import type { EventDraft } from '../../../electron/core/events/event-log.ts';
import { FleetService } from '../../../electron/core/fleet/fleet-service.ts';
import type { MutationAnswer } from '../../../electron/core/sources/orchestrator/read-mutation.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import type { Engine } from '../../../shared/contract/orchestrator.ts';
import { watchedResources } from '../../../shared/model/resources.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { streamOf } from '../../support/fleet-world.ts';
import { engine, status as orchestrator, totals, vpnOf } from '../../support/page-world.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';

let clock: FakeClock;
let cache: TtlCache;
let script: ScriptedSource;
let status: StatusService;
let events: EventDraft[];
let ending: AbortController;
let fleet: FleetService;

const engineOf = (name: string, change: Partial<Engine> = {}): Engine => ({
  ...engine,
  id: name.repeat(8),
  name,
  ...change,
});
const crash: MutationAnswer = {
  outcome: 'unknown',
  said: 'The orchestrator failed (POST /provision/acestream, 500: Internal Server Error).',
  retryInSeconds: null,
};
const engines = (...list: readonly Engine[]): void => {
  script.values = { ...script.values, engineList: { engines: list } };
};

beforeEach(async () => {
  clock = new FakeClock(1_000_000_000_000);
  cache = new TtlCache({ clock, random: () => 0.5, freeze: true });
  script = new ScriptedSource(clock);
  script.values = {
    engineTotals: totals,
    orchestratorStatus: orchestrator,
    vpnStatus: vpnOf(),
    streamList: { streams: [streamOf({ id: 'a' }), streamOf({ id: 'b' })] },
    healthStatus: { breakers: { general: { state: 'open' }, replacement: null } },
  };
  engines(engineOf('acestream-1'), engineOf('acestream-2'));
  status = new StatusService({
    clock,
    cache,
    source: script.source,
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs: 5000,
  });
  events = [];
  ending = new AbortController();
  fleet = new FleetService({
    source: script.source,
    status,
    cache,
    clock,
    ending: ending.signal,
    record: (event) => events.push(event),
  });
  status.start();
  await clock.advance(12_000);
  void fleet.engines();
  await clock.advance(500);
});

/** What a call ends with once `ms` have passed. */
async function after<T>(ms: number, call: Promise<T>): Promise<T | RpcError | 'waiting'> {
  let end: T | RpcError | 'waiting' = 'waiting';
  call.then(
    (value) => (end = value),
    (error: unknown) => {
      if (error instanceof RpcError) end = error;
      else throw error;
    },
  );
  await clock.advance(ms);
  return end;
}

const listed = async (): Promise<readonly Engine[]> => {
  const poll = fleet.engines();
  await clock.advance(500);
  return (await poll).reading.value?.engines ?? [];
};

describe('provisioning', () => {
  it('that answers 500 after it worked: not known, one new engine appeared', async () => {
    script.change = () => {
      clock.after(2500, () =>
        engines(engineOf('acestream-1'), engineOf('acestream-2'), engineOf('acestream-9')),
      );
      return Promise.resolve(crash);
    };
    const call = fleet.provision(null);
    expect(await after(2000, call)).toBe('waiting');
    expect(await after(2000, call)).toEqual({ ...crash, found: 'One new engine appeared: acestream-9.' });
    expect(script.changes).toEqual(['provision null']);
    expect(events.find(({ kind }) => kind === 'action')).toEqual({
      kind: 'action',
      severity: 'attention',
      title: 'Starting an engine: outcome not known',
      subject: null,
      detail: `${crash.said} One new engine appeared: acestream-9.`,
    });
  });

  it('of which nothing is seen says so, and is sent once', async () => {
    script.change = () => Promise.resolve(crash);
    expect(await after(10_000, fleet.provision(19_010))).toEqual({
      ...crash,
      found: 'No new engine so far.',
    });
    expect(script.changes).toEqual(['provision 19010']);
  });

  it('that is refused is not waited for', async () => {
    const blocked: MutationAnswer = {
      outcome: 'refused',
      said: 'VPN connection is required but currently disconnected (vpn_disconnected).',
      retryInSeconds: 60,
    };
    script.change = () => Promise.resolve(blocked);
    script.values = { ...script.values, vpnStatus: { ...vpnOf(), connected: false } };
    await clock.advance(5000);
    expect(await after(300, fleet.provision(null))).toEqual({
      ...blocked,
      found: 'No new engine so far; a VPN is down, and the server hides its engines meanwhile.',
    });
    expect(events.filter(({ kind }) => kind === 'invalidate')).toEqual([]);
    expect(events.at(-1)).toMatchObject({ title: 'Starting an engine: refused', severity: 'attention' });
  });

  it('compares with a list read just before when the known one is old', async () => {
    await clock.advance(60_000);
    engines(engineOf('acestream-1'), engineOf('acestream-2'), engineOf('acestream-3'));
    const before = script.count('engineList');
    script.change = () => Promise.resolve({ outcome: 'done', said: 'Done.', retryInSeconds: null });
    expect(await after(20_000, fleet.provision(null))).toMatchObject({ found: 'No new engine so far.' });
    expect(script.count('engineList') - before).toBeGreaterThan(2);
  });

  it('of a server that lists slowly is sent all the same', async () => {
    await clock.advance(60_000);
    script.latency = 3000;
    const call = fleet.provision(null);
    expect(await after(1600, call)).toBe('waiting');
    expect(script.changes).toEqual(['provision null']);
    expect(await after(10_000, call)).toMatchObject({
      found: '2 engines are listed now; how many there were before is not known.',
    });
  });

  it('drops what it made wrong and reads it again, but not the VPNs', async () => {
    const seen: string[] = [];
    cache.on(({ kind, key }) => {
      if (kind === 'invalidate' || kind === 'delete') seen.push(key);
    });
    const vpn = script.count('vpnStatus');
    const [totalsRead, statusRead, health] = [
      script.count('engineTotals'),
      script.count('orchestratorStatus'),
      script.count('healthStatus'),
    ];
    engines(engineOf('acestream-1'), engineOf('acestream-2'), engineOf('acestream-9'));
    await after(400, fleet.provision(null));
    expect(seen.toSorted()).toEqual(['orchestrator:status', 'stats:total']);
    expect(script.count('engineTotals')).toBe(totalsRead + 1);
    expect(script.count('orchestratorStatus')).toBe(statusRead + 1);
    expect(script.count('healthStatus')).toBe(health + 1);
    expect(script.count('vpnStatus')).toBe(vpn);
    expect(events.map(({ title }) => title)).toEqual([
      'Invalidated orchestrator:status and stats:total',
      'Starting an engine: done',
    ]);
  });

  it('that is not answered for 30 s is not known, and is answered to the page in time', async () => {
    script.change = () => new Promise(() => {});
    const call = fleet.provision(null);
    expect(await after(29_900, call)).toBe('waiting');
    expect(await after(4500, call)).toEqual({
      outcome: 'unknown',
      said: 'No answer in time.',
      found: 'No new engine so far.',
      retryInSeconds: null,
    });
    expect(script.changes).toHaveLength(1);
  });

  it('runs once at a time', async () => {
    script.change = () => new Promise(() => {});
    const first = fleet.provision(null);
    expect(await after(0, fleet.provision(19_020))).toMatchObject({ code: 'conflict' });
    expect(await after(40_000, first)).toMatchObject({ outcome: 'unknown' });
    expect(script.changes).toEqual(['provision null']);
    script.change = () => Promise.resolve(crash);
    expect(await after(20_000, fleet.provision(null))).toMatchObject({ outcome: 'unknown' });
    expect(script.changes).toHaveLength(2);
  });

  it('that never reached the server is a failure, not a result', async () => {
    script.change = () =>
      Promise.reject(
        new SourceError('unreachable', 'Nothing listens at 127.0.0.1:1 (connection refused).', {
          arrived: false,
        }),
      );
    expect(await after(100, fleet.provision(null))).toMatchObject({
      code: 'unavailable',
      message: 'Nothing listens at 127.0.0.1:1 (connection refused). Nothing was changed.',
    });
    expect(events.map(({ title, kind }) => [kind, title])).toEqual([['action', 'Starting an engine failed']]);
  });

  it('during which the profile is disconnected is not known', async () => {
    script.change = () => new Promise(() => {});
    const call = fleet.provision(null);
    await clock.advance(100);
    ending.abort();
    expect(await after(0, call)).toMatchObject({
      code: 'cancelled',
      message: 'The profile was disconnected before the orchestrator had answered. What it did is not known.',
    });
    expect(events.at(-1)).toMatchObject({ kind: 'action', title: 'Starting an engine failed' });
  });

  it('answered just before the profile is disconnected says what could not be read', async () => {
    script.change = () => Promise.resolve(crash);
    script.latency = 2000;
    const call = fleet.provision(null);
    await clock.advance(100);
    ending.abort();
    expect(await after(0, call)).toEqual({ ...crash, found: 'The engine list could not be read again.' });
  });
});

describe('removing an engine', () => {
  const [first, second] = ['acestream-1', 'acestream-2'].map((name) => engineOf(name).id);

  it('leaves it listed as leaving for some seconds', async () => {
    expect(await after(300, fleet.remove(first ?? ''))).toEqual({
      outcome: 'done',
      said: 'Done.',
      found: 'The engine is still listed; that can last about 10 seconds.',
      retryInSeconds: null,
    });
    expect((await listed()).map(({ id, leaving }) => [id, leaving])).toEqual([
      [first, true],
      [second, false],
    ]);
    expect(fleet.isLeaving(first ?? '')).toBe(true);
    expect(events.at(-1)).toMatchObject({
      title: 'Removing the engine acestream-1: done',
      subject: 'acestream-1',
    });
  });

  it('forgets that after 30 s, or when it is gone', async () => {
    await after(300, fleet.remove(first ?? ''));
    await clock.advance(30_000);
    expect((await listed()).map(({ leaving }) => leaving)).toEqual([false, false]);
    await after(300, fleet.remove(second ?? ''));
    engines(engineOf('acestream-1'));
    await clock.advance(5000);
    expect(await listed()).toHaveLength(1);
    engines(engineOf('acestream-1'), engineOf('acestream-2'));
    await clock.advance(5000);
    expect((await listed()).map(({ leaving }) => leaving)).toEqual([false, false]);
  });

  it('does not change what is in the cache', async () => {
    await after(300, fleet.remove(first ?? ''));
    expect(status.peek('engines:list').value?.engines.map(({ leaving }) => leaving)).toEqual([false, false]);
  });

  it('that went at once is gone', async () => {
    script.change = () => {
      engines(engineOf('acestream-2'));
      return Promise.resolve({ outcome: 'done', said: 'Done.', retryInSeconds: null });
    };
    expect(await after(300, fleet.remove(first ?? ''))).toMatchObject({ found: 'The engine is gone.' });
  });

  it.each([
    ['is still listed', 'acestream-1', 'The engine is still listed.'],
    ['was never listed', 'acestream-7', 'The engine is not listed.'],
  ])('with a 500, when it %s', async (_, name, found) => {
    script.change = () => Promise.resolve(crash);
    expect(await after(300, fleet.remove(engineOf(name).id))).toMatchObject({ outcome: 'unknown', found });
    expect((await listed()).every(({ leaving }) => !leaving)).toBe(true);
  });

  it('says little while a VPN is down', async () => {
    script.change = () => {
      engines();
      return Promise.resolve(crash);
    };
    script.values = { ...script.values, vpnStatus: { ...vpnOf(), connected: false } };
    await clock.advance(5000);
    expect(await after(300, fleet.remove(first ?? ''))).toMatchObject({
      found:
        'The engine is not listed, which does not say that it is gone: a VPN is down, and the server hides its engines meanwhile.',
    });
  });

  it('of two engines at a time is no conflict, of one twice it is', async () => {
    script.change = () => new Promise(() => {});
    const calls = [fleet.remove(first ?? ''), fleet.remove(second ?? '')];
    expect(await after(0, fleet.remove(first ?? ''))).toMatchObject({ code: 'conflict' });
    expect(script.changes).toHaveLength(2);
    expect(await after(40_000, Promise.all(calls))).toHaveLength(2);
  });

  it('whose list cannot be read again says so', async () => {
    const call = fleet.remove(first ?? '');
    script.failure = new SourceError('server-error', 'The orchestrator failed.');
    expect(await after(300, call)).toMatchObject({
      outcome: 'done',
      found: 'The engine list could not be read again.',
    });
  });
});

describe('a breaker', () => {
  it('is reset and read again', async () => {
    script.change = () => {
      script.values = {
        ...script.values,
        healthStatus: { breakers: { general: { state: 'closed' }, replacement: null } },
      };
      return Promise.resolve({ outcome: 'done', said: 'Reset.', retryInSeconds: null });
    };
    expect(await after(300, fleet.resetBreaker('general'))).toEqual({
      outcome: 'done',
      said: 'Reset.',
      found: 'The breaker is closed.',
      retryInSeconds: null,
    });
    expect(events.map(({ title }) => title)).toEqual(['Resetting the general breaker: done']);
  });

  it('that the server does not tell of is not known', async () => {
    expect(await after(300, fleet.resetBreaker('replacement'))).toMatchObject({
      found: 'The server does not tell the breaker’s state.',
    });
    script.missing = ['healthStatus'];
    expect(await after(300, fleet.resetBreaker('general'))).toMatchObject({
      found: 'The state of the breakers could not be read again.',
    });
  });
});

describe('stopping streams', () => {
  const ended = (...ids: readonly string[]): void => {
    const streams = ['a', 'b'].map((id) => streamOf({ id, endedAt: ids.includes(id) ? clock.wall() : null }));
    script.values = { ...script.values, streamList: { streams } };
  };

  it('gives an answer for each and says what still runs', async () => {
    script.change = () => {
      ended('a');
      return Promise.resolve({ outcome: 'done', said: 'Stopped.', retryInSeconds: null });
    };
    expect(await after(300, fleet.stopStreams(['a', 'b', 'a']))).toEqual({
      results: [
        { id: 'a', stopped: true, said: 'Stopped.' },
        { id: 'b', stopped: true, said: 'Stopped.' },
      ],
      found: '1 of 2 still runs.',
    });
    expect(script.changes).toEqual(['stop a, b']);
  });

  it('without an answer counts as stopped what no longer runs', async () => {
    script.change = () => {
      ended('a');
      return new Promise(() => {});
    };
    expect(await after(31_000, fleet.stopStreams(['a', 'b']))).toEqual({
      results: [
        { id: 'a', stopped: true, said: 'No answer in time.' },
        { id: 'b', stopped: false, said: 'No answer in time.' },
      ],
      found: '1 of 2 still runs.',
    });
    expect(events.at(-1)).toMatchObject({ title: 'Stopping 2 streams: 1 stopped', severity: 'attention' });
  });

  it('that are being stopped already is a conflict', async () => {
    script.change = () => new Promise(() => {});
    const first = fleet.stopStreams(['a']);
    expect(await after(0, fleet.stopStreams(['a', 'b']))).toMatchObject({ code: 'conflict' });
    expect(await after(40_000, first)).toMatchObject({ found: 'It still runs.' });
  });
});

describe('reads past the cache', () => {
  it('tell samples and logs, and why there are none', async () => {
    expect((await fleet.samples('a', undefined)).at).toHaveLength(3);
    expect(await fleet.log('e', 200)).toEqual({ at: clock.wall(), text: 'engine started\n' });
    expect(script.further).toEqual(['samples of a', '200 lines of e']);
    script.furtherFailure = new SourceError('not-found', 'The orchestrator does not offer it.', {
      supported: false,
    });
    expect(await after(0, fleet.log('e', 200))).toMatchObject({ code: 'not-found' });
    expect(await after(0, fleet.samples('a', undefined))).toMatchObject({ code: 'not-found' });
  });
});
