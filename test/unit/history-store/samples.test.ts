import { afterEach, beforeEach, expect, test } from 'vitest';
import { day, hour, HistoryBed, lab, minute, retention, second, start } from './history-bed.ts';

let bed: HistoryBed;
beforeEach(() => void (bed = new HistoryBed()));
afterEach(() => bed.remove());

/** Numbers of rows in the tiers, finest first. */
function rows(): number[] {
  return ['sample_5s', 'sample_1m', 'sample_15m'].map((table) => bed.count(table));
}

test('counts are added up, measurements averaged over the ticks that knew them', () => {
  const store = bed.open();
  store.of(lab).addSample(start, { hits: 3, ageTotals: 1000, vpnConnected: 1 });
  store
    .of(lab)
    .addSample(start + 5 * second, { hits: 2, ageTotals: null, vpnConnected: 0, enginesTotal: null });
  store.of(lab).addSample(start + 10 * second, { hits: null, ageTotals: 2000, vpnConnected: 1 });

  const { bucketMs, at, series } = store.of(lab).query({ from: start, to: start + 10 * minute, points: 10 });
  expect({ bucketMs, at }).toEqual({ bucketMs: minute, at: [start] });
  expect(series.hits).toEqual([5]);
  expect(series.ageTotals).toEqual([1500]);
  expect(series.vpnConnected).toEqual([2 / 3]);
  expect(series.enginesTotal).toEqual([null]);
  expect(series.misses).toEqual([null]);
});

test('whole numbers average to fractions', () => {
  const store = bed.open();
  for (const [n, enginesTotal] of [1, 2].entries())
    store.of(lab).addSample(start + n * 5 * second, { enginesTotal });
  expect(store.of(lab).query({ from: start, to: start + minute, points: 1 }).series.enginesTotal).toEqual([
    1.5,
  ]);
});

test('a value that is no number was not known', () => {
  const store = bed.open();
  store.of(lab).addSample(start, { hits: Number.NaN, ageStatus: Number.POSITIVE_INFINITY, misses: 0 });
  const { at, series } = store.of(lab).query({ from: start, to: start + 1, points: 10 });
  expect(at).toEqual([start]);
  expect([series.hits, series.ageStatus, series.misses]).toEqual([[null], [null], [0]]);
});

test('time without samples is left out, not filled with zeroes', () => {
  const store = bed.open();
  for (const offset of [0, 5, 10, 600]) store.of(lab).addSample(start + offset * second, { hits: 1 });
  const { at, bucketMs, series } = store.of(lab).query({ from: start, to: start + 20 * minute, points: 240 });
  expect(bucketMs).toBe(5 * second);
  expect(at).toEqual([0, 5, 10, 600].map((offset) => start + offset * second));
  expect(series.hits).toEqual([1, 1, 1, 1]);
});

test.each([5, 10, 15, 30, 60])('polled every %i s, an hour without a gap shows none', (seconds) => {
  const store = bed.open();
  for (let at = start; at < start + hour; at += seconds * second) store.of(lab).addSample(at, { hits: 1 });
  const { at, bucketMs } = store.of(lab).query({ from: start, to: start + hour, points: 240 });
  expect(bucketMs).toBe(Math.max(15, seconds) * second);
  expect(at).toEqual(Array.from({ length: hour / bucketMs }, (_, n) => start + n * bucketMs));
});

test('an empty range has no points', () => {
  const store = bed.open();
  store.of(lab).addSample(start, { hits: 1 });
  expect(store.of(lab).query({ from: start + day, to: start, points: 240 }).at).toEqual([]);
  expect(store.of(lab).query({ from: start - day, to: start, points: 240 }).at).toEqual([]);
});

test('each tier passes on what it no longer keeps, and the sums stay', { timeout: 30_000 }, async () => {
  const store = bed.open();
  const ticks = (2 * day) / (5 * second);
  for (let n = 0; n < ticks; n += 1) {
    store.of(lab).addSample(start + n * 5 * second, { hits: 1, enginesHealthy: n % 2 });
    if (n % 12 === 11) {
      await bed.clock.advance(minute);
      store.prune(retention);
    }
  }
  const now = start + 2 * day;
  expect(bed.clock.wall()).toBe(now);
  expect(rows()).toEqual([720, 23 * 60, 24 * 4]);

  const whole = store.of(lab).query({ from: start, to: now, points: 240 });
  expect(whole.bucketMs).toBe(15 * minute);
  expect(whole.at).toHaveLength(2 * 24 * 4);
  expect(new Set(whole.series.hits)).toEqual(new Set([180]));
  expect(new Set(whole.series.enginesHealthy)).toEqual(new Set([0.5]));
  expect(store.of(lab).query({ from: now - hour, to: now, points: 240 }).bucketMs).toBe(15 * second);
  expect(store.of(lab).query({ from: now - day, to: now, points: 240 }).bucketMs).toBe(6 * minute);
});

test('after a long pause, in this run or between two, nothing is deleted before it was added up', async () => {
  let store = bed.open();
  for (let n = 0; n < 7; n += 1) store.of(lab).addSample(start + n * 5 * second, { hits: 1 });
  await bed.clock.advance(3 * hour);
  store.prune(retention);
  expect(rows()).toEqual([0, 1, 0]);
  for (let n = 0; n < 7; n += 1) store.of(lab).addSample(start + 3 * hour + n * 5 * second, { hits: 1 });
  store.close();

  await bed.clock.advance(5 * day);
  store = bed.open();
  const { at, series } = store.of(lab).query({ from: start, to: start + 4 * hour, points: 240 });
  expect(at).toEqual([start, start + 3 * hour]);
  expect(series.hits).toEqual([7, 7]);
  store.prune(retention);
  expect(rows()).toEqual([0, 0, 2]);
  expect(store.of(lab).query({ from: start, to: start + 4 * hour, points: 240 }).series.hits).toEqual([7, 7]);
});

test('pruning again and again in the same minute changes nothing', async () => {
  const store = bed.open();
  for (let n = 0; n < 60; n += 1) store.of(lab).addSample(start + n * 5 * second, { hits: 1, ageVpn: n });
  await bed.clock.advance(hour + 3 * minute);
  const ask = () => store.of(lab).query({ from: start, to: start + 5 * minute, points: 10 });
  store.prune(retention);
  const once = ask();
  store.prune(retention);
  expect(rows()).toEqual([24, 3, 0]);
  expect(ask()).toEqual(once);
  expect(once.series.hits).toEqual([12, 12, 12, 12, 12]);
});

test('samples older than the days they are kept are gone', async () => {
  const store = bed.open();
  store.of(lab).addSample(start, { hits: 1 });
  await bed.clock.advance(29 * day);
  store.prune(retention);
  expect(rows()).toEqual([0, 0, 1]);
  await bed.clock.advance(day + 1);
  store.prune({ ...retention, historyDays: 31 });
  expect(rows()).toEqual([0, 0, 1]);
  store.prune(retention);
  expect(rows()).toEqual([0, 0, 0]);
});

test('a clock set back: later rows are there, the same moments count together, nothing fails', async () => {
  const store = bed.open();
  for (let n = 0; n < 24; n += 1) store.of(lab).addSample(start + n * 5 * second, { hits: 1, ageVpn: 100 });
  await bed.clock.advance(3 * hour);
  store.prune(retention);
  bed.clock.jumpWall(-3 * hour);
  for (let n = 0; n < 24; n += 1) store.of(lab).addSample(start + n * 5 * second, { hits: 2, ageVpn: 400 });
  store.of(lab).addSample(start, { hits: 5, ageVpn: null });
  store.prune(retention);
  expect(rows()).toEqual([24, 2, 0]);

  await bed.clock.advance(3 * hour);
  store.prune(retention);
  expect(rows()).toEqual([0, 2, 0]);
  const { series } = store.of(lab).query({ from: start, to: start + 2 * minute, points: 10 });
  expect(series.hits).toEqual([12 + 24 + 5, 12 + 24]);
  expect(series.ageVpn).toEqual([250, 250]);
  expect(bed.told).toEqual([]);
});

test('a release that adds a series finds its column missing and adds it', () => {
  bed.open().close();
  bed.inFile((database) => {
    for (const table of ['sample_5s', 'sample_1m', 'sample_15m']) {
      database.exec(`ALTER TABLE ${table} DROP COLUMN "ageVpn"; ALTER TABLE ${table} DROP COLUMN "ageVpn_n"`);
    }
    database.exec(`INSERT INTO profile (id, key) VALUES (1, '${lab}')`);
    database.exec(`INSERT INTO sample_5s (profile, at, hits) VALUES (1, ${start}, 4)`);
  });
  const store = bed.open();
  store.of(lab).addSample(start + 5 * second, { hits: 1, ageVpn: 7 });
  const { series } = store.of(lab).query({ from: start, to: start + 6 * second, points: 10 });
  expect([series.hits, series.ageVpn]).toEqual([
    [4, 1],
    [null, 7],
  ]);
  expect(bed.told).toEqual([]);
});
