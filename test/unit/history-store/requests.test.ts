import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { LoggedRequest } from '../../../electron/core/history/store/request-log.ts';
import { day, hour, HistoryBed, lab, minute, plant, retention, start } from './history-bed.ts';

let bed: HistoryBed;
let store: HistoryStore;
beforeEach(() => {
  bed = new HistoryBed();
  store = bed.open();
});
afterEach(() => bed.remove());

function request(over: Partial<LoggedRequest> = {}): LoggedRequest {
  return { at: start, resource: 'stats:total', ms: 120.5, outcome: 'ok', calls: 1, ...over };
}

test('requests come back as they were, the newest first', () => {
  const rows = [
    request(),
    request({ at: start + 1, resource: 'engines:list', outcome: 'timeout', calls: 2 }),
    request({ at: start + 1, ms: 0 }),
  ];
  store.of(lab).addRequests(rows);
  store.of(lab).addRequests([]);
  store.close();
  store = bed.open();
  expect(store.of(lab).requests({ from: start, to: start + 1, limit: 10 })).toEqual(rows.toReversed());
  expect(store.of(lab).requests({ from: start, to: start + 1, limit: 1 })).toEqual([rows[2]]);
  expect(store.of(lab).requests({ from: start, to: start, limit: 10 })).toEqual([rows[0]]);
});

test('requests go after their hours; with none all of them', async () => {
  store.of(lab).addRequests([request(), request({ at: start + 2 * hour })]);
  await bed.clock.advance(25 * hour);
  const all = { from: 0, to: start + 100 * hour, limit: 10 };
  store.prune({ ...retention, requestLogHours: 48 });
  expect(store.of(lab).requests(all)).toHaveLength(2);
  store.prune(retention);
  expect(store.of(lab).requests(all)).toEqual([request({ at: start + 2 * hour })]);
  store.prune({ ...retention, requestLogHours: 0 });
  expect(store.of(lab).requests(all)).toEqual([]);
});

test('requests of one profile are not those of another, and each keeps its hours', async () => {
  store.of(lab).addRequests([request({ ms: 1 }), request({ at: start + 2 * hour, ms: 2 })]);
  store.of(plant).addRequests([request({ ms: 3 }), request({ at: start + 2 * hour, ms: 4 })]);
  store.of(lab).addRequests([request({ at: start + hour, ms: 5 })]);
  const times = (profile: string): number[] =>
    store
      .of(profile)
      .requests({ from: start, to: start + day, limit: 10 })
      .map(({ ms }) => ms);
  expect([times(lab), times(plant), times('none')]).toEqual([[2, 5, 1], [4, 3], []]);
  await bed.clock.advance(25 * hour);
  store.prune(retention);
  expect([times(lab), times(plant)]).toEqual([[2, 5], [4]]);
});

test('of more than 300 000 the oldest go, also those a wrong clock dated ahead', () => {
  bed.inFile((database) => {
    database.exec(`INSERT INTO profile (id, key) VALUES (1, '${lab}');
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300005)
      INSERT INTO request (profile, at, resource, ms, outcome, calls)
      SELECT 1, ${start} + 1000000000 - i, 'stats:total', i, 'ok', 1 FROM n`);
  });
  store.prune(retention);
  expect(bed.count('request')).toBe(300_000);
  const newestByTime = store.of(lab).requests({ from: 0, to: start + 2_000_000_000, limit: 1 });
  expect(newestByTime.map(({ ms }) => ms)).toEqual([6]);
});

test('the file shrinks when much of it is empty', async () => {
  bed.inFile((database) => {
    database.exec(`INSERT INTO profile (id, key) VALUES (1, '${lab}');
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250000)
      INSERT INTO request (profile, at, resource, ms, outcome, calls)
      SELECT 1, ${start} + i, 'stats:total', 123.456, 'ok', 1 FROM n`);
  });
  const pages = (): number =>
    bed.inFile((database) => Number(database.prepare('PRAGMA page_count').get()?.['page_count']));
  const full = pages();
  await bed.clock.advance(30 * hour);
  for (let turn = 0; turn < 10; turn += 1) {
    store.prune(retention);
    await bed.clock.advance(minute);
  }
  expect(full).toBeGreaterThan(2_000);
  expect(pages()).toBeLessThan(1_100);
});
