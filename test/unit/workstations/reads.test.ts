import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { sendJson } from '../../support/loopback.ts';
import { managerPassword } from '../../support/replay-workstations.ts';
import { refusalOf, serviceBed } from './service-bed.ts';
import { list } from './session-bed.ts';

const stats = 'GET /api/performance/cache-stats';
const metrics = 'GET /api/performance/metrics';

test('the list counts for exactly 300 s', async () => {
  const { clock, replay, service } = await serviceBed();
  const first = await service.list();
  expect(first.reading).toMatchObject({
    served: 'miss',
    age: 0,
    ttl: 300_000,
    interval: 300_000,
    observedAt: null,
    failure: null,
    supported: true,
  });
  expect(first.reading.value?.workstations).toHaveLength(3);
  await clock.advance(299_999);
  const still = await service.list();
  expect(still.reading).toMatchObject({ served: 'hit', age: 299_999 });
  expect(replay.count(list)).toBe(1);
  await clock.advance(1);
  expect((await service.list()).reading).toMatchObject({ served: 'miss', age: 0 });
  expect(replay.count(list)).toBe(2);
});

test('its page asks every 30 s, on the common tick', async () => {
  const { clock, service } = await serviceBed();
  await clock.advance(12_000);
  const { now, nextTickInMs } = await service.list();
  expect((now + nextTickInMs) % 30_000).toBe(0);
  expect(nextTickInMs).toBeLessThanOrEqual(30_000);
  expect((await service.cacheStats()).nextTickInMs).toBeLessThanOrEqual(5000);
});

test.for([
  ['cacheStats', stats],
  ['metrics', metrics],
] as const)('%s count for 3 s', async ([read, line]) => {
  const { clock, replay, service } = await serviceBed();
  expect((await service[read]()).reading).toMatchObject({ served: 'miss', ttl: 3000, interval: 5000 });
  await clock.advance(2999);
  expect((await service[read]()).reading.served).toBe('hit');
  await clock.advance(1);
  expect((await service[read]()).reading.served).toBe('miss');
  expect(replay.count(line)).toBe(2);
});

test('ten polls at once are one request', async () => {
  const { replay, service } = await serviceBed();
  const polls = await Promise.all(Array.from({ length: 10 }, () => service.list()));
  expect(replay.count(list)).toBe(1);
  expect(polls.map(({ reading }) => reading.served).toSorted()).toEqual([
    ...Array.from({ length: 9 }, () => 'coalesced'),
    'miss',
  ]);
});

test('nothing is read ahead: without a poll there is no request', async () => {
  const { clock, replay, service } = await serviceBed();
  await service.list();
  const sent = replay.requests.length;
  await clock.advance(3_600_000);
  expect(replay.requests).toHaveLength(sent);
});

test('paused shows what is held and loads nothing', async () => {
  const bed = await serviceBed();
  bed.paused = true;
  expect((await bed.service.list()).reading).toMatchObject({ value: null, served: 'none' });
  expect(bed.replay.requests).toEqual([]);
  bed.paused = false;
  await bed.service.list();
  bed.paused = true;
  await bed.clock.advance(400_000);
  expect((await bed.service.list()).reading).toMatchObject({ served: 'last-good', age: 400_000 });
  expect(bed.replay.count(list)).toBe(1);
  await bed.service.refresh(['workstations_list']);
  expect((await bed.service.list()).reading).toMatchObject({ served: 'hit', age: 0 });
});

test('an outage leaves the last good list for 24 h beyond its 300 s, with the failure beside it', async () => {
  const { cache, clock, replay, service } = await serviceBed();
  await service.list();
  replay.answer(list, (response) => sendJson(response, 500, { detail: 'boom' }));
  await clock.advance(300_000);
  const { reading } = await service.list();
  expect(reading).toMatchObject({ served: 'last-good', age: 300_000, failure: { code: 'server-error' } });
  expect(reading.value?.workstations).toHaveLength(3);
  await clock.advance(24 * 3_600_000 - 1);
  expect((await service.list()).reading).toMatchObject({ served: 'last-good', age: 86_699_999 });
  await clock.advance(1);
  expect(cache.cleanup()).toBe(1);
  expect((await service.list()).reading).toMatchObject({ value: null, served: 'none', age: null });
});

test('failures back off', async () => {
  const { clock, replay, service } = await serviceBed();
  replay.answer(stats, (response) => sendJson(response, 500, {}));
  await service.cacheStats();
  const { reading } = await service.cacheStats();
  expect(reading.failure?.count).toBe(1);
  expect(reading.failure?.nextTryAt).toBeGreaterThan(clock.wall());
  expect(replay.count(stats)).toBe(1);
});

test.for([
  ['list', list, 10_000],
  ['cacheStats', stats, 4500],
  ['metrics', metrics, 4500],
] as const)('%s is given up at its time limit', async ([read, line, limit]) => {
  const { clock, replay, service } = await serviceBed();
  replay.answer(line, () => {});
  const polled = service[read]();
  await vi.waitFor(() => expect(replay.count(line)).toBe(1));
  await clock.advance(limit - 1);
  expect((await Promise.race([polled, Promise.resolve(null)])) === null).toBe(true);
  await clock.advance(1);
  expect((await polled).reading.failure).toMatchObject({ code: 'timeout' });
});

test('the sign-in counts into the time limit of the first read, and goes on for the next', async () => {
  const { clock, replay, service } = await serviceBed();
  const asked = Promise.withResolvers<ServerResponse>();
  replay.answer('POST /api/auth/login', (response) => asked.resolve(response));
  const first = service.cacheStats();
  const response = await asked.promise;
  await clock.advance(4500);
  expect((await first).reading.failure?.code).toBe('timeout');
  replay.answer('GET /api/auth/me', (reply) => sendJson(reply, 200, { username: 'admin', role: 'admin' }));
  replay.answer(list, (reply) => sendJson(reply, 200, []));
  sendJson(response, 200, { access_token: 'late-but-good' });
  expect((await service.list()).reading.failure).toBeNull();
  expect(replay.count('POST /api/auth/login')).toBe(1);
});

test('a viewer sees the list and is told what the rest needs', async () => {
  const { service } = await serviceBed({ user: 'viewer' });
  expect((await service.list()).reading.value?.workstations).toHaveLength(3);
  for (const { reading } of [await service.cacheStats(), await service.metrics()]) {
    expect(reading).toMatchObject({ value: null, supported: true, failure: { code: 'forbidden' } });
    expect(reading.failure?.message).toMatch(/^This needs the role admin on the workstation manager/);
  }
  expect(service.session.value).toMatchObject({ role: 'viewer', needs: { cache: 'admin' } });
});

test('a role that the server newly wants is remembered', async () => {
  const { replay, service } = await serviceBed();
  replay.answer(metrics, (response) =>
    sendJson(response, 403, { detail: 'Insufficient permissions. Required role: UserRole.OPERATOR' }),
  );
  await service.metrics();
  expect(service.session.value.needs).toMatchObject({ metrics: 'operator', cache: 'admin' });
});

test('a server without the statistics does not report them', async () => {
  const { replay, service } = await serviceBed();
  replay.answer(stats, (response) => sendJson(response, 404, { detail: 'Not Found' }));
  expect((await service.cacheStats()).reading).toMatchObject({ supported: false, failure: null });
});

test('a profile without a manager has readings that say so', async () => {
  const { replay, service } = await serviceBed(null);
  expect((await service.list()).reading).toMatchObject({
    value: null,
    failure: { message: 'This profile has no workstation manager.' },
  });
  expect(replay.requests).toEqual([]);
});

test('what was read as one account is not shown to the next', async () => {
  const { replay, service } = await serviceBed();
  await Promise.all([service.list(), service.cacheStats()]);
  await service.signIn({ user: 'viewer', password: managerPassword });
  expect((await service.cacheStats()).reading).toMatchObject({ value: null, served: 'none' });
  expect((await service.list()).reading.served).toBe('miss');
  expect(replay.requests.at(-1)?.token).toMatch(/^access-viewer-/);
  service.signOut();
  expect((await service.list()).reading).toMatchObject({
    value: null,
    failure: { code: 'unauthorized', message: 'Signed out. Sign in to go on.' },
  });
});

test('a read under way when the account changes is cancelled and stores nothing', async () => {
  const { cache, replay, service } = await serviceBed();
  await service.metrics();
  const asked = Promise.withResolvers<ServerResponse>();
  replay.answer(list, (response) => asked.resolve(response));
  const polled = service.list();
  const response = await asked.promise;
  service.signOut();
  sendJson(response, 200, [{ id: 'of-the-old-account' }]);
  expect((await polled).reading).toMatchObject({ value: null, failure: null });
  expect(cache.peek('workstations_list').stored).toBe(false);
});

test('a wrong password on the page is said in words and changes nothing', async () => {
  const { service, events } = await serviceBed();
  await service.list();
  const error = await refusalOf(service.signIn({ user: 'viewer', password: 'wrong' }));
  expect(error.code).toBe('forbidden');
  expect(error.message).toContain('Incorrect username or password');
  expect((await service.list()).reading.served).toBe('hit');
  expect(events).toEqual([]);
});

test('signing in after a failure does not wait for its back-off', async () => {
  const { service } = await serviceBed({ password: 'wrong' });
  expect((await service.list()).reading.failure?.code).toBe('unauthorized');
  await service.signIn({ user: 'operator', password: managerPassword });
  expect((await service.list()).reading).toMatchObject({ served: 'miss', failure: null });
});

test('after stop nothing is sent', async () => {
  const { replay, service } = await serviceBed();
  await service.list();
  const sent = replay.requests.length;
  service.stop();
  await service.cacheStats();
  await refusalOf(service.signIn({ user: 'viewer', password: managerPassword }));
  await refusalOf(service.clearCache());
  expect(replay.requests).toHaveLength(sent);
});
