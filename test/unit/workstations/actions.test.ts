import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { sendJson, startLoopback } from '../../support/loopback.ts';
import { recordedReply } from '../../support/replay-workstations.ts';
import { newOne, refusalOf, serviceBed } from './service-bed.ts';
import { list } from './session-bed.ts';

const create = 'POST /api/workstations';
const clear = 'POST /api/performance/cache-clear';
const invalidate = 'POST /api/performance/cache-invalidate';
const stats = 'GET /api/performance/cache-stats';

const withSize = (size: number) => (response: ServerResponse) =>
  sendJson(response, 200, { cache_stats: { size } });

test('a new workstation drops our list, counts what went, and reads again', async () => {
  const { cache, replay, service, events } = await serviceBed();
  await Promise.all([service.list(), service.cacheStats()]);
  expect(await service.create(newOne)).toEqual({ id: 'ws_t', message: 'Рабочая станция Test добавлена' });
  await vi.waitFor(() => expect(replay.count(list)).toBe(2));
  const { reading } = await service.list();
  expect(reading.value?.workstations.map(({ id }) => id)).toContain('ws_t');
  expect(replay.count(list)).toBe(2);
  expect(cache.peek('workstations:cache').stored).toBe(true);
  expect(events).toEqual([
    {
      kind: 'action',
      severity: 'info',
      title: 'Workstation Test was added',
      detail: 'Рабочая станция Test добавлена',
    },
    { kind: 'invalidate', severity: 'info', title: 'Invalidated workstations_*: 1 entry' },
  ]);
});

test('with nothing cached the count is 0, and the list is read all the same', async () => {
  const { replay, service, events } = await serviceBed();
  await service.create(newOne);
  expect(events.at(-1)?.title).toBe('Invalidated workstations_*: 0 entries');
  expect((await service.list()).reading.value?.workstations).toHaveLength(4);
  expect(replay.count(list)).toBe(1);
});

test('a list that was being loaded when a workstation was added is not kept', async () => {
  const { cache, replay, service, events } = await serviceBed();
  const asked = Promise.withResolvers<ServerResponse>();
  replay.answer(list, (response) => asked.resolve(response));
  const early = service.list();
  const response = await asked.promise;
  replay.answer(list, null);
  await service.create(newOne);
  expect(events.at(-1)?.title).toBe('Invalidated workstations_*: 1 entry');
  expect((await service.list()).reading.value?.workstations).toHaveLength(4);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(recordedReply('workstations'));
  // Who waited for the old one gets it; nobody later does.
  expect((await early).reading.value?.workstations).toHaveLength(3);
  const { reading } = await service.list();
  expect(reading.served).toBe('hit');
  expect(reading.value?.workstations).toHaveLength(4);
  expect(cache.match('workstations_*')).toEqual(['workstations_list']);
});

test.for<[name: string, line: string, act: 'create' | 'clear' | 'invalidate' | 'test']>([
  ['adding', create, 'create'],
  ['clearing', clear, 'clear'],
  ['invalidating', invalidate, 'invalidate'],
  ['testing', 'POST /api/workstations/ws_1/test-connection', 'test'],
])('%s is sent once, whatever the server answers', async ([, line, act]) => {
  for (const status of [500, 502, 503, 429, 408, 404, 409, 422, 400, 403]) {
    const { replay, service } = await serviceBed();
    replay.answer(line, (response) => sendJson(response, status, { detail: 'Not Found' }));
    const acts = {
      create: () => service.create(newOne),
      clear: () => service.clearCache(),
      invalidate: () => service.invalidate('x'),
      test: () => service.testConnection('ws_1'),
    };
    if (act === 'test' && status === 400) await acts.test();
    else await refusalOf(acts[act]());
    expect(replay.count(line)).toBe(1);
  }
});

test('a connection that breaks is not tried again either', async () => {
  const { replay, service } = await serviceBed();
  replay.answer(clear, (response) => response.destroy());
  const error = await refusalOf(service.clearCache());
  expect(error.message).toContain('What the server did is not known.');
  expect(replay.count(clear)).toBe(1);
});

test('where nothing listens the server certainly did nothing, and that is all there is to say', async () => {
  const gone = await startLoopback(() => {});
  await gone.close();
  const { service, events } = await serviceBed({ url: gone.url });
  const error = await refusalOf(service.create(newOne));
  expect([error.code, error.message]).toEqual([
    'unavailable',
    `Nothing listens at ${new URL(gone.url).host} (connection refused).`,
  ]);
  expect(events).toEqual([]);
});

test('after a 401 the token is renewed and the action sent again: it was not acted on', async () => {
  const { replay, service } = await serviceBed();
  await service.list();
  replay.expireAccess();
  expect((await service.create(newOne)).id).toBe('ws_t');
  expect(replay.count(create)).toBe(2);
  expect(replay.count('POST /api/auth/refresh')).toBe(1);
  const [first, second] = replay.requests.filter(({ line }) => line === create);
  expect(first?.token).not.toBe(second?.token);
});

test('a 500 after the workstation was added: the list tells', async () => {
  const { cache, replay, service, events } = await serviceBed();
  await service.list();
  replay.answer(create, (response) => {
    replay.answer(list, (later) => later.end(recordedReply('workstations_after')));
    response.writeHead(500, { 'content-type': 'text/plain' });
    response.end('Internal Server Error');
  });
  const error = await refusalOf(service.create(newOne));
  expect(error.code).toBe('unavailable');
  expect(error.message).toBe(
    'The workstation manager failed (POST /api/workstations, 500: Internal Server Error). What the server did is not known. The list now shows one more: Test.',
  );
  expect(cache.peek('workstations_list').fresh).toBe(true);
  expect(events).toEqual([
    { kind: 'invalidate', severity: 'info', title: 'Invalidated workstations_*: 1 entry' },
    {
      kind: 'action',
      severity: 'attention',
      title: 'Adding the workstation Test failed',
      detail: error.message,
    },
  ]);
});

test('a refusal is an answer: nothing is unknown, and the list is looked at all the same', async () => {
  const { replay, service } = await serviceBed({ user: 'operator' });
  await service.list();
  const error = await refusalOf(service.create({ ...newOne, name: ' ' }));
  expect(error.message).toBe(
    'The workstation manager refused the request (POST /api/workstations, 422: name is required and cannot be empty). The list shows no new workstation.',
  );
  expect(replay.count(list)).toBe(2);
});

test('without a list before, the number is all there is to say', async () => {
  const { replay, service } = await serviceBed();
  replay.answer(create, (response) => sendJson(response, 500, {}));
  expect((await refusalOf(service.create(newOne))).message).toMatch(/The list now shows 3 workstations\.$/);
});

test('a list that cannot be read either is said, and the old one stays in sight', async () => {
  const { replay, service } = await serviceBed();
  await service.list();
  for (const line of [create, list]) replay.answer(line, (response) => sendJson(response, 500, {}));
  const error = await refusalOf(service.create(newOne));
  expect(error.message).toMatch(/not known\. The list could not be read again\.$/);
  const { reading } = await service.list();
  expect(reading).toMatchObject({ served: 'last-good', failure: { code: 'server-error' } });
  expect(reading.value?.workstations).toHaveLength(3);
});

test('a hanging action ends after 30 s, and its answer within what a page waits', async () => {
  const { clock, replay, service } = await serviceBed();
  await service.list();
  for (const line of [create, list]) replay.answer(line, () => {});
  const refused = refusalOf(service.create(newOne));
  await vi.waitFor(() => expect(replay.count(create)).toBe(1));
  await clock.advance(29_999);
  expect(replay.count(list)).toBe(1);
  await clock.advance(1);
  await vi.waitFor(() => expect(replay.count(list)).toBe(2));
  await clock.advance(4000);
  const error = await refused;
  expect(error.code).toBe('timeout');
  expect(error.message).toBe(
    'The workstation manager did not answer POST /api/workstations in time. What the server did is not known. The list could not be read again.',
  );
  expect(replay.count(create)).toBe(1);
});

test('an action that is cut off by the end is recorded as not known, and nothing is read again', async () => {
  const { replay, service, events } = await serviceBed();
  await service.list();
  replay.answer(create, () => {});
  const refused = refusalOf(service.create(newOne));
  await vi.waitFor(() => expect(replay.count(create)).toBe(1));
  service.stop();
  expect(await refused).toMatchObject({
    code: 'cancelled',
    message:
      'POST /api/workstations was cancelled. What the server did is not known. The list could not be read again.',
  });
  expect(events.at(-1)).toMatchObject({ kind: 'action', severity: 'attention' });
  expect(replay.count(list)).toBe(1);
});

test('what the server guards is refused with the role it needs; nothing is read again', async () => {
  const { replay, service, events } = await serviceBed({ user: 'viewer' });
  await service.list();
  const refused = await Promise.all([
    refusalOf(service.create(newOne)),
    refusalOf(service.clearCache()),
    refusalOf(service.invalidate('workstations')),
  ]);
  expect(refused.map(({ code, message }) => [code, message])).toEqual([
    ['forbidden', 'This needs the role operator on the workstation manager (POST /api/workstations, 403).'],
    ['forbidden', `This needs the role admin on the workstation manager (${clear}, 403).`],
    ['forbidden', `This needs the role admin on the workstation manager (${invalidate}, 403).`],
  ]);
  expect(service.session.value.needs).toMatchObject({ create: 'operator', clearCache: 'admin' });
  expect(replay.count(list)).toBe(1);
  expect(events).toEqual([]);
});

test('clearing the manager’s cache passes its words on and reads its counters again', async () => {
  const { replay, service, events } = await serviceBed();
  await service.cacheStats();
  expect(await service.clearCache()).toEqual({ message: 'Кэш полностью очищен', removed: null });
  await vi.waitFor(() => expect(replay.count(stats)).toBe(2));
  await vi.waitFor(() => expect(replay.count('GET /api/performance/metrics')).toBe(1));
  expect(events).toEqual([
    {
      kind: 'action',
      severity: 'info',
      title: 'The workstation manager’s own cache was cleared',
      detail: 'Кэш полностью очищен',
    },
  ]);
});

test('invalidating passes the pattern as typed and leaves our own cache alone', async () => {
  const { cache, replay, service, events } = await serviceBed();
  await service.list();
  const { message, removed } = await service.invalidate('workstations_*');
  expect(message).toBe('Кэш инвалидирован для паттерна: workstations_*');
  expect(removed).toBeNull();
  expect(replay.requests.find(({ line }) => line === invalidate)?.pattern).toBe('workstations_*');
  expect(cache.peek('workstations_list').fresh).toBe(true);
  expect(events.map(({ title }) => title)).toEqual([
    'The workstation manager’s own cache was told to drop “workstations_*”',
  ]);
});

test('a failed clear says what the counters show now', async () => {
  const { replay, service } = await serviceBed();
  replay.answer(stats, withSize(42));
  await service.cacheStats();
  replay.answer(clear, (response) => {
    replay.answer(stats, withSize(1));
    sendJson(response, 500, {});
  });
  expect((await refusalOf(service.clearCache())).message).toBe(
    'The workstation manager failed (POST /api/performance/cache-clear, 500). What the server did is not known. Its cache now holds 1 entry; it held 42 before.',
  );
});

test('counters without a size, or none at all, are said to tell nothing', async () => {
  const { replay, service } = await serviceBed();
  replay.answer(clear, (response) => sendJson(response, 500, {}));
  replay.answer(stats, (response) => sendJson(response, 200, { cache_stats: { hits: 1 } }));
  expect((await refusalOf(service.clearCache())).message).toMatch(
    /Its statistics do not say how many entries there are\.$/,
  );
  replay.answer(stats, (response) => sendJson(response, 500, {}));
  expect((await refusalOf(service.clearCache())).message).toMatch(
    /Its statistics could not be read again\.$/,
  );
});

test('a workstation that cannot be reached is an answer in the server’s words', async () => {
  const { replay, service } = await serviceBed({ user: 'viewer' });
  const line = 'POST /api/workstations/ws_1/test-connection';
  replay.answer(line, (response) => sendJson(response, 400, { detail: 'WinRM недоступен' }));
  expect(await service.testConnection('ws_1')).toEqual({ ok: false, message: 'WinRM недоступен' });
  replay.answer(line, (response) => sendJson(response, 200, { success: true, message: 'Готово' }));
  expect(await service.testConnection('ws_1')).toEqual({ ok: true, message: 'Готово' });
});

test('a profile without a manager refuses every action in one sentence', async () => {
  const { service, events } = await serviceBed(null);
  const words = 'This profile has no workstation manager.';
  for (const action of [
    () => service.create(newOne),
    () => service.clearCache(),
    () => service.invalidate('x'),
    () => service.testConnection('x'),
    () => service.signIn({ user: 'a', password: 'b' }),
  ]) {
    expect(await refusalOf(action())).toMatchObject({ code: 'conflict', message: words });
  }
  service.signOut();
  expect(service.session.value).toMatchObject({ connected: false, signedOut: words });
  expect(events).toEqual([]);
});

test('no event, reply, state or cached value holds a password or a token', async () => {
  const { cache, replay, service, events, secrets } = await serviceBed();
  const seen: unknown[] = [];
  service.session.subscribe(({ value }) => seen.push(value));
  seen.push(await service.list(), await service.create(newOne), await service.metrics());
  replay.answer(create, (response, { token, body }) =>
    sendJson(response, 500, { detail: `failed for ${token} with ${JSON.stringify(body)}` }),
  );
  seen.push((await refusalOf(service.create(newOne))).message, await service.clearCache());
  seen.push(events, cache.keyStatistics(), cache.peek('workstations_list'));
  expect(secrets).toContain(newOne.password);
  expect(secrets.length).toBeGreaterThan(3);
  const told = JSON.stringify(seen);
  for (const secret of secrets) expect(told).not.toContain(secret);
});
