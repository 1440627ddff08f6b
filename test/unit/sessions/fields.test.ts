import { afterEach, beforeEach, expect, test } from 'vitest';
import { SessionStore } from '../../../electron/core/sessions/session-store.ts';
import { UserIdError } from '../../../electron/core/sessions/user-id.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { longestSession, sessionFields } from '../../../shared/model/sessions.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { HeldLoad, SessionBed, sessionValues } from '../../support/session-bed.ts';

const hour = 3_600_000;
const user = 'user1@example.com';
let clock: FakeClock;
let bed: SessionBed;
beforeEach(() => {
  clock = new FakeClock();
  bed = new SessionBed(clock);
});
afterEach(() => bed.remove());

test('a field is asked for once in 24 h and never served at its 24th hour', async () => {
  expect(await bed.read(user, 'endpoints')).toMatchObject({ served: 'miss', age: 0 });
  await clock.advance(longestSession - 1);
  expect(await bed.read(user, 'endpoints')).toEqual({
    value: sessionValues(1).endpoints,
    served: 'hit',
    age: longestSession - 1,
    loadedAt: clock.wall() - longestSession + 1,
  });
  expect(bed.calls).toHaveLength(2);
  await clock.advance(1);
  expect(await bed.read(user, 'endpoints')).toMatchObject({ served: 'miss', age: 0 });
  expect(bed.calls).toHaveLength(4);
});

test('each field has its own age: a refresh of one does not revive another', async () => {
  await bed.fill(user);
  await clock.advance(23 * hour);
  await bed.read(user, 'paas_engagement_id', { forceRefresh: true });
  expect(await bed.read(user, 'business_units')).toMatchObject({ served: 'hit', age: 23 * hour });
  await clock.advance(2 * hour);
  expect(await bed.read(user, 'paas_engagement_id')).toMatchObject({ served: 'hit', age: 2 * hour });
  expect(await bed.read(user, 'business_units')).toMatchObject({ served: 'miss', age: 0 });
});

test('a field can have a time of its own', async () => {
  bed.restart({ ttlOf: (field) => (field === 'zones' ? hour : longestSession) });
  await bed.fill(user);
  await clock.advance(hour);
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'miss' });
  expect(await bed.read(user, 'business_units')).toMatchObject({ served: 'hit', age: hour });
});

test.each([longestSession + 1, Infinity, Number.NaN, -1])('%d ms is no time for a field', (ttl) => {
  expect(() => new SessionStore({ cache: bed.cache, clock, files: null, ttlOf: () => ttl })).toThrow(
    RangeError,
  );
});

test('the age counts from the start of the load, freshness from its end', async () => {
  const held = new HeldLoad<number>();
  const reading = bed.store.get(user, 'paas_engagement_id', held.load);
  await clock.advance(2000);
  held.answer(1);
  expect(await reading).toMatchObject({ age: 2000, loadedAt: clock.wall() - 2000 });
  await clock.advance(longestSession - 1);
  expect(await bed.read(user, 'paas_engagement_id')).toMatchObject({ served: 'hit' });
});

test('a clock set back revives nothing', async () => {
  await bed.fill(user);
  await clock.advance(longestSession);
  clock.jumpWall(-10 * hour);
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'miss' });
});

test('an expired field is not served when its load fails; the failure is what the caller gets', async () => {
  await bed.read(user, 'paas_engagement_id');
  await clock.advance(longestSession);
  const fail = (): Promise<number> => Promise.reject(new SourceError('timeout', 'No answer within 10 s.'));
  await expect(bed.store.get(user, 'paas_engagement_id', fail)).rejects.toThrow('No answer within 10 s.');
});

test('a failed forced refresh leaves the fresh value and tells its caller', async () => {
  await bed.read(user, 'paas_engagement_id');
  const fail = (): Promise<number> => Promise.reject(new Error('down'));
  await expect(bed.store.get(user, 'paas_engagement_id', fail, { forceRefresh: true })).rejects.toThrow(
    'down',
  );
  expect(await bed.read(user, 'paas_engagement_id')).toMatchObject({ served: 'hit', value: 1 });
});

test('after a failure nobody asks again at once, but whoever signed in anew may', async () => {
  const fail = (): Promise<number> => Promise.reject(new SourceError('unauthorized', 'Sign in again.'));
  await expect(bed.store.get(user, 'paas_engagement_id', fail)).rejects.toThrow('Sign in again.');
  await expect(bed.read(user, 'paas_engagement_id')).rejects.toThrow('Sign in again.');
  expect(bed.calls).toEqual([]);
  bed.store.resetBackOff(user);
  expect(await bed.read(user, 'paas_engagement_id')).toMatchObject({ value: 1, served: 'miss' });
});

test('ten who ask at once make one call for each thing that is needed', async () => {
  const ten = await Promise.all(Array.from({ length: 10 }, () => bed.read(user, 'business_units')));
  expect(bed.calls).toEqual([
    `${user}:paas_engagement_id`,
    `${user}:ipc_engagement_id`,
    `${user}:business_units`,
  ]);
  expect(ten.map(({ served }) => served)).toEqual(['miss', ...Array.from({ length: 9 }, () => 'coalesced')]);
});

test('three forced refreshes during a load make one more', async () => {
  const held = new HeldLoad<number>();
  const first = bed.store.get(user, 'paas_engagement_id', held.load);
  const forced = [1, 2, 3].map(() =>
    bed.store.get(user, 'paas_engagement_id', held.load, { forceRefresh: true }),
  );
  held.answer(1);
  expect(await first).toMatchObject({ value: 1, served: 'miss' });
  await clock.advance(0);
  held.answer(1);
  expect((await Promise.all(forced)).map(({ served }) => served)).toEqual(['bypass', 'bypass', 'bypass']);
  expect(held.calls).toBe(2);
});

test('what a source adds to a value is not kept, and a value of another shape is refused', async () => {
  const [endpoint] = sessionValues(1).endpoints;
  await bed.read(user, 'paas_engagement_id');
  const talkative = Promise.resolve([{ ...endpoint, accessToken: 'secret-token-of-user1' }] as never);
  const { value } = await bed.store.get(user, 'endpoints', () => talkative, { of: 1 });
  expect(value).toEqual([endpoint]);
  const odd = (): Promise<never> => Promise.resolve({ status: 'failed' } as never);
  await expect(bed.store.get(user, 'ipc_engagement_id', odd, { of: 1 })).rejects.toMatchObject({
    code: 'bad-reply',
  });
});

test('a hung load is given up', async () => {
  const held = new HeldLoad<number>();
  const reading = bed.store.get(user, 'paas_engagement_id', held.load).catch((error: unknown) => error);
  await clock.advance(10_000);
  expect(await reading).toMatchObject({ code: 'timeout' });
  expect(held.signals[0]?.aborted).toBe(true);
});

test('a blank user is refused everywhere', async () => {
  await expect(bed.read(' ', 'zones')).rejects.toThrow(UserIdError);
  expect(() => bed.store.clear('')).toThrow(UserIdError);
  expect(() => bed.store.logout('')).toThrow(UserIdError);
});

test('with the cache off every lookup asks, and nothing is kept', async () => {
  bed.cache.enabled = false;
  await bed.fill(user);
  // 7 fields and before each the ids it is made with: 1 + 2 + 2 + 2 + 3 + 3 + 3.
  expect(bed.calls).toHaveLength(16);
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'bypass', value: sessionValues(1).zones });
  expect(sessionFields.some((field) => bed.cache.match(`session:*:${field}`).length > 0)).toBe(false);
});
