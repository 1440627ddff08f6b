import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspectSession, listSessions } from '../../../electron/core/sessions/for-pages.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { SourceError } from '../../../electron/core/sources/source-error.ts';
import { sessionsContract } from '../../../shared/contract/sessions.ts';
import { sessionFields } from '../../../shared/model/sessions.ts';
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

const list = () => sessionsContract['sessions.list'].output.parse(listSessions(bed.store, bed.cache));
const inspect = () =>
  sessionsContract['sessions.inspect'].output.parse(
    inspectSession(bed.store, bed.cache, (field) => `GET /${field}`, userRef(user)),
  );

test('nobody known: no users and no requests', () => {
  const { users, total, bytes } = list();
  expect({ users, bytes }).toEqual({ users: [], bytes: 0 });
  expect(total).toMatchObject({ hits: 0, misses: 0, callsSaved: 0, savedMs: 0, loadMs: { n: 0 } });
  expect(inspectSession(bed.store, bed.cache, () => '', userRef(user))).toBeUndefined();
});

test('a user is as old as the oldest field and expires with the first, whoever was used last comes first', async () => {
  const at = clock.wall();
  await bed.read(user, 'zones');
  await clock.advance(hour);
  await bed.read('user2@example.com', 'endpoints');
  await bed.read(user, 'endpoints');
  const { users, bytes } = list();
  expect(users.map(({ masked, present }) => [masked, present])).toEqual([
    ['u•••1@example.com', 4],
    ['u•••2@example.com', 2],
  ]);
  expect(users[0]).toMatchObject({
    cachedAt: at,
    expiresIn: 23 * hour,
    lastUsedAt: at + hour,
    restored: false,
  });
  expect(users[0]?.bytes).toBeGreaterThan(users[1]?.bytes ?? Infinity);
  expect(bytes).toBe((users[0]?.bytes ?? 0) + (users[1]?.bytes ?? 0));
});

test('each user’s lookups are counted for them and in total; looking changes no count', async () => {
  const slow = async (email: string, id: number): Promise<void> => {
    const load = new HeldLoad<number>();
    const two = [1, 2].map(() => bed.store.get(email, 'paas_engagement_id', load.load));
    await clock.advance(300);
    load.answer(id);
    await Promise.all(two);
  };
  await slow(user, 1);
  await slow('user2@example.com', 1);
  for (let nth = 0; nth < 8; nth += 1) await bed.read(user, 'paas_engagement_id');
  await bed.read(user, 'paas_engagement_id', { forceRefresh: true });
  const fail = (): Promise<never> => Promise.reject(new SourceError('server-error', 'The portal failed.'));
  await bed.store.get(user, 'endpoints', fail, { of: 1 }).catch(() => 'expected');
  const before = list();
  const own = before.users.find(({ user: ref }) => ref === userRef(user))?.statistics;
  expect(own).toMatchObject({
    hits: 8,
    misses: 2,
    coalesced: 1,
    bypasses: 1,
    loads: 3,
    loadErrors: 1,
    callsSaved: 8,
  });
  // hits × median of the load times 0 (forced, at once) and 300 ms.
  expect(own?.loadMs.n).toBe(2);
  expect(own?.savedMs).toBe(8 * (own?.loadMs.p50 ?? Number.NaN));
  expect(before.total).toMatchObject({ hits: 8, misses: 3, coalesced: 2, loads: 4 });
  inspect();
  expect(list()).toEqual(before);
});

test('the inspector shows each field, its age, where it comes from, and its value', async () => {
  await bed.read(user, 'ipc_engagement_id');
  await clock.advance(hour);
  const load = new HeldLoad<never>();
  const loading = bed.store.get(user, 'business_units', load.load, { of: 1001 });
  const fail = (): Promise<never> => Promise.reject(new SourceError('forbidden', 'Not for this account.'));
  await bed.store.get(user, 'endpoints', fail, { of: 1 }).catch(() => 'expected');
  const { email, fields } = inspect();
  expect(email).toBe(user);
  expect(fields.map(({ field }) => field)).toEqual(sessionFields);
  const of = (name: string) => fields.find(({ field }) => field === name);
  expect(of('ipc_engagement_id')).toEqual({
    field: 'ipc_engagement_id',
    present: true,
    age: hour,
    expiresIn: 23 * hour,
    bytes: 8,
    source: 'GET /ipc_engagement_id',
    loading: false,
    failure: null,
    json: '1001',
  });
  expect(of('business_units')).toMatchObject({ present: false, loading: true, age: null, json: null });
  expect(of('endpoints')?.failure).toEqual({ code: 'forbidden', message: 'Not for this account.' });
  load.fail(new Error('late'));
  await expect(loading).rejects.toThrow('late');
});

test('an expired field is not there any more', async () => {
  await bed.fill(user);
  await clock.advance(24 * hour);
  expect(list().users).toEqual([]);
  expect(inspect().fields.every(({ present, json, bytes }) => !present && json === null && bytes === 0)).toBe(
    true,
  );
});

test('the JSON of a field is its value', async () => {
  await bed.fill(user);
  const { fields } = inspect();
  const values: Record<string, unknown> = Object.fromEntries(
    fields.map(({ field, json }) => [field, JSON.parse(json ?? 'null') as unknown]),
  );
  expect(values).toEqual(sessionValues(1));
});
