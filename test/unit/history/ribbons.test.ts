import { expect, test } from 'vitest';
import { RibbonLog } from '../../../electron/core/history/ribbons.ts';
import type { Failure, Reading } from '../../../shared/model/reading.ts';
import { reading } from '../../support/readings.ts';

const failure: Failure = { code: 'timeout', message: 'No answer.', since: 0, count: 3, nextTryAt: null };

test.each<[string, Reading<unknown>, boolean, string]>([
  ['a live value', reading(1), false, 'live'],
  ['nothing yet', reading(null), false, 'none'],
  ['nothing, and failing', reading(null, { failure }), false, 'none'],
  ['failing', reading(1, { failure }), false, 'failing'],
  ['late', reading(1, { age: 12_000 }), false, 'late'],
  ['stale', reading(1, { age: 31_000, failure }), false, 'stale'],
  ['paused', reading(1, { age: 31_000 }), true, 'paused'],
  ['not reported', reading(null, { supported: false }), false, 'unsupported'],
])('%s', (_case, shown, paused, cell) => {
  const log = new RibbonLog(5000);
  log.add(10_000, () => shown, paused);
  expect(log.feed.value.cells['vpn:status']).toEqual([cell]);
});

test('the last 60 ticks are kept, and when the last one was', () => {
  const log = new RibbonLog(5000);
  for (let tick = 1; tick <= 70; tick += 1) {
    log.add(tick * 5000, (key) => reading(key === 'vpn:status' && tick > 60 ? null : 1), false);
  }
  const { cells, endsAt } = log.feed.value;
  expect(endsAt).toBe(350_000);
  expect(cells['stats:total']).toHaveLength(60);
  expect(cells['vpn:status']).toEqual([
    ...Array.from({ length: 50 }, () => 'live'),
    ...Array.from({ length: 10 }, () => 'none'),
  ]);
});

test('another interval starts anew: a cell stands for one of them', () => {
  const log = new RibbonLog(5000);
  log.add(10_000, () => reading(1), false);
  log.intervalMs = 5000;
  expect(log.feed.value.cells['vpn:status']).toEqual(['live']);
  log.intervalMs = 15_000;
  log.add(15_000, () => reading(1), false);
  log.add(30_000, () => reading(1), false);
  expect(log.feed.value).toMatchObject({ intervalMs: 15_000, endsAt: 30_000 });
  expect(log.feed.value.cells['vpn:status']).toEqual(['live', 'live']);
});
