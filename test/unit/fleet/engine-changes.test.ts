import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../shared/contract/orchestrator.ts';
import type { MutationAnswer } from '../../../electron/core/sources/orchestrator/read-mutation.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { vpnOf } from '../../support/page-world.ts';
import { crash, engineOf, fleetBed } from './fleet-bed.ts';

const bed = fleetBed();

const listed = async (): Promise<readonly Engine[]> => {
  const poll = bed().fleet.engines();
  await bed().clock.advance(500);
  return (await poll).reading.value?.engines ?? [];
};

describe('provisioning', () => {
  it('that answers 500 after it worked: not known, one new engine appeared', async () => {
    bed().script.change = () => {
      bed().clock.after(2500, () => bed().engines('acestream-1', 'acestream-2', 'acestream-9'));
      return Promise.resolve(crash);
    };
    const call = bed().fleet.provision(null);
    expect(await bed().after(2000, call)).toBe('waiting');
    expect(await bed().after(2000, call)).toEqual({
      ...crash,
      found: 'One new engine appeared: acestream-9.',
    });
    expect(bed().script.changes).toEqual(['provision null']);
    expect(bed().events.find(({ kind }) => kind === 'action')).toEqual({
      kind: 'action',
      severity: 'attention',
      title: 'Starting an engine: outcome not known',
      subject: null,
      detail: `${crash.said} One new engine appeared: acestream-9.`,
    });
  });

  it('of which nothing is seen says so, and is sent once', async () => {
    bed().script.change = () => Promise.resolve(crash);
    expect(await bed().after(10_000, bed().fleet.provision(19_010))).toEqual({
      ...crash,
      found: 'No new engine so far.',
    });
    expect(bed().script.changes).toEqual(['provision 19010']);
  });

  it('that is refused is not waited for', async () => {
    const blocked: MutationAnswer = {
      outcome: 'refused',
      said: 'VPN connection is required but currently disconnected (vpn_disconnected).',
      retryInSeconds: 60,
    };
    bed().script.change = () => Promise.resolve(blocked);
    bed().script.values = { ...bed().script.values, vpnStatus: { ...vpnOf(), connected: false } };
    await bed().clock.advance(5000);
    expect(await bed().after(300, bed().fleet.provision(null))).toEqual({
      ...blocked,
      found: 'No new engine so far; a VPN is down, and the server hides its engines meanwhile.',
    });
    expect(bed().events.filter(({ kind }) => kind === 'invalidate')).toEqual([]);
    expect(bed().events.at(-1)).toMatchObject({
      title: 'Starting an engine: refused',
      severity: 'attention',
    });
  });

  it('compares with a list read just before when the known one is old', async () => {
    await bed().clock.advance(60_000);
    bed().engines('acestream-1', 'acestream-2', 'acestream-3');
    const before = bed().script.count('engineList');
    bed().script.change = () => Promise.resolve({ outcome: 'done', said: 'Done.', retryInSeconds: null });
    expect(await bed().after(20_000, bed().fleet.provision(null))).toMatchObject({
      found: 'No new engine so far.',
    });
    expect(bed().script.count('engineList') - before).toBeGreaterThan(2);
  });

  it('of a server that lists slowly is sent all the same', async () => {
    await bed().clock.advance(60_000);
    bed().script.latency = 3000;
    const call = bed().fleet.provision(null);
    expect(await bed().after(1600, call)).toBe('waiting');
    expect(bed().script.changes).toEqual(['provision null']);
    expect(await bed().after(10_000, call)).toMatchObject({
      found: '2 engines are listed now; how many there were before is not known.',
    });
  });

  it('drops what it made wrong and reads it again, but not the VPNs', async () => {
    const seen: string[] = [];
    bed().cache.on(({ kind, key }) => {
      if (kind === 'invalidate' || kind === 'delete') seen.push(key);
    });
    const vpn = bed().script.count('vpnStatus');
    const [totalsRead, statusRead, health] = [
      bed().script.count('engineTotals'),
      bed().script.count('orchestratorStatus'),
      bed().script.count('healthStatus'),
    ];
    bed().engines('acestream-1', 'acestream-2', 'acestream-9');
    await bed().after(400, bed().fleet.provision(null));
    expect(seen.toSorted()).toEqual(['orchestrator:status', 'stats:total']);
    expect(bed().script.count('engineTotals')).toBe(totalsRead + 1);
    expect(bed().script.count('orchestratorStatus')).toBe(statusRead + 1);
    expect(bed().script.count('healthStatus')).toBe(health + 1);
    expect(bed().script.count('vpnStatus')).toBe(vpn);
    expect(bed().events.map(({ title }) => title)).toEqual([
      'Invalidated orchestrator:status and stats:total',
      'Starting an engine: done',
    ]);
  });

  it('that is not answered for 30 s is not known, and is answered to the page in time', async () => {
    bed().script.change = () => new Promise(() => {});
    const call = bed().fleet.provision(null);
    expect(await bed().after(29_900, call)).toBe('waiting');
    expect(await bed().after(4500, call)).toEqual({
      outcome: 'unknown',
      said: 'No answer in time.',
      found: 'No new engine so far.',
      retryInSeconds: null,
    });
    expect(bed().script.changes).toHaveLength(1);
  });

  it('runs once at a time', async () => {
    bed().script.change = () => new Promise(() => {});
    const first = bed().fleet.provision(null);
    expect(await bed().after(0, bed().fleet.provision(19_020))).toMatchObject({ code: 'conflict' });
    expect(await bed().after(40_000, first)).toMatchObject({ outcome: 'unknown' });
    expect(bed().script.changes).toEqual(['provision null']);
    bed().script.change = () => Promise.resolve(crash);
    expect(await bed().after(20_000, bed().fleet.provision(null))).toMatchObject({ outcome: 'unknown' });
    expect(bed().script.changes).toHaveLength(2);
  });

  it('that never reached the server is a failure, not a result', async () => {
    bed().script.change = () =>
      Promise.reject(
        new SourceError('unreachable', 'Nothing listens at 127.0.0.1:1 (connection refused).', {
          arrived: false,
        }),
      );
    expect(await bed().after(100, bed().fleet.provision(null))).toMatchObject({
      code: 'unavailable',
      message: 'Nothing listens at 127.0.0.1:1 (connection refused). Nothing was changed.',
    });
    expect(bed().events.map(({ title, kind }) => [kind, title])).toEqual([
      ['action', 'Starting an engine failed'],
    ]);
  });

  it('during which the profile is disconnected is not known', async () => {
    bed().script.change = () => new Promise(() => {});
    const call = bed().fleet.provision(null);
    await bed().clock.advance(100);
    bed().ending.abort();
    expect(await bed().after(0, call)).toMatchObject({
      code: 'cancelled',
      message: 'The profile was disconnected before the orchestrator had answered. What it did is not known.',
    });
    expect(bed().events.at(-1)).toMatchObject({ kind: 'action', title: 'Starting an engine failed' });
  });

  it('answered just before the profile is disconnected says what could not be read', async () => {
    bed().script.change = () => Promise.resolve(crash);
    bed().script.latency = 2000;
    const call = bed().fleet.provision(null);
    await bed().clock.advance(100);
    bed().ending.abort();
    expect(await bed().after(0, call)).toEqual({
      ...crash,
      found: 'The engine list could not be read again.',
    });
  });
});

describe('removing an engine', () => {
  const [first, second] = ['acestream-1', 'acestream-2'].map((name) => engineOf(name).id);

  it('leaves it listed as leaving for some seconds', async () => {
    expect(await bed().after(300, bed().fleet.remove(first ?? ''))).toEqual({
      outcome: 'done',
      said: 'Done.',
      found: 'The engine is still listed; that can last about 10 seconds.',
      retryInSeconds: null,
    });
    expect((await listed()).map(({ id, leaving }) => [id, leaving])).toEqual([
      [first, true],
      [second, false],
    ]);
    expect(bed().fleet.isLeaving(first ?? '')).toBe(true);
    expect(bed().events.at(-1)).toMatchObject({
      title: 'Removing the engine acestream-1: done',
      subject: 'acestream-1',
    });
  });

  it('forgets that after 30 s, or when it is gone', async () => {
    await bed().after(300, bed().fleet.remove(first ?? ''));
    await bed().clock.advance(30_000);
    expect((await listed()).map(({ leaving }) => leaving)).toEqual([false, false]);
    await bed().after(300, bed().fleet.remove(second ?? ''));
    bed().engines('acestream-1');
    await bed().clock.advance(5000);
    expect(await listed()).toHaveLength(1);
    bed().engines('acestream-1', 'acestream-2');
    await bed().clock.advance(5000);
    expect((await listed()).map(({ leaving }) => leaving)).toEqual([false, false]);
  });

  it('does not change what is in the cache', async () => {
    await bed().after(300, bed().fleet.remove(first ?? ''));
    expect(
      bed()
        .status.peek('engines:list')
        .value?.engines.map(({ leaving }) => leaving),
    ).toEqual([false, false]);
  });

  it('that went at once is gone', async () => {
    bed().script.change = () => {
      bed().engines('acestream-2');
      return Promise.resolve({ outcome: 'done', said: 'Done.', retryInSeconds: null });
    };
    expect(await bed().after(300, bed().fleet.remove(first ?? ''))).toMatchObject({
      found: 'The engine is gone.',
    });
  });

  it.each([
    ['is still listed', 'acestream-1', 'The engine is still listed.'],
    ['was never listed', 'acestream-7', 'The engine is not listed.'],
  ])('with a 500, when it %s', async (_, name, found) => {
    bed().script.change = () => Promise.resolve(crash);
    expect(await bed().after(300, bed().fleet.remove(engineOf(name).id))).toMatchObject({
      outcome: 'unknown',
      found,
    });
    expect((await listed()).every(({ leaving }) => !leaving)).toBe(true);
  });

  it('says little while a VPN is down', async () => {
    bed().script.change = () => {
      bed().engines();
      return Promise.resolve(crash);
    };
    bed().script.values = { ...bed().script.values, vpnStatus: { ...vpnOf(), connected: false } };
    await bed().clock.advance(5000);
    expect(await bed().after(300, bed().fleet.remove(first ?? ''))).toMatchObject({
      found:
        'The engine is not listed, which does not say that it is gone: a VPN is down, and the server hides its engines meanwhile.',
    });
  });

  it('of two engines at a time is no conflict, of one twice it is', async () => {
    bed().script.change = () => new Promise(() => {});
    const calls = [bed().fleet.remove(first ?? ''), bed().fleet.remove(second ?? '')];
    expect(await bed().after(0, bed().fleet.remove(first ?? ''))).toMatchObject({ code: 'conflict' });
    expect(bed().script.changes).toHaveLength(2);
    expect(await bed().after(40_000, Promise.all(calls))).toHaveLength(2);
  });

  it('whose list cannot be read again says so', async () => {
    const call = bed().fleet.remove(first ?? '');
    bed().script.failure = new SourceError('server-error', 'The orchestrator failed.');
    expect(await bed().after(300, call)).toMatchObject({
      outcome: 'done',
      found: 'The engine list could not be read again.',
    });
  });
});
