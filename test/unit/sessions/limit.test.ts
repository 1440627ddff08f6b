import { afterEach, beforeEach, expect, test } from 'vitest';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { HeldLoad, SessionBed } from '../../support/session-bed.ts';

const minute = 60_000;
let clock: FakeClock;
let bed: SessionBed;
beforeEach(() => {
  clock = new FakeClock();
  bed = new SessionBed(clock, { maxUsers: 3 });
});
afterEach(() => bed.remove());

const known = () => bed.store.users.map(({ email }) => email);

async function use(...emails: string[]): Promise<void> {
  for (const email of emails) {
    await clock.advance(minute);
    await bed.read(email, 'paas_engagement_id');
  }
}

test('the user used longest ago makes room, in memory and on disk', async () => {
  await use('a@x.io', 'b@x.io', 'c@x.io', 'a@x.io', 'd@x.io');
  expect(known()).toEqual(['c@x.io', 'a@x.io', 'd@x.io']);
  await clock.advance(minute);
  expect(bed.fileNames).toEqual(
    known()
      .map((email) => `${userRef(email)}.json`)
      .toSorted(),
  );
  expect(bed.cache.match('session:*')).toHaveLength(3);
  expect(bed.cache.userStatistics(userRef('b@x.io')).counters.loads).toBe(0);
});

test('a user with a load in flight stays, also over the limit', async () => {
  bed.restart({ maxUsers: 3, timeout: 10 * minute });
  await use('a@x.io', 'b@x.io', 'c@x.io');
  const load = new HeldLoad<number>();
  const reading = bed.store.get('a@x.io', 'paas_engagement_id', load.load, { forceRefresh: true });
  await use('b@x.io', 'c@x.io', 'd@x.io', 'c@x.io');
  expect(known()).toEqual(['a@x.io', 'd@x.io', 'c@x.io']);
  load.answer(1);
  expect((await reading).value).toBe(1);
});

test('after a restart it is still known who was used longest ago, and fewer may be kept', async () => {
  await use('a@x.io', 'b@x.io', 'c@x.io');
  await clock.advance(11 * minute);
  await use('a@x.io');
  bed.store.stop();
  bed.restart({ maxUsers: 2 });
  expect(known()).toEqual(['c@x.io', 'a@x.io']);
  expect(bed.fileNames).toHaveLength(2);
});

test('a load ahead of expiry is no use', async () => {
  await use('a@x.io', 'b@x.io', 'c@x.io');
  await bed.read('a@x.io', 'paas_engagement_id', { ahead: true });
  await use('d@x.io');
  expect(known()).toEqual(['b@x.io', 'c@x.io', 'd@x.io']);
});
