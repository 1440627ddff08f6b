import { afterEach, beforeEach, expect, test } from 'vitest';
import { expiringSessions } from '../../../electron/core/sessions/expiring.ts';
import type { Expiring } from '../../../electron/core/sessions/expiring.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SessionBed } from '../../support/session-bed.ts';

const hour = 3_600_000;
const user = 'user1@example.com';
let clock: FakeClock;
let bed: SessionBed;
beforeEach(() => {
  clock = new FakeClock();
  bed = new SessionBed(clock);
});
afterEach(() => bed.remove());

function expiring(renewable: readonly string[] = []): Expiring {
  return expiringSessions(
    {
      store: bed.store,
      cache: bed.cache,
      clock,
      canRenew: (email) => renewable.includes(email),
      callOf: (field) => (field === 'engagement_data' ? 'paas_engagement_id' : field),
    },
    hour,
  );
}

test('a session counts from an hour before its end until it has ended, with the calls it takes', async () => {
  await bed.read(user, 'zones'); // needs the PaaS id and the IPC id
  expect(expiring()).toEqual({ sessions: 0, calls: 0 });
  await clock.advance(23 * hour - 1);
  expect(expiring()).toEqual({ sessions: 0, calls: 0 });
  await clock.advance(1);
  expect(expiring()).toEqual({ sessions: 1, calls: 3 });
  expect(expiring([user])).toEqual({ sessions: 0, calls: 0 });
  await clock.advance(hour);
  expect(expiring()).toEqual({ sessions: 0, calls: 0 });
});

test('fields of one call are loaded together', async () => {
  await bed.read(user, 'engagement_data');
  await clock.advance(23 * hour);
  expect(expiring()).toEqual({ sessions: 1, calls: 1 });
});

test('nobody waits for the session of a user who was not active in the last day', async () => {
  await bed.read(user, 'endpoints');
  await bed.read('user2@example.com', 'endpoints');
  await clock.advance(22 * hour);
  for (const one of [user, 'user2@example.com']) await bed.read(one, 'endpoints', { ahead: true });
  await bed.store.get('user2@example.com', 'paas_engagement_id', () => Promise.resolve(1));
  await clock.advance(23.5 * hour);
  expect(expiring().sessions).toBe(1);
});
