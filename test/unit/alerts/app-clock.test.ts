import { beforeEach, expect, test } from 'vitest';
import { AppClock } from '../../../electron/core/alerts/app-clock.ts';
import type { Clock } from '../../../electron/core/clock.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const start = Date.UTC(2026, 10, 21, 8);
const hour = 3_600_000;

let clock: FakeClock;
let app: AppClock;
beforeEach(() => {
  clock = new FakeClock(start);
  app = new AppClock(clock);
});

test('begins at UTC and moves with it', async () => {
  expect(app.now()).toBe(start);
  await clock.advance(1000);
  expect(app.tick()).toEqual({ now: start + 1000, gap: 0 });
  expect([app.wallOf(start), app.ofWall(start)]).toEqual([start, start]);
});

test('never goes back with the wall clock, and goes on at its pace', async () => {
  await clock.advance(5000);
  app.tick();
  clock.jumpWall(-hour);
  expect(app.now()).toBe(start + 5000);
  await clock.advance(1000);
  expect(app.tick()).toEqual({ now: start + 6000, gap: 0 });
  expect(app.wallOf(app.now())).toBe(clock.wall());
  expect(app.ofWall(clock.wall())).toBe(app.now());
});

test('a sleep is a gap, as long as it was, and told once', async () => {
  await clock.advance(1000);
  app.tick();
  clock.jumpWall(8 * hour);
  app.now(); // a load that ends before the first tick hides nothing
  await clock.advance(500);
  expect(app.tick()).toEqual({ now: start + 8 * hour + 1500, gap: 8 * hour + 500 });
  await clock.advance(1000);
  expect(app.tick().gap).toBe(0);
});

test.each([
  [10_000, 0],
  [10_001, 10_001],
])('%d ms between two ticks are a gap of %d', async (span, gap) => {
  await clock.advance(span);
  expect(app.tick().gap).toBe(gap);
});

test('does not drift away from the wall clock over a day of ticks whose fractions differ', () => {
  let mono = 0;
  const rough: Clock = {
    mono: () => mono,
    wall: () => start + Math.floor(mono + 0.37),
    after: () => () => {},
  };
  const own = new AppClock(rough);
  for (let second = 0; second < 86_400; second += 1) {
    mono += 1000 + (second % 7) * 0.13;
    own.tick();
  }
  expect(own.now()).toBe(rough.wall());
});

test('does not begin before what an earlier run had reached', async () => {
  const own = new AppClock(clock, start + hour);
  expect(own.now()).toBe(start + hour);
  await clock.advance(1000);
  expect(own.tick()).toEqual({ now: start + hour + 1000, gap: 0 });
  expect(new AppClock(clock, start - hour).now()).toBe(start + 1000);
});
