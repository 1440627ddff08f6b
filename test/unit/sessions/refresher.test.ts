import { afterEach, beforeEach, expect, test } from 'vitest';
import { SessionRefresher } from '../../../electron/core/sessions/session-refresher.ts';
import { longestSession } from '../../../shared/model/sessions.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SessionBed } from '../../support/session-bed.ts';

const minute = 60_000;
const hour = 60 * minute;
const due = 0.9 * longestSession;
let clock: FakeClock;
let bed: SessionBed;
let refresher: SessionRefresher;
let failing = false;
const renewable = new Set<string>();

beforeEach(() => {
  clock = new FakeClock();
  bed = new SessionBed(clock);
  failing = false;
  renewable.clear();
  refresher = refresherOf(bed);
});
afterEach(() => {
  refresher.stop();
  bed.remove();
});

function refresherOf({ store, cache, log }: SessionBed): SessionRefresher {
  return new SessionRefresher({
    store,
    cache,
    clock,
    log: log.log,
    canRenew: (email) => renewable.has(email),
    refresh: (email, field) =>
      failing ? Promise.reject(new Error('down')) : bed.read(email, field, { ahead: true }),
  });
}

/** Fills users and forgets the calls that took. */
async function fill(...emails: string[]): Promise<void> {
  for (const email of emails) {
    await bed.fill(email);
    renewable.add(email);
  }
  bed.calls.length = 0;
}

test('at nine tenths of its time each field of a user who was here today is loaded anew, one a second', async () => {
  await fill('a@x.io');
  refresher.start();
  await clock.advance(due - 1);
  expect(bed.calls).toEqual([]);
  await clock.advance(1);
  expect(bed.calls).toEqual(['a@x.io:paas_engagement_id']);
  await clock.advance(1000);
  expect(bed.calls).toEqual(['a@x.io:paas_engagement_id', 'a@x.io:engagement_data']);
  await clock.advance(5000);
  expect(bed.calls).toHaveLength(7);
  await clock.advance(hour);
  expect(bed.calls).toHaveLength(7);
  expect(await bed.read('a@x.io', 'zones')).toMatchObject({ served: 'hit' });
});

test('loads ahead count neither as lookups nor as use: without a person a session ends after a day', async () => {
  await fill('a@x.io');
  const before = bed.cache.userStatistics(bed.store.users[0]?.ref ?? '').counters;
  refresher.start();
  await clock.advance(due + 10_000);
  const { bypasses, misses, prefetches, loads } = bed.cache.userStatistics(
    bed.store.users[0]?.ref ?? '',
  ).counters;
  expect({ bypasses, misses, prefetches, loads }).toEqual({
    bypasses: 0,
    misses: before.misses,
    prefetches: 7,
    loads: before.loads + 7,
  });
});

test('who has to sign in again is left, and so is who was not here today', async () => {
  await fill('a@x.io', 'b@x.io');
  renewable.delete('a@x.io');
  bed.store.stop();
  await clock.advance(hour);
  bed.restart();
  refresher = refresherOf(bed);
  refresher.start();
  await clock.advance(longestSession);
  expect(new Set(bed.calls.map((call) => call.split(':')[0]))).toEqual(new Set(['b@x.io']));
  bed.calls.length = 0;
  await clock.advance(3 * longestSession);
  expect(bed.calls).toEqual([]);
});

test('after hours of sleep users are refreshed one field a second, the most urgent first', async () => {
  await fill('a@x.io');
  await clock.advance(minute);
  await fill('b@x.io', 'c@x.io');
  refresher.start();
  clock.jumpWall(due + hour);
  await clock.advance(minute);
  await clock.advance(3000);
  expect(bed.calls.length).toBeGreaterThanOrEqual(3);
  expect(bed.calls.length).toBeLessThanOrEqual(5);
  expect(bed.calls.every((call) => call.startsWith('a@x.io'))).toBe(true);
  await clock.advance(minute);
  expect(bed.calls).toHaveLength(21);
});

test('what has expired waits until it is needed', async () => {
  await fill('a@x.io');
  refresher.start();
  clock.jumpWall(longestSession);
  await clock.advance(hour);
  expect(bed.calls).toEqual([]);
});

test('while paused nothing is loaded; one timer before and after', async () => {
  await fill('a@x.io');
  await clock.advance(1000);
  expect(clock.pending).toBe(0);
  refresher.start();
  refresher.start();
  expect(clock.pending).toBe(1);
  refresher.stop();
  expect(clock.pending).toBe(0);
  await clock.advance(due + minute);
  expect(bed.calls).toEqual([]);
  refresher.start();
  await clock.advance(1000);
  expect(bed.calls).toHaveLength(1);
});

test('a field that cannot be loaded is tried again every 5 minutes and stays fresh', async () => {
  await fill('a@x.io');
  failing = true;
  refresher.start();
  await clock.advance(due + 20_000);
  expect(bed.log.lines.filter((line) => line.includes('could not be refreshed'))).toHaveLength(7);
  await clock.advance(4 * minute);
  expect(bed.log.lines.filter((line) => line.includes('could not be refreshed'))).toHaveLength(7);
  expect(await bed.read('a@x.io', 'zones')).toMatchObject({ served: 'hit' });
  failing = false;
  await clock.advance(2 * minute);
  expect(bed.calls).toHaveLength(7);
});

test('a refresh that hangs holds the others back, and stopping meanwhile starts no second round', async () => {
  await fill('a@x.io');
  const hung = Promise.withResolvers<void>();
  const begun: string[] = [];
  refresher = new SessionRefresher({
    store: bed.store,
    cache: bed.cache,
    clock,
    log: bed.log.log,
    canRenew: () => true,
    refresh: (_email, field) => {
      begun.push(field);
      return hung.promise;
    },
  });
  refresher.start();
  await clock.advance(due);
  refresher.stop();
  refresher.start();
  await clock.advance(minute);
  expect(begun).toEqual(['paas_engagement_id']);
  hung.resolve();
  await clock.advance(1000);
  expect(begun).toEqual(['paas_engagement_id', 'engagement_data']);
});
