import { expect, test } from 'vitest';
import { steadyRandom } from '../../electron/core/steady-random.ts';
import { FakeClock } from '../support/fake-clock.ts';

test('one number for the span after it was drawn, wherever a clock grid falls, then another', async () => {
  const clock = new FakeClock(1_000_000_004_000);
  let drawn = 0;
  const random = steadyRandom(clock, () => (drawn += 1) / 10, 5000);
  expect([random(), random()]).toEqual([0.1, 0.1]);
  await clock.advance(4999);
  expect(random()).toBe(0.1);
  await clock.advance(1);
  expect([random(), random()]).toEqual([0.2, 0.2]);
  clock.jumpWall(8 * 3_600_000);
  expect(random()).toBe(0.3);
});
