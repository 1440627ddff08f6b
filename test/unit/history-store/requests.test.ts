import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { LoggedRequest } from '../../../electron/core/history/store/request-log.ts';
import { hour, HistoryBed, minute, retention, start } from './history-bed.ts';

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
  store.addRequests(rows);
  store.addRequests([]);
  store.close();
  store = bed.open();
  expect(store.requests({ from: start, to: start + 1, limit: 10 })).toEqual(rows.toReversed());
  expect(store.requests({ from: start, to: start + 1, limit: 1 })).toEqual([rows[2]]);
  expect(store.requests({ from: start, to: start, limit: 10 })).toEqual([rows[0]]);
});

test('requests go after their hours; with none all of them', async () => {
  store.addRequests([request(), request({ at: start + 2 * hour })]);
  await bed.clock.advance(25 * hour);
  const all = { from: 0, to: start + 100 * hour, limit: 10 };
  store.prune({ ...retention, requestLogHours: 48 });
  expect(store.requests(all)).toHaveLength(2);
  store.prune(retention);
  expect(store.requests(all)).toEqual([request({ at: start + 2 * hour })]);
  store.prune({ ...retention, requestLogHours: 0 });
  expect(store.requests(all)).toEqual([]);
});

test('of more than 300 000 the oldest go, also those a wrong clock dated ahead', () => {
  bed.inFile((database) => {
    database.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300005)
      INSERT INTO request (at, resource, ms, outcome, calls)
      SELECT ${start} + 1000000000 - i, 'stats:total', i, 'ok', 1 FROM n`);
  });
  store.prune(retention);
  expect(bed.count('request')).toBe(300_000);
  const newestByTime = store.requests({ from: 0, to: start + 2_000_000_000, limit: 1 });
  expect(newestByTime.map(({ ms }) => ms)).toEqual([6]);
});

test('the file shrinks when much of it is empty', async () => {
  bed.inFile((database) => {
    database.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250000)
      INSERT INTO request (at, resource, ms, outcome, calls)
      SELECT ${start} + i, 'stats:total', 123.456, 'ok', 1 FROM n`);
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
