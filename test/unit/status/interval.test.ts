import { beforeEach, expect, test } from 'vitest';
import { watchedResources } from '../../../shared/model/resources.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';

const refused = new SourceError('unreachable', 'Connection refused.');
/** A multiple of 5, 15 and 60 s. */
const start = 1_000_000_020_000;

let clock: FakeClock;
let cache: TtlCache;
let script: ScriptedSource;
let drawn: number;
let status: StatusService;

beforeEach(() => {
  clock = new FakeClock(start);
  cache = new TtlCache({ clock, random: () => 0.5, freeze: true });
  script = new ScriptedSource(clock);
  drawn = 0.5;
  status = new StatusService({
    clock,
    cache,
    source: script.source,
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs: 5000,
    random: () => drawn,
  });
});

/** When the VPN was asked from now on for `ms`, in ms after the start. */
async function askedFor(ms: number): Promise<number[]> {
  script.asked.length = 0;
  await clock.advance(ms);
  return script.asked.filter(({ read }) => read === 'vpnStatus').map(({ at }) => at - start);
}

test('a longer interval keeps what is held and loads ahead of its own multiples', async () => {
  status.start();
  await clock.advance(17_000);
  status.pollMs = 15_000;
  expect(status.peek('vpn:status')).toMatchObject({ interval: 15_000, failure: null });
  expect(status.peek('vpn:status').value).not.toBeNull();
  const asked = await askedFor(60_000);
  expect(asked.map((at) => Math.ceil(at / 15_000))).toEqual([2, 3, 4, 5]);
  for (const at of asked) expect(at % 15_000).toBeGreaterThan(14_000);
  expect((await status.poll('vpn:status')).nextTickInMs).toBe(13_000);
});

test('a shorter interval counts from its next multiple, not from where the longer one would have ended', async () => {
  status.pollMs = 60_000;
  status.start();
  await clock.advance(12_000);
  status.pollMs = 5000;
  expect((await askedFor(10_000)).map((at) => Math.ceil(at / 5000))).toEqual([3, 4]);
});

test('a lease lasts 2.5 of the intervals in effect', async () => {
  status.start();
  void status.poll('engines:list');
  await clock.advance(12_000);
  status.pollMs = 15_000;
  await clock.advance(20_000);
  expect(status.activeKeys()).toContain('engines:list');
  status.pollMs = 5000;
  expect(status.activeKeys()).not.toContain('engines:list');
});

test.each([
  [0, 0],
  [0.5, 1000],
  [0.999, 1998],
])('after a sleep the loads come within two seconds, here (%f) after %i ms', async (random, ms) => {
  status.start();
  await clock.advance(10_000);
  status.suspend();
  expect(await askedFor(500)).toEqual([]);
  clock.jumpWall(3_600_000);
  drawn = random;
  const woken = clock.wall() - start;
  status.resume();
  expect((await askedFor(2000)).map((at) => at - woken)).toEqual([ms]);
});

test('a load that a page asked for after the sleep is not asked for again', async () => {
  status.start();
  await clock.advance(10_000);
  status.suspend();
  clock.jumpWall(3_600_000);
  status.resume();
  script.asked.length = 0;
  void status.poll('vpn:status');
  await clock.advance(1500);
  expect(script.count('vpnStatus')).toBe(1);
  expect(script.count('engineTotals')).toBe(1);
});

test('asleep again, paused or stopped before they came, none of them comes', async () => {
  for (const end of [() => status.suspend(), () => (status.paused = true), () => status.stop()]) {
    status.start();
    await clock.advance(10_000);
    status.suspend();
    clock.jumpWall(3_600_000);
    status.resume();
    await clock.advance(10);
    end();
    expect(await askedFor(10_000)).toEqual([]);
    status.paused = false;
  }
});

test('a network that is back ends every back-off', async () => {
  status.start();
  await clock.advance(10_000);
  script.failure = refused;
  await clock.advance(120_000);
  const { failure } = status.peek('vpn:status');
  expect(failure?.nextTryAt ?? 0).toBeGreaterThan(clock.wall() + 5000);
  script.failure = null;
  status.reconnect();
  await clock.advance(1200);
  expect(status.peek('vpn:status').failure).toBeNull();
});
