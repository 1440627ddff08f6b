import { beforeEach, expect, test } from 'vitest';
import { watchedResources } from '../../../shared/model/resources.ts';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { StatusService } from '../../../electron/core/status/status-service.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ScriptedSource } from '../../support/scripted-source.ts';

let clock: FakeClock;
let cache: TtlCache;
let script: ScriptedSource;
let status: StatusService;

beforeEach(async () => {
  clock = new FakeClock(1_000_000_000_000);
  cache = new TtlCache({ clock, random: () => 0.5, freeze: true });
  script = new ScriptedSource(clock);
  status = new StatusService({
    clock,
    cache,
    source: script.source,
    specs: resourceSpecs,
    watched: watchedResources,
    pollMs: 5000,
    random: () => 0.5,
  });
  status.start();
  await clock.advance(20_000);
});

test('while the reload runs, everyone still sees the last value at its true age', async () => {
  const before = status.peek('vpn:status');
  cache.clear();
  status.loadActive();
  await clock.advance(50);
  expect(status.peek('vpn:status')).toMatchObject({
    value: before.value,
    loadedAt: before.loadedAt,
    observedAt: before.observedAt,
    age: (before.age ?? 0) + 50,
    served: 'last-good',
    updatingFor: 50,
  });
});

test('when the reload fails the value stays, ages and carries the failure', async () => {
  const before = status.peek('vpn:status');
  script.failure = new SourceError('unreachable', 'Connection refused.');
  cache.clear();
  status.loadActive();
  await clock.advance(60_000);
  const polled = await status.poll('vpn:status');
  for (const reading of [status.peek('vpn:status'), polled.reading]) {
    expect(reading).toMatchObject({ value: before.value, served: 'last-good' });
    expect(reading.age).toBe((before.age ?? 0) + 60_000);
    expect(reading.failure?.count).toBeGreaterThan(1);
  }
});

test('a value kept past a clear is not shown after its last-good window', async () => {
  script.failure = new SourceError('unreachable', 'Connection refused.');
  cache.clear();
  clock.jumpWall(25 * 3_600_000);
  expect(status.peek('vpn:status')).toMatchObject({ value: null, age: null, served: 'none' });
});

test('what the backend turns out to lack after a clear is not reported, whatever it said before', async () => {
  script.missing = ['vpnStatus'];
  cache.clear();
  status.loadActive();
  await clock.advance(200);
  expect(status.peek('vpn:status')).toMatchObject({ supported: false, value: null, failure: null });
});

test('a poll that waits for a load while its key is cleared gets the value of that load', async () => {
  status.refreshAhead = false;
  await clock.advance(4900);
  const poll = status.poll('engines:list');
  await clock.advance(50);
  cache.clear();
  await clock.advance(100);
  const { reading } = await poll;
  expect(reading).toMatchObject({ value: { read: 'engineList' }, served: 'miss', age: 100 });
});
