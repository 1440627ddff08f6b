import { expect, test } from 'vitest';
import { Presence } from '../../../electron/core/alerts/presence.ts';
import { FakeClock } from '../../support/fake-clock.ts';

test('a page is looked at until it says otherwise, or nothing for 15 s', async () => {
  const clock = new FakeClock();
  const presence = new Presence(clock);
  expect(presence.attentive).toBe(false);
  presence.say('a', true);
  await clock.advance(14_999);
  expect(presence.attentive).toBe(true);
  await clock.advance(1);
  expect(presence.attentive).toBe(false);
  presence.say('a', true);
  presence.say('b', true);
  presence.say('a', false);
  expect(presence.attentive).toBe(true);
  presence.say('b', false);
  expect(presence.attentive).toBe(false);
});

test('a clock that was set back keeps nobody looking, and a sleep nobody at all', async () => {
  const clock = new FakeClock();
  const presence = new Presence(clock);
  presence.say('a', true);
  clock.jumpWall(-3_600_000);
  await clock.advance(15_000);
  expect(presence.attentive).toBe(false);
  presence.say('a', true);
  clock.jumpWall(8 * 3_600_000);
  expect(presence.attentive).toBe(false);
});

test('forgets the pages that have been silent for longest', async () => {
  const clock = new FakeClock();
  const presence = new Presence(clock);
  for (let page = 0; page < 1000; page += 1) presence.say(`page ${page}`, true);
  for (let page = 900; page < 1000; page += 1) presence.say(`page ${page}`, false);
  expect(presence.attentive).toBe(false);
});
