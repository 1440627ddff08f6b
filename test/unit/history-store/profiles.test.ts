import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { event, HistoryBed, hour, lab, minute, plant, retention, second, start } from './history-bed.ts';

let bed: HistoryBed;
let store: HistoryStore;
beforeEach(() => {
  bed = new HistoryBed();
  store = bed.open();
});
afterEach(() => bed.remove());

const tables = ['profile', 'sample_5s', 'sample_1m', 'sample_15m', 'request'];

function rows(): number[] {
  return tables.map((table) => bed.count(table));
}

/** A row in each tier and a request; 30 h pass. */
async function fill(...profiles: string[]): Promise<void> {
  for (const pause of [28 * hour, 2 * hour, 0]) {
    for (const profile of profiles) store.of(profile).addSample(bed.clock.wall(), { hits: 1, ageVpn: 50 });
    await bed.clock.advance(pause);
    store.prune(retention);
  }
  const request = { at: bed.clock.wall(), resource: 'vpn:status', ms: 5, outcome: 'ok', calls: 1 } as const;
  for (const profile of profiles) store.of(profile).addRequests([request]);
}

/** Of all there is of a profile. */
function hits(profile: string): number {
  const { series } = store.of(profile).query({ from: 0, to: bed.clock.wall() + minute, points: 240 });
  return series.hits.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

test('ticks at the same moment stay apart, from the finest rows to the coarsest', async () => {
  store.of(lab).addSample(start, { hits: 1, ageVpn: 100 });
  store.of(plant).addSample(start, { hits: 20, ageVpn: 500 });
  store.of(lab).addSample(start + 5 * second, { hits: 2 });
  for (const pause of [2 * hour, 30 * hour]) {
    await bed.clock.advance(pause);
    store.prune(retention);
    const ask = (profile: string) =>
      store.of(profile).query({ from: start, to: start + 15 * minute, points: 1 });
    expect([ask(lab).series.hits, ask(lab).series.ageVpn]).toEqual([[3], [100]]);
    expect([ask(plant).series.hits, ask(plant).series.ageVpn]).toEqual([[20], [500]]);
  }
  expect(rows()).toEqual([2, 0, 0, 2, 0]);
});

test('buckets are as fine as the rows of the profile itself', async () => {
  store.of(plant).addSample(start, { hits: 1 });
  await bed.clock.advance(65 * minute);
  store.prune(retention);
  const now = bed.clock.wall();
  for (const n of [0, 1, 2]) store.of(lab).addSample(now + n * 5 * second, { hits: 1 });
  const range = { from: start, to: now + minute, points: 240 };
  expect(store.of(lab).query(range).bucketMs).toBe(20 * second);
  expect(store.of(plant).query(range).bucketMs).toBe(minute);
});

test('buckets are as wide as the ticks of the profile itself are apart', () => {
  const pollSeconds = { [lab]: 5, [plant]: 60 };
  for (const [profile, seconds] of Object.entries(pollSeconds)) {
    for (let at = start; at < start + 15 * minute; at += seconds * second) {
      store.of(profile).addSample(at, { hits: 1 });
    }
    const range = { from: start, to: start + 15 * minute, points: 240 };
    expect(store.of(profile).query(range).bucketMs).toBe(seconds * second);
  }
});

test('a profile that was never written of is empty, and asking writes nothing', () => {
  expect(store.of('nobody').query({ from: 0, to: start, points: 10 }).at).toEqual([]);
  expect(store.of('nobody').requests({ from: 0, to: start, limit: 10 })).toEqual([]);
  store.of('nobody').addRequests([]);
  expect(rows()).toEqual([0, 0, 0, 0, 0]);
  store.forget('nobody');
  expect(bed.told).toEqual([]);
});

test('a profile has one row, whatever its id, in this run and the next', () => {
  const odd = "Robert'); DROP TABLE profile;-- 🚦";
  for (let run = 0; run < 2; run += 1) {
    for (const profile of [odd, lab]) store.of(profile).addSample(start + run * 5 * second, { hits: 1 });
    store.close();
    store = bed.open();
  }
  expect([hits(odd), hits(lab)]).toEqual([2, 2]);
  expect(bed.count('profile')).toBe(2);
});

test('all of a forgotten profile is gone, nothing of another, and no event', async () => {
  store.addEvent(event());
  await fill(lab, plant);
  expect(rows()).toEqual([2, 2, 2, 2, 2]);
  store.forget(lab);
  expect(rows()).toEqual([1, 1, 1, 1, 1]);
  expect([hits(lab), hits(plant)]).toEqual([0, 3]);
  expect(store.latestEvents(10)).toHaveLength(1);
});

test('what comes after a profile was forgotten is not told to be of the next one', () => {
  const kept = store.of(lab);
  kept.addSample(start, { hits: 1 });
  store.forget(lab);
  store.of(plant).addSample(start, { hits: 20 });
  kept.addSample(start + 5 * second, { hits: 2 });
  expect([hits(lab), hits(plant)]).toEqual([2, 20]);
});

test('what could not be forgotten stays whole, and is told', async () => {
  await fill(lab);
  const before = rows();
  bed.inFile((other) => {
    other.exec('BEGIN IMMEDIATE');
    store.forget(lab);
    expect(bed.told.map(({ id }) => id)).toEqual(['history:writing']);
    other.exec('ROLLBACK');
  });
  expect(rows()).toEqual(before);
  store.forget(lab);
  expect(rows()).toEqual([0, 0, 0, 0, 0]);
  expect(bed.told).toEqual([]);
});
