import { beforeEach, expect, test } from 'vitest';
import type { CacheEventKind } from '../../../electron/core/cache/types.ts';
import { CacheEventLog } from '../../../electron/core/history/cache-event-log.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let log: CacheEventLog;
let pushes: number;

beforeEach(() => {
  clock = new FakeClock();
  log = new CacheEventLog(clock);
  pushes = -1; // the first message is the value of now
  log.feed.subscribe(() => (pushes += 1));
});

function add(kind: CacheEventKind, key = 'a:b', ms: number | null = null): void {
  log.add({ kind, key, at: clock.wall(), ms });
}

function seen(): string[] {
  return log.feed.value.map(({ kind, key, count }) => `${kind} ${key} ${count}`);
}

test('events are pushed together, at most once a second', async () => {
  add('miss');
  add('set', 'a:b', 120);
  expect(log.feed.value).toEqual([]);
  await clock.advance(1000);
  expect(seen()).toEqual(['miss a:b 1', 'set a:b 1']);
  expect(log.feed.value[1]?.ms).toBe(120);
  await clock.advance(5000);
  expect(pushes).toBe(1);
});

test('the same event of a key within a second is counted up; another key or kind between is its own mark', async () => {
  for (let page = 0; page < 10; page += 1) {
    add('hit', 'a:b');
    add('hit', 'a:c');
  }
  add('miss', 'a:b');
  add('hit', 'a:b');
  await clock.advance(1000);
  add('hit', 'a:b');
  await clock.advance(1000);
  expect(seen()).toEqual(['hit a:b 10', 'hit a:c 10', 'miss a:b 1', 'hit a:b 1', 'hit a:b 1']);
  expect(new Set(log.feed.value.map(({ id }) => id)).size).toBe(5);
});

test('with the clock set back an hour, new events are not counted to old ones', async () => {
  add('hit');
  clock.jumpWall(-3_600_000);
  add('hit');
  await clock.advance(1000);
  expect(seen()).toEqual(['hit a:b 1', 'hit a:b 1']);
});

test('80 seconds and 400 events are kept', async () => {
  add('set', 'old');
  await clock.advance(78_000);
  for (let index = 0; index < 500; index += 1) add('set', `key:${index}`);
  await clock.advance(1000);
  expect(log.feed.value).toHaveLength(400);
  expect(log.feed.value.at(-1)?.key).toBe('key:499');
  await clock.advance(81_000);
  add('set', 'new');
  await clock.advance(1000);
  expect(seen()).toEqual(['set new 1']);
});

test('stop leaves no timer', () => {
  add('hit');
  log.stop();
  expect(clock.pending).toBe(0);
});
