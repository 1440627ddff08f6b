import { copyFileSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkIsolation } from '../../../electron/core/sessions/check-isolation.ts';
import { inspectSession, listSessions } from '../../../electron/core/sessions/for-pages.ts';
import { sessionKey } from '../../../electron/core/sessions/session-values.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SessionBed, sessionValues } from '../../support/session-bed.ts';

let clock: FakeClock;
let bed: SessionBed;
beforeEach(() => {
  clock = new FakeClock();
  bed = new SessionBed(clock);
});
afterEach(() => bed.remove());

const check = () => checkIsolation(bed.store, bed.cache, bed.run.files);

/** Two users with an engagement each, kept on disk. */
async function twoUsers(first: string, second: string): Promise<void> {
  bed.engagement = 1;
  await bed.fill(first);
  bed.engagement = 2;
  await bed.fill(second);
  await clock.advance(500);
}

test.each([
  ['user1@example.com', 'user2@example.com'],
  ['a*@x.io', 'ab@x.io'],
  ['bob@x.io', 'bob@x.io.evil'],
  ['__proto__', 'constructor'],
  ['a:b@x.io', 'a%3Ab@x.io'],
])('%s and %s never share anything', async (first, second) => {
  await twoUsers(first, second);
  expect((await bed.read(first, 'zones')).value).toEqual(sessionValues(1).zones);
  expect((await bed.read(second, 'zones')).value).toEqual(sessionValues(2).zones);
  expect(bed.fileNames).toHaveLength(2);
  expect(await check()).toEqual({
    ok: true,
    users: 2,
    sentence: '2 users checked in memory and on disk: nobody has anything of another.',
  });
  expect(bed.store.clear(first)).toBe(7);
  expect(await bed.read(second, 'zones')).toMatchObject({ served: 'hit' });
  bed.store.logout(first);
  expect(await bed.read(second, 'zones')).toMatchObject({ served: 'hit' });
});

test('however an address is written it is one user', async () => {
  await bed.fill('User1@Example.com');
  expect(await bed.read(' user1@example.COM ', 'zones')).toMatchObject({ served: 'hit' });
  expect(bed.store.users).toHaveLength(1);
  expect(bed.store.emailOf(userRef('USER1@EXAMPLE.COM'))).toBe('user1@example.com');
});

test('a source that hands the same object to two users does not make them share it', async () => {
  const shared = sessionValues(1).endpoints;
  for (const email of ['a@x.io', 'b@x.io']) {
    await bed.read(email, 'paas_engagement_id');
    await bed.store.get(email, 'endpoints', () => Promise.resolve(shared), { of: 1 });
  }
  expect((await check()).ok).toBe(true);
});

test('the check finds what nobody should be able to do: memory', async () => {
  await twoUsers('a@x.io', 'b@x.io');
  const { value } = bed.cache.peek(sessionKey(userRef('a@x.io'), 'zones'));
  bed.cache.set(sessionKey(userRef('b@x.io'), 'zones'), value);
  expect(await check()).toEqual({ ok: false, users: 2, sentence: 'Not isolated: two users share a value.' });
  bed.cache.set('session:nobody:zones', []);
  expect((await check()).sentence).toBe(
    'Not isolated: two users share a value; a value is kept under a key that is no user’s.',
  );
});

test('the check finds what nobody should be able to do: files', async () => {
  await twoUsers('a@x.io', 'b@x.io');
  copyFileSync(bed.path('a@x.io'), bed.path('b@x.io'));
  expect((await check()).sentence).toBe('Not isolated: a file does not hold what its user’s file has to.');
  rmSync(bed.path('b@x.io'));
  linkSync(bed.path('a@x.io'), bed.path('b@x.io'));
  expect((await check()).sentence).toContain('two users share a file');
});

test('a file under another user’s name is set aside, not loaded', async () => {
  await twoUsers('a@x.io', 'b@x.io');
  copyFileSync(bed.path('a@x.io'), bed.path('b@x.io'));
  bed.restart();
  expect(bed.store.users.map(({ email }) => email)).toEqual(['a@x.io']);
  expect(bed.told).toHaveLength(1);
  bed.engagement = 2;
  expect((await bed.read('b@x.io', 'zones')).value).toEqual(sessionValues(2).zones);
});

test('neither values nor addresses nor secrets are in logs, statistics or lists', async () => {
  const secret = 'token-0123456789';
  await twoUsers('user1@example.com', 'user2@example.com');
  const [zone] = sessionValues(1).zones;
  const withToken = { ...zone, token: secret } as never;
  await bed.store.get('user1@example.com', 'zones', () => Promise.resolve([withToken] as never), {
    of: 1001,
    forceRefresh: true,
  });
  writeFileSync(join(bed.folder, `${userRef('user3@example.com')}.json`), secret);
  await clock.advance(500);
  bed.restart();
  bed.store.logout('user2@example.com');
  const list = listSessions(bed.store, bed.cache);
  expect(list.users.map(({ masked }) => masked)).toEqual(['u•••1@example.com']);
  const told = [
    ...bed.log.lines,
    ...bed.told,
    JSON.stringify([list, bed.cache.statistics(), bed.cache.keyStatistics(), await check()]),
  ].join('\n');
  for (const word of ['user1@', 'user2@', 'user3@', secret, 'zone 1001', 'customer 1']) {
    expect(told).not.toContain(word);
  }
  const inspected = inspectSession(bed.store, bed.cache, () => 'GET /x', userRef('user1@example.com'));
  expect(inspected?.email).toBe('user1@example.com');
  expect(JSON.stringify(inspected)).not.toContain(secret);
  expect(readFileSync(bed.path('user1@example.com'), 'utf8')).not.toContain(secret);
});
