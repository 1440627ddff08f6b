import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SessionFiles } from '../../../electron/core/sessions/session-files.ts';
import { SessionStore } from '../../../electron/core/sessions/session-store.ts';
import { listSessions } from '../../../electron/core/sessions/for-pages.ts';
import { userRef } from '../../../electron/core/sessions/user-id.ts';
import { openConfStore } from '../../../electron/hosts/conf-store.ts';
import { longestSession } from '../../../shared/model/sessions.ts';
import { expectOwn } from '../../support/expect-own.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SessionBed, sessionValues } from '../../support/session-bed.ts';

const hour = 3_600_000;
const user = 'user1@example.com';
let clock: FakeClock;
let bed: SessionBed;
beforeEach(() => {
  clock = new FakeClock();
  bed = new SessionBed(clock);
});
afterEach(() => bed.remove());

/** The app ends and starts `ms` later. */
async function sleep(ms: number): Promise<void> {
  bed.store.stop();
  await clock.advance(ms);
  bed.restart();
}

test('a session survives a restart with its true ages, and counts as restored until loaded anew', async () => {
  await bed.fill(user);
  await clock.advance(hour);
  await bed.read(user, 'endpoints', { forceRefresh: true });
  await sleep(2 * hour);
  expect(await bed.read(user, 'zones')).toEqual({
    value: sessionValues(1).zones,
    served: 'hit',
    age: 3 * hour,
    loadedAt: clock.wall() - 3 * hour,
  });
  expect(await bed.read(user, 'endpoints')).toMatchObject({ served: 'hit', age: 2 * hour });
  const [listed] = listSessions(bed.store, bed.cache).users;
  expect(listed).toMatchObject({ restored: true, present: 7, cachedAt: clock.wall() - 3 * hour });
  expect(listed?.expiresIn).toBe(21 * hour);
  bed.calls.length = 0;
  for (const field of ['paas_engagement_id', 'engagement_data', 'ipc_engagement_id', 'endpoints'] as const) {
    await bed.read(user, field, { forceRefresh: true });
  }
  expect(listSessions(bed.store, bed.cache).users[0]?.restored).toBe(true);
  for (const field of ['business_units', 'environments_list', 'zones'] as const) {
    await bed.read(user, field, { forceRefresh: true });
  }
  expect(listSessions(bed.store, bed.cache).users[0]?.restored).toBe(false);
});

test('what expired while the app was closed is dropped, field by field, also from the disk', async () => {
  await bed.fill(user);
  await clock.advance(hour);
  await bed.read(user, 'zones', { forceRefresh: true });
  await sleep(longestSession - hour);
  expect(listSessions(bed.store, bed.cache).users[0]).toMatchObject({ present: 1, expiresIn: hour });
  await clock.advance(250);
  expect(bed.json(user).data).toMatchObject({ endpoints: null, zones: { value: sessionValues(1).zones } });
  await sleep(hour);
  expect(listSessions(bed.store, bed.cache).users).toEqual([]);
  await clock.advance(250);
  expect(bed.fileNames).toEqual([]);
});

test('a new engagement after a restart drops what was restored', async () => {
  await bed.fill(user);
  await sleep(hour);
  bed.engagement = 2;
  await bed.read(user, 'paas_engagement_id', { forceRefresh: true });
  expect((await bed.read(user, 'business_units')).value).toEqual(sessionValues(2).business_units);
});

test('a file from a time to come tells no ages: all of it has expired', async () => {
  await bed.fill(user);
  bed.store.stop();
  clock.jumpWall(-1);
  bed.restart();
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'miss' });
});

test('one field from a time to come has expired, the others have not', async () => {
  await bed.fill(user);
  bed.store.stop();
  const { data, format } = bed.json(user);
  const zones = { value: sessionValues(1).zones, loadedAt: clock.wall() + 5, storedAt: clock.wall() + 5 };
  writeFileSync(bed.path(user), JSON.stringify({ format, data: { ...data, zones } }));
  bed.restart();
  expect(await bed.read(user, 'business_units')).toMatchObject({ served: 'hit' });
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'miss' });
});

test('a clock set back while the app runs makes no session younger after a restart', async () => {
  await bed.fill(user);
  await clock.advance(20 * hour);
  clock.jumpWall(-19 * hour);
  await bed.read(user, 'zones', { forceRefresh: true });
  await sleep(4 * hour);
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'hit', age: 4 * hour });
  expect(await bed.read(user, 'endpoints')).toMatchObject({ served: 'miss' });
});

const good = () => readFileSync(bed.path(user));
const garbage: [string, () => Uint8Array | string][] = [
  ['empty', () => ''],
  ['NUL-filled', () => new Uint8Array(4096)],
  ['null', () => 'null'],
  ['truncated', () => good().subarray(0, good().length / 2)],
  ['of another program', () => '<html>502</html>'],
  ['not UTF-8', () => new Uint8Array([0x7b, 0x22, 0xff, 0xfe])],
  ['a list', () => '[]'],
  ['without data', () => '{"format":1}'],
  ['of a later release', () => JSON.stringify({ ...bed.json(user), format: 2 })],
  ['without an address', () => edited({ email: '' })],
  ['of another address', () => edited({ email: 'user2@example.com' })],
  ['with another engagement’s id', () => edited({ paasId: 9 })],
  ['without its engagement', () => edited({ paasId: null, paas_engagement_id: null })],
];

function edited(change: Record<string, unknown>): string {
  const { format, data } = bed.json(user);
  return JSON.stringify({ format, data: { ...data, ...change } });
}

test.each(garbage)(
  'a file that is %s is set aside and told; other users do not suffer',
  async (_name, content) => {
    const other = 'user2@example.com';
    await bed.fill(user);
    await bed.fill(other);
    bed.store.stop();
    const bytes = Buffer.from(content());
    writeFileSync(bed.path(user), bytes);
    bed.restart();
    const ref = userRef(user);
    const aside = bed.fileNames.filter((name) => name.startsWith(`${ref}.`));
    expect(aside).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.(corrupt|newer)-\d{8}T\d{6}Z\.json$/)]);
    expect(readFileSync(join(bed.folder, aside[0] ?? ''))).toEqual(bytes);
    expect(bed.told).toEqual([
      expect.stringContaining(`A kept session could not be used. These are asked for again: ${ref}`),
    ]);
    expect(await bed.read(other, 'zones')).toMatchObject({ served: 'hit' });
    expect(await bed.read(user, 'zones')).toMatchObject({ served: 'miss' });
    bed.store.stop();
    bed.restart();
    expect(bed.told).toEqual([]);
    expect(await bed.read(user, 'zones')).toMatchObject({ served: 'hit' });
  },
);

test('a file with one field that does not fit loses that field only', async () => {
  await bed.fill(user);
  bed.store.stop();
  writeFileSync(bed.path(user), edited({ endpoints: { value: 'none', loadedAt: 1, storedAt: 1 } }));
  bed.restart();
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'hit' });
  expect(await bed.read(user, 'endpoints')).toMatchObject({ served: 'miss' });
  expect(bed.told).toEqual([expect.stringContaining('parts of')]);
  expect(bed.fileNames.some((name) => name.includes('.corrupt-'))).toBe(true);
});

test('many bad files are one problem', () => {
  mkdirSync(bed.folder);
  for (let nth = 0; nth < 5; nth += 1) writeFileSync(bed.path(`${nth}@x.io`), '');
  bed.restart();
  expect(bed.told).toEqual([expect.stringMatching(/^5 kept sessions could not be used\..*and 2 more/)]);
});

test('one file per user, readable by its owner alone; temporary files of a killed write are swept', async () => {
  await bed.fill(user);
  await clock.advance(250);
  writeFileSync(`${bed.path(user)}.tmp-1234`, 'half');
  bed.restart();
  expect(bed.fileNames).toEqual([`${userRef(user)}.json`]);
  expectOwn(bed.path(user), 0o600);
  expectOwn(bed.folder, 0o700);
});

test('what cannot be swept is left, and keeps the app from nothing', async () => {
  await bed.fill(user);
  bed.store.stop();
  mkdirSync(join(bed.folder, `${userRef(user)}.json.tmp-1`));
  bed.restart();
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'hit' });
});

test('changes are written 250 ms later, together', async () => {
  await bed.read(user, 'paas_engagement_id');
  await clock.advance(100);
  await bed.fill(user);
  await clock.advance(149);
  expect(bed.fileNames).toEqual([]);
  await clock.advance(1);
  expect(bed.json(user).data).toMatchObject({ email: user, paasId: 1, ipcId: 1001 });
  const { mtimeMs } = statSync(bed.path(user));
  await bed.read(user, 'zones');
  await clock.advance(1000);
  expect(statSync(bed.path(user)).mtimeMs).toBe(mtimeMs);
});

test('many changed users are written one after the other', async () => {
  for (let nth = 0; nth < 20; nth += 1) await bed.read(`${nth}@x.io`, 'paas_engagement_id');
  await clock.advance(250);
  expect(bed.fileNames).toHaveLength(1);
  await clock.advance(19 * 10);
  expect(bed.fileNames).toHaveLength(20);
});

test('quitting writes what is not on disk yet, and nothing after that', async () => {
  await bed.fill(user);
  bed.store.stop();
  expect(bed.fileNames).toHaveLength(1);
  await bed.fill('user2@example.com');
  await clock.advance(1000);
  expect(bed.fileNames).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

test('clearing and logging out take the file away at once; clearing all takes every one', async () => {
  const others = ['user2@example.com', 'user3@example.com', 'user4@example.com'];
  for (const email of [user, ...others]) await bed.fill(email);
  await clock.advance(500);
  bed.store.clear(user);
  bed.store.logout('user2@example.com');
  expect(bed.fileNames).toHaveLength(2);
  expect(bed.store.clearAll()).toBe(14);
  expect(bed.fileNames).toEqual([]);
  await clock.advance(1000);
  expect(bed.fileNames).toEqual([]);
});

test('what was set aside of a user goes with them, and with everyone', async () => {
  const two = 'user2@example.com';
  for (const email of [user, two]) await bed.fill(email);
  bed.store.stop();
  for (const email of [user, two]) writeFileSync(bed.path(email), 'garbage');
  bed.restart();
  for (const email of [user, two]) await bed.fill(email);
  const aside = (email: string): number =>
    bed.fileNames.filter((name) => name.startsWith(`${userRef(email)}.corrupt-`)).length;
  expect([aside(user), aside(two)]).toEqual([1, 1]);
  bed.store.logout(user);
  expect([aside(user), aside(two)]).toEqual([0, 1]);
  bed.store.clearAll();
  expect(bed.fileNames).toEqual([]);
});

test('emptying the whole cache empties the files, too', async () => {
  await bed.fill(user);
  await clock.advance(250);
  bed.cache.clear();
  await clock.advance(250);
  expect(bed.fileNames).toEqual([]);
});

test('without a folder to write in everything counts until the end, and that is told once', async () => {
  writeFileSync(bed.folder, 'in the way');
  bed.restart();
  await bed.fill(user);
  await bed.fill('user2@example.com');
  await clock.advance(1000);
  expect(bed.told).toEqual([
    expect.stringMatching(/^Sessions are not kept\. They count until Cachedeck ends: /),
  ]);
  expect(await bed.read(user, 'zones')).toMatchObject({ served: 'hit' });
  expect(clock.pending).toBe(0);
});

test('beside another Cachedeck files are read and not touched', async () => {
  await bed.fill(user);
  bed.store.stop();
  writeFileSync(bed.path('user2@example.com'), 'garbage');
  const before = bed.fileNames.map((name) => readFileSync(join(bed.folder, name), 'utf8'));
  const { cache, problems } = bed.run;
  cache.clear();
  const files = new SessionFiles({
    folder: bed.folder,
    clock,
    problems,
    openStore: openConfStore,
    readOnly: true,
  });
  const store = new SessionStore({ cache, clock, files, ttlOf: () => longestSession });
  store.restore();
  expect(store.engagementId(user)).toBe(1);
  store.setEngagement(user, sessionValues(2).engagement_data);
  store.logout(user);
  store.stop();
  expect(bed.fileNames.map((name) => readFileSync(join(bed.folder, name), 'utf8'))).toEqual(before);
});
