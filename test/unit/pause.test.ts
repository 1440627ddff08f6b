import { expect, test } from 'vitest';
import { endOf, startPause, stillOn } from '../../electron/core/pause.ts';
import { FakeClock } from '../support/fake-clock.ts';

test('a pause ends after its minutes, whichever clock counted them', async () => {
  const clock = new FakeClock();
  const began = clock.wall();
  const pause = startPause(clock, 15, null);
  expect(endOf(pause)).toBe(began + 900_000);
  await clock.advance(899_999);
  expect(stillOn(clock, pause)).toBe(pause);
  clock.jumpWall(-3_600_000); // set back: no longer for it
  await clock.advance(1);
  expect(stillOn(clock, pause)).toBeNull();
  const asleep = startPause(clock, 60, null);
  clock.jumpWall(3_600_000); // the monotonic clock stood still
  expect(stillOn(clock, asleep)).toBeNull();
});

test('one without minutes lasts', async () => {
  const clock = new FakeClock();
  const pause = startPause(clock, null, null);
  await clock.advance(100 * 3_600_000);
  expect(stillOn(clock, pause)).toBe(pause);
  expect(endOf(pause)).toBeNull();
  expect(stillOn(clock, null)).toBeNull();
});

test('chosen anew, it counts from now and began when the first did', async () => {
  const clock = new FakeClock();
  const began = clock.wall();
  const first = startPause(clock, 15, null);
  await clock.advance(600_000);
  const second = startPause(clock, 15, first);
  expect([second.since, endOf(second)]).toEqual([began, began + 1_500_000]);
  await clock.advance(900_000);
  expect(startPause(clock, 15, second).since).toBe(clock.wall()); // that one was over
});
