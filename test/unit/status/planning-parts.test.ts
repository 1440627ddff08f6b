import { expect, test } from 'vitest';
import { RecentTimes } from '../../../electron/core/cache/recent-times.ts';
import { CallMeter } from '../../../electron/core/status/call-meter.ts';
import { leadOf, recentLoads } from '../../../electron/core/status/lead.ts';
import { Leases } from '../../../electron/core/status/leases.ts';
import { FakeClock } from '../../support/fake-clock.ts';

test('a lease ends 2.5 intervals after its last renewal, by the clock that counted most', async () => {
  const clock = new FakeClock();
  const leases = new Leases(clock, () => 12_500);
  expect(leases.isActive('engines:list')).toBe(false);
  leases.renew('engines:list');
  await clock.advance(12_499);
  expect(leases.isActive('engines:list')).toBe(true);
  leases.renew('engines:list');
  await clock.advance(12_499);
  expect(leases.isActive('engines:list')).toBe(true);
  clock.jumpWall(1);
  expect(leases.isActive('engines:list')).toBe(false);
});

test('what main holds is active for good and alone counts as held', async () => {
  const clock = new FakeClock();
  const leases = new Leases(clock, () => 12_500);
  leases.hold(['vpn:status']);
  leases.renew('engines:list');
  await clock.advance(3_600_000);
  expect(leases.isActive('vpn:status')).toBe(true);
  expect([leases.isHeld('vpn:status'), leases.isHeld('engines:list')]).toEqual([true, false]);
});

test('requests are counted for exactly a minute, by resource', async () => {
  const clock = new FakeClock();
  const meter = new CallMeter(clock);
  meter.add('engines:list', 2);
  await clock.advance(30_000);
  meter.add('vpn:status', 1);
  await clock.advance(29_999);
  expect(meter.perMinute()).toEqual({ total: 3, byResource: { 'engines:list': 2, 'vpn:status': 1 } });
  await clock.advance(1);
  expect(meter.perMinute()).toEqual({ total: 1, byResource: { 'vpn:status': 1 } });
  clock.jumpWall(8 * 3_600_000);
  expect(meter.perMinute()).toEqual({ total: 0, byResource: {} });
});

test.each([
  ['nothing loaded yet', { n: 0, p50: 0, p95: 0 }, 3000, 300],
  ['a quick source', { n: 12, p50: 50, p95: 60 }, 3000, 300],
  ['a usual source', { n: 12, p50: 200, p95: 1000 }, 3000, 1500],
  ['a slow source', { n: 12, p50: 4000, p95: 4400 }, 3000, 4500],
  [
    'seldom slow: stored too early, most values would be expired at the tick',
    { n: 12, p50: 100, p95: 4000 },
    2000,
    2000,
  ],
  ['a TTL of 0: the load still runs at the tick and is joined', { n: 12, p50: 250, p95: 300 }, 0, 150],
])('the lead before the tick: %s', (_case, times, ttl, lead) => {
  expect(leadOf(times, ttl)).toBe(lead);
});

test('planning looks at the last dozen loads, statistics at the last 32', () => {
  const times = new RecentTimes();
  for (let index = 0; index < 30; index += 1) times.record(4000);
  for (let index = 0; index < recentLoads; index += 1) times.record(100 + index);
  expect(times.spread(recentLoads)).toEqual({ n: 12, p50: 105, p95: 111 });
  expect(times.spread()).toEqual({ n: 32, p50: 4000, p95: 4000 });
  expect(new RecentTimes().spread(recentLoads)).toEqual({ n: 0, p50: 0, p95: 0 });
});
