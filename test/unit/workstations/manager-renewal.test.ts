import { expect, test } from 'vitest';
import { sendJson } from '../../support/loopback.ts';
import { list, login, refresh, sessionBed } from './session-bed.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

test('ten requests refused at once lead to one refresh, and each is sent again once', async () => {
  const { replay, read } = await sessionBed();
  await read();
  replay.expireAccess();
  const replies = await Promise.all(Array.from({ length: 10 }, () => read()));
  expect(replies).toHaveLength(10);
  expect(replay.count(refresh)).toBe(1);
  expect(replay.count(login)).toBe(1);
  expect(replay.count(list)).toBe(1 + 10 + 10);
});

test('a token is renewed before it ends, not used until it is refused', async () => {
  const { clock, replay, read } = await sessionBed();
  await read();
  await clock.advance(30 * minute - 30_001);
  await read();
  expect(replay.count(refresh)).toBe(0);
  await clock.advance(1);
  await Promise.all([read(), read(), read()]);
  expect(replay.count(refresh)).toBe(1);
  expect(replay.count(list)).toBe(5);
  // The renewed one lasts as long again.
  await clock.advance(29 * minute);
  await read();
  expect(replay.count(refresh)).toBe(1);
});

test('hours of suspend count, though the monotonic clock stood still', async () => {
  const { clock, replay, read } = await sessionBed();
  await read();
  clock.jumpWall(8 * 60 * minute);
  await read();
  expect(replay.count(refresh)).toBe(1);
});

test('a refresh token of more than 7 days is not tried: the password is', async () => {
  const { clock, replay, read } = await sessionBed();
  await read();
  await clock.advance(7 * day);
  await read();
  expect(replay.count(refresh)).toBe(0);
  expect(replay.count(login)).toBe(2);
});

test('a server without new refresh tokens leaves the first in use, for 7 days in all', async () => {
  const { clock, replay, read } = await sessionBed();
  await read();
  let made = 0;
  replay.answer(refresh, (response) => {
    made += 1;
    sendJson(response, 200, { access_token: `renewed-${made}`, expires_in: 1800 });
  });
  replay.answer(list, (response) => sendJson(response, 200, []));
  for (let half = 0; half < 3; half += 1) {
    await clock.advance(2 * day);
    await read();
  }
  expect(made).toBe(3);
  await clock.advance(2 * day);
  await read();
  expect(made).toBe(3);
  expect(replay.count(login)).toBe(2);
});

test('a refresh that is refused leads to one sign-in with the password', async () => {
  const { session, replay, read } = await sessionBed();
  await read();
  replay.expireAccess();
  replay.expireRefresh();
  await Promise.all([read(), read(), read()]);
  expect(replay.count(refresh)).toBe(1);
  expect(replay.count(login)).toBe(2);
  expect(session.state.value.signedOut).toBeNull();
});

test('refreshed tokens that do not work either lead to the password, then it works', async () => {
  const { replay, read } = await sessionBed();
  await read();
  replay.expireAccess();
  replay.answer(refresh, (response) => sendJson(response, 200, { access_token: 'worthless' }));
  await read();
  expect(replay.count(refresh)).toBe(1);
  expect(replay.count(login)).toBe(2);
  expect(replay.requests.at(-1)).toMatchObject({ line: list });
});
