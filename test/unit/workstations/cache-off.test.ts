import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { managerPassword } from '../../support/replay-workstations.ts';
import { sendJson } from '../../support/loopback.ts';
import { serviceBed } from './service-bed.ts';
import { list } from './session-bed.ts';

test('with the cache off every poll asks the manager, and the last value stays known with its age', async () => {
  const bed = await serviceBed();
  const { cache, clock, replay, service } = bed;
  await service.list();
  cache.enabled = false;
  for (let poll = 0; poll < 2; poll += 1) {
    expect((await service.list()).reading).toMatchObject({ served: 'bypass', age: 0, failure: null });
  }
  expect(replay.count(list)).toBe(3);
  await clock.advance(30_000);
  replay.answer(list, (response) => sendJson(response, 500, {}));
  const { reading } = await service.list();
  expect(reading).toMatchObject({ served: 'last-good', age: 30_000, failure: { code: 'server-error' } });
  expect(reading.value?.workstations).toHaveLength(3);
  bed.paused = true;
  expect((await service.list()).reading).toMatchObject({ age: 30_000, failure: { count: 1 } });
});

test('with the cache off a forced read is the last value too', async () => {
  const bed = await serviceBed();
  bed.cache.enabled = false;
  await bed.service.refresh(['workstations_list']);
  bed.paused = true;
  expect((await bed.service.list()).reading).toMatchObject({ age: 0, failure: null });
});

test('with the cache off what is read as one account does not reach the next either', async () => {
  const bed = await serviceBed();
  const { cache, replay, service } = bed;
  cache.enabled = false;
  await service.metrics();
  const asked = Promise.withResolvers<ServerResponse>();
  replay.answer(list, (response) => asked.resolve(response));
  const polled = service.list();
  const response = await asked.promise;
  await service.signIn({ user: 'viewer', password: managerPassword });
  sendJson(response, 200, [{ id: 'of-the-old-account' }]);
  expect((await polled).reading).toMatchObject({ value: null, failure: null });
  bed.paused = true;
  expect((await service.list()).reading.value).toBeNull();
});
