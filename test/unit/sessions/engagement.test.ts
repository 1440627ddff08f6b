import { afterEach, beforeEach, expect, test } from 'vitest';
import { CacheError } from '../../../electron/core/cache/errors.ts';
import type { SessionReading } from '../../../electron/core/sessions/session-store.ts';
import { sessionKey } from '../../../electron/core/sessions/session-values.ts';
import type { SessionValues } from '../../../electron/core/sessions/session-values.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { longestSession, sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { HeldLoad, SessionBed, sessionValues } from '../../support/session-bed.ts';

const user = 'user1@example.com';
const gone = { code: 'cancelled' };

/** 'value' for a value, else the code of the error. */
function outcomeOf(reading: Promise<unknown>): Promise<unknown> {
  return reading.then(
    () => 'value',
    (error: unknown) => (error instanceof CacheError ? error.code : error),
  );
}

let clock: FakeClock;
let bed: SessionBed;
beforeEach(() => {
  clock = new FakeClock();
  bed = new SessionBed(clock);
});
afterEach(() => bed.remove());

function held(): SessionField[] {
  return sessionFields.filter((field) => bed.cache.peek(sessionKey(userRef(user), field)).fresh);
}

/** A field in flight for engagement 1, with the ids it needs already there. */
async function inFlight(field: 'endpoints' | 'business_units') {
  await bed.read(user, field === 'endpoints' ? 'paas_engagement_id' : 'ipc_engagement_id');
  const load = new HeldLoad<SessionValues[typeof field]>();
  const of = field === 'endpoints' ? 1 : 1001;
  const reading: Promise<SessionReading<unknown>> = bed.store.get(user, field, load.load as never, { of });
  return { load, ended: outcomeOf(reading) };
}

test('a new PaaS id drops everything else before it can be seen', async () => {
  await bed.fill(user);
  bed.engagement = 2;
  const seen: unknown[] = [];
  bed.cache.on(({ kind, key }) => {
    if (kind === 'set' && key.endsWith(':paas_engagement_id')) seen.push(...held());
  });
  await bed.read(user, 'paas_engagement_id', { forceRefresh: true });
  expect(seen).toEqual(['paas_engagement_id']);
  expect(held()).toEqual(['paas_engagement_id']);
  expect((await bed.read(user, 'zones')).value).toEqual(sessionValues(2).zones);
});

test('the same PaaS id again drops nothing', async () => {
  await bed.fill(user);
  await bed.read(user, 'paas_engagement_id', { forceRefresh: true });
  expect(held()).toEqual(sessionFields);
});

test('a new IPC id drops business units, environments and zones, and only those', async () => {
  await bed.fill(user);
  const other = (): Promise<number> => Promise.resolve(7);
  await bed.store.get(user, 'ipc_engagement_id', other, { of: 1, forceRefresh: true });
  expect(held()).toEqual(['paas_engagement_id', 'engagement_data', 'ipc_engagement_id', 'endpoints']);
});

test('an id that expired and comes back as another drops what was younger', async () => {
  await bed.read(user, 'paas_engagement_id');
  await clock.advance(longestSession - 1);
  await bed.read(user, 'endpoints');
  await clock.advance(1);
  bed.cache.cleanup(); // the old id is not even stored any more
  bed.engagement = 2;
  expect((await bed.read(user, 'paas_engagement_id')).value).toBe(2);
  expect(held()).toEqual(['paas_engagement_id']);
});

test('the chooser drops the old engagement and sets the new one with its names', async () => {
  await bed.fill(user);
  bed.store.setEngagement(user, sessionValues(5).engagement_data);
  expect(held()).toEqual(['paas_engagement_id', 'engagement_data']);
  expect(await bed.read(user, 'paas_engagement_id')).toMatchObject({ value: 5, served: 'hit', age: 0 });
  expect((await bed.read(user, 'engagement_data')).value).toEqual(sessionValues(5).engagement_data);
  expect(bed.store.engagementId(user)).toBe(5);
  // On disk at once: after a crash the choice still holds.
  expect(bed.json(user).data).toMatchObject({ paasId: 5, ipcId: null, endpoints: null });
});

test('choosing the same engagement keeps what is known of it', async () => {
  await bed.fill(user);
  bed.store.setEngagement(user, sessionValues(1).engagement_data);
  expect(held()).toEqual(sessionFields);
});

test.each(['endpoints', 'business_units'] as const)(
  '%s in flight at a switch: nobody gets it, nothing is kept',
  async (field) => {
    const { load, ended } = await inFlight(field);
    bed.store.setEngagement(user, sessionValues(2).engagement_data);
    expect(await ended).toBe('cancelled');
    expect(load.signals[0]?.aborted).toBe(true);
    load.answer(sessionValues(1)[field]);
    await settle();
    expect(held()).toEqual(['paas_engagement_id', 'engagement_data']);
    expect((await bed.read(user, field)).value).toEqual(sessionValues(2)[field]);
  },
);

test('a value that arrives in the same moment as the switch is not handed over', async () => {
  const { load, ended } = await inFlight('endpoints');
  load.answer(sessionValues(1).endpoints);
  await Promise.resolve();
  await Promise.resolve();
  bed.store.setEngagement(user, sessionValues(2).engagement_data);
  expect(await ended).toBe('cancelled');
});

test.each(Array.from({ length: 12 }, (_, turns) => turns))(
  'a switch %d turns after the reply: the old value or cancelled, and never kept',
  async (turns) => {
    const { load, ended } = await inFlight('endpoints');
    load.answer(sessionValues(1).endpoints);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    bed.store.setEngagement(user, sessionValues(2).engagement_data);
    expect(['value', 'cancelled']).toContain(await ended);
    expect(held()).toEqual(['paas_engagement_id', 'engagement_data']);
  },
);

test('a chain that learnt an id before the switch makes no request with it after', async () => {
  const paas = await bed.read(user, 'paas_engagement_id');
  bed.store.setEngagement(user, sessionValues(2).engagement_data);
  const load = new HeldLoad<number>();
  await expect(
    bed.store.get(user, 'ipc_engagement_id', load.load, { of: Number(paas.value) }),
  ).rejects.toMatchObject(gone);
  expect(load.calls).toBe(0);
});

test('business units in flight are cancelled when a forced IPC id turns out to be another', async () => {
  const { ended } = await inFlight('business_units');
  const other = (): Promise<number> => Promise.resolve(7);
  await bed.store.get(user, 'ipc_engagement_id', other, { of: 1, forceRefresh: true });
  expect(await ended).toBe('cancelled');
});

test('a list of engagements on its way at the choice does not undo it', async () => {
  const list = new HeldLoad<number>();
  const reading = outcomeOf(bed.store.get(user, 'paas_engagement_id', list.load));
  const forced = outcomeOf(bed.store.get(user, 'paas_engagement_id', list.load, { forceRefresh: true }));
  bed.store.setEngagement(user, sessionValues(2).engagement_data);
  list.answer(1, 1);
  expect(await Promise.all([reading, forced])).toEqual(['cancelled', 'cancelled']);
  expect(list.calls).toBe(1);
  expect(bed.store.engagementId(user)).toBe(2);
});

test('an IPC id asked for with the old engagement never becomes the new one’s', async () => {
  await bed.read(user, 'paas_engagement_id');
  const old = new HeldLoad<number>();
  const oldEnded = outcomeOf(bed.store.get(user, 'ipc_engagement_id', old.load, { of: 1 }));
  bed.store.setEngagement(user, sessionValues(2).engagement_data);
  bed.store.setEngagement(user, sessionValues(1).engagement_data);
  old.answer(99);
  expect(await oldEnded).toBe('cancelled');
  expect((await bed.read(user, 'ipc_engagement_id')).value).toBe(1001);
});

test('clearing during a load: who waits gets the value, nothing of it is kept', async () => {
  await bed.read(user, 'paas_engagement_id');
  const load = new HeldLoad<SessionValues['endpoints']>();
  const reading = bed.store.get(user, 'endpoints', load.load, { of: 1 });
  expect(bed.store.clear(user)).toBe(2);
  load.answer(sessionValues(1).endpoints);
  expect((await reading).value).toEqual(sessionValues(1).endpoints);
  expect(held()).toEqual([]);
  await clock.advance(1000);
  expect(bed.fileNames).toEqual([]);
});

test('clearing in the middle of a first chain does not break it', async () => {
  const list = new HeldLoad<number>();
  const first = bed.store.get(user, 'paas_engagement_id', list.load);
  bed.store.clear(user);
  list.answer(1);
  expect((await first).value).toBe(1);
  const ipc = await bed.store.get(user, 'ipc_engagement_id', () => Promise.resolve(1001), { of: 1 });
  expect(ipc.value).toBe(1001);
});

test('logging out during a load: who waits gets cancelled, nothing is kept', async () => {
  await bed.fill(user);
  const load = new HeldLoad<number>();
  const waiting = [false, true, true].map((forceRefresh) =>
    outcomeOf(
      bed.store.get(user, 'paas_engagement_id', load.load, { forceRefresh: true, ahead: !forceRefresh }),
    ),
  );
  bed.store.logout(user);
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['cancelled']));
  expect(load.signals[0]?.aborted).toBe(true);
  load.answer(3);
  await clock.advance(1000);
  expect(held()).toEqual([]);
  expect(bed.store.engagementId(user)).toBeNull();
  expect(bed.fileNames).toEqual([]);
});

test('a chain that began before a logout ends there, also when the user is back at once', async () => {
  const { load, ended } = await inFlight('endpoints');
  bed.store.logout(user);
  const again = bed.read(user, 'paas_engagement_id');
  load.answer(sessionValues(1).endpoints);
  expect(await ended).toBe('cancelled');
  await again;
  expect(held()).toEqual(['paas_engagement_id']);
});

test('one user’s switch, clearing or logout costs another nothing', async () => {
  const other = 'user2@example.com';
  await bed.fill(other);
  const load = new HeldLoad<SessionValues['endpoints']>();
  const reading = bed.store.get(other, 'endpoints', load.load, { of: 1, forceRefresh: true });
  await bed.fill(user);
  bed.store.setEngagement(user, sessionValues(2).engagement_data);
  bed.store.clear(user);
  bed.store.logout(user);
  load.answer(sessionValues(1).endpoints);
  expect((await reading).value).toEqual(sessionValues(1).endpoints);
  expect(await bed.read(other, 'zones')).toMatchObject({ served: 'hit' });
});
