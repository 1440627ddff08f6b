import { expect, test } from 'vitest';
import { Heartbeat } from '../../electron/core/heartbeat.ts';
import { FakeClock } from '../support/fake-clock.ts';

function started(
  clock: FakeClock,
  pollMs: () => number = () => 5000,
): { beats: string[]; ticks: number[]; heartbeat: Heartbeat } {
  const beats: string[] = [];
  const ticks: number[] = [];
  const heartbeat = new Heartbeat(clock, pollMs, {
    afterSleep: () => beats.push('sleep'),
    everySecond: () => beats.push('second'),
    everyTick: (tick) => ticks.push(tick),
  });
  heartbeat.start();
  return { beats, ticks, heartbeat };
}

test('beats on whole seconds, and tells each tick once, a second after it', async () => {
  const clock = new FakeClock(1_000_000_000_300);
  const { beats, ticks } = started(clock);
  await clock.advance(699);
  expect(beats).toEqual([]);
  await clock.advance(1);
  expect(beats).toEqual(['second']);
  await clock.advance(10_000);
  expect(beats).toHaveLength(11);
  expect(ticks).toEqual([1_000_000_000_000, 1_000_000_005_000, 1_000_000_010_000]);
});

test('a sleep is told once, before the second, however the clocks counted it', async () => {
  const clock = new FakeClock();
  const { beats } = started(clock);
  await clock.advance(2000);
  clock.jumpWall(3_600_000); // the monotonic clock stood still
  await clock.advance(3000);
  expect(beats).toEqual(['second', 'second', 'sleep', 'second', 'second', 'second']);
});

test('a clock set back is no sleep', async () => {
  const clock = new FakeClock();
  const { beats } = started(clock);
  await clock.advance(2000);
  clock.jumpWall(-3_600_000);
  await clock.advance(3000);
  expect(beats).not.toContain('sleep');
});

test('stop ends it', async () => {
  const clock = new FakeClock();
  const { beats, heartbeat } = started(clock);
  heartbeat.stop();
  expect(clock.pending).toBe(0);
  await clock.advance(5000);
  expect(beats).toEqual([]);
});

test('another interval: no tick is told twice and none that lies before the last', async () => {
  const start = 1_000_000_020_000;
  const clock = new FakeClock(start);
  let interval = 5000;
  const { ticks } = started(clock, () => interval);
  await clock.advance(22_000);
  interval = 15_000;
  await clock.advance(30_000);
  interval = 5000;
  await clock.advance(10_000);
  expect(ticks.map((tick) => (tick - start) / 1000)).toEqual([0, 5, 10, 15, 20, 30, 45, 50, 55, 60]);
});
