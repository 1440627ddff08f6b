import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scopeCounts } from '../../../shared/model/history.ts';
import type { ScopeCount } from '../../../shared/model/history.ts';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { ScopeSample } from '../../../electron/core/history/store/scope-table.ts';
import { TimeCollector } from '../../../electron/core/history/time-counts.ts';
import { day, hour, HistoryBed, lab, minute, plant, retention, second, start } from './history-bed.ts';

let bed: HistoryBed;
let store: HistoryStore;
beforeEach(() => {
  bed = new HistoryBed();
  store = bed.open();
});
afterEach(() => bed.remove());

const tables = ['scope_1m', 'scope_3m', 'scope_15m', 'scope_1h', 'scope_3h'];

function sample(
  scope: string,
  some: Partial<Record<ScopeCount, number>>,
  times: { hits?: readonly number[]; loads?: readonly number[] } = {},
): ScopeSample {
  const zeros = Object.fromEntries(scopeCounts.map((name) => [name, 0])) as Record<ScopeCount, number>;
  const written = (all: readonly number[] = []): string => {
    const collector = new TimeCollector();
    for (const ms of all) collector.record(ms);
    return collector.take();
  };
  return {
    scope,
    counts: { ...zeros, ...some },
    hitTimes: written(times.hits),
    loadTimes: written(times.loads),
  };
}

function ask(from: number, to: number, points = 240, profile = lab) {
  return store.of(profile).scopes({ from, to, points });
}

test('the ticks of a minute count together, each scope for itself', () => {
  store
    .of(lab)
    .addScopes(start, [sample('vpn:status', { hits: 2, loads: 1 }), sample('user:a', { misses: 1 })]);
  store.of(lab).addScopes(start + 5 * second, [sample('vpn:status', { hits: 1, loadErrors: 1 })]);
  store.of(lab).addScopes(start + minute, [sample('vpn:status', { hits: 7 })]);
  const { bucketMs, at, scopes } = ask(start, start + hour);
  expect({ bucketMs, at }).toEqual({ bucketMs: minute, at: [start, start + minute] });
  expect(scopes.map(({ scope }) => scope)).toEqual(['*', 'vpn:status', 'user:a']);
  expect(scopes[1]).toMatchObject({ hits: [3, 7], loads: [1, 0], loadErrors: [1, 0], misses: [0, 0] });
  // Where others were asked this one was not: that is a 0 and no gap.
  expect(scopes[2]).toMatchObject({ hits: [0, 0], misses: [1, 0], loadP50: [null, null] });
});

test('all resources together are a scope of their own: counts added up, times of all answers, no user in it', () => {
  const many = Array.from({ length: 30 }, () => 10);
  store
    .of(lab)
    .addScopes(start, [
      sample('vpn:status', { hits: 2, loads: 30 }, { loads: many, hits: [0.01] }),
      sample('stats:total', { hits: 5, misses: 1, loads: 1 }, { loads: [1000] }),
      sample('user:a', { hits: 100, loads: 90 }, { loads: Array.from({ length: 90 }, () => 5000) }),
    ]);
  store.of(lab).addScopes(start + minute, [sample('user:a', { hits: 1 })]);
  store.of(lab).addScopes(start + 2 * minute, [sample('stats:total', { hits: 4 })]);
  const { at, scopes } = ask(start, start + hour);
  expect(at).toHaveLength(3);
  const [all] = scopes;
  expect(all).toMatchObject({ scope: '*', hits: [7, 0, 4], misses: [1, 0, 0], loads: [31, 0, 0] });
  expect(all?.loadP50).toEqual([expect.closeTo(10, 0), null, null]);
  expect(all?.loadP95).toEqual([expect.closeTo(10, 0), null, null]);
  expect(all?.hitP50).toEqual([expect.closeTo(0.01, 3), null, null]);
});

test('where only users asked there is nothing of all resources', () => {
  store.of(lab).addScopes(start, [sample('user:a', { hits: 1 })]);
  expect(ask(start, start + hour).scopes.map(({ scope }) => scope)).toEqual(['user:a']);
});

test('time in which nothing was counted is left out', () => {
  for (const offset of [0, 1, 10])
    store.of(lab).addScopes(start + offset * minute, [sample('a', { hits: 1 })]);
  expect(ask(start, start + hour).at).toEqual([0, 1, 10].map((offset) => start + offset * minute));
});

test('percentiles of a point are those of all its answers, not means of percentiles', () => {
  // Nineteen fast minutes and one slow one: 19 × 9 loads of 100 ms, which are 95 % of all, and 9 of 1000 ms.
  const from = start + 15 * minute;
  for (let n = 0; n < 20; n += 1) {
    const loads = Array.from({ length: 9 }, () => (n === 19 ? 1000 : 100));
    store.of(lab).addScopes(from + n * minute, [sample('a', { loads: 9 }, { loads, hits: [0.01] })]);
  }
  const told = () => ask(from, from + 30 * minute, 1).scopes[0];
  const within = (value: number | null | undefined, of: number): void => {
    expect((value ?? NaN) / of).toBeGreaterThan(1 / 1.0443);
    expect((value ?? NaN) / of).toBeLessThan(1.0443);
  };
  within(told()?.loadP50[0], 100);
  within(told()?.loadP95[0], 100);
  within(told()?.hitP50[0], 0.01);
  store.of(lab).addScopes(from + 19 * minute, [sample('a', { loads: 1 }, { loads: [1000] })]);
  within(told()?.loadP50[0], 100);
  within(told()?.loadP95[0], 1000);
});

test.each([
  ['15 min', 15 * minute, minute],
  ['1 h', hour, minute],
  ['6 h', 6 * hour, 2 * minute],
  ['24 h', day, 6 * minute],
  ['7 d', 7 * day, 45 * minute],
  ['30 d', 30 * day, 3 * hour],
])('%s are told in points of their own width, and nothing is lost', async (_, span, width) => {
  await bed.clock.advance(30 * day);
  const now = bed.clock.wall();
  const from = Math.ceil((now - span) / width) * width;
  let written = 0;
  for (let at = from; at < now; at += 7 * minute) {
    store.of(lab).addScopes(at, [sample('a', { hits: 1 })]);
    written += 1;
  }
  store.prune(retention);
  const { bucketMs, at, scopes } = ask(now - span, now);
  expect(bucketMs).toBe(width);
  expect(at.length).toBeLessThanOrEqual(240);
  expect(scopes[0]?.hits.reduce((sum, hits) => sum + hits, 0)).toBe(written);
});

test('minutes are kept for a day, the rest for the days of the settings', async () => {
  store.of(lab).addScopes(start, [sample('a', { hits: 1 })]);
  const rows = (): number[] => tables.map((table) => bed.count(table));
  store.prune(retention);
  expect(rows()).toEqual([1, 1, 1, 1, 1]);
  await bed.clock.advance(25 * hour + 1);
  store.prune(retention);
  expect(rows()).toEqual([0, 0, 1, 1, 1]);
  expect(ask(start, start + hour)).toMatchObject({
    bucketMs: 15 * minute,
    at: [start],
    scopes: [{ scope: '*' }, { hits: [1] }],
  });
  await bed.clock.advance(29 * day);
  store.prune(retention);
  expect(rows()).toEqual([0, 0, 0, 0, 0]);
});

test('of too many those that asked most are told', () => {
  const all = Array.from({ length: 100 }, (_, n) => sample(`user:${n}`, { hits: n }));
  for (const half of [all.slice(0, 50), all.slice(50)]) store.of(lab).addScopes(start, half);
  const { scopes } = ask(start, start + hour);
  expect(scopes.map(({ hits }) => hits[0])).toEqual(Array.from({ length: 60 }, (_, n) => 99 - n));
});

test('profiles stay apart, and nothing of a forgotten one is left', () => {
  store.of(lab).addScopes(start, [sample('a', { hits: 1 }), sample('user:a', { hits: 1 })]);
  store.of(plant).addScopes(start, [sample('a', { hits: 20 })]);
  expect(ask(start, start + hour, 240, plant).scopes).toMatchObject([
    { scope: '*', hits: [20] },
    { scope: 'a', hits: [20] },
  ]);
  store.forget(lab);
  expect(ask(start, start + hour).scopes).toEqual([]);
  expect(tables.map((table) => bed.count(table))).toEqual([1, 1, 1, 1, 1]);
  expect(ask(start, start + hour, 240, 'nobody')).toMatchObject({ at: [], scopes: [] });
});

test('one minute, by scope', () => {
  store.of(lab).addScopes(start + 55 * second, [sample('a', { hits: 2 }), sample('b', { loads: 1 })]);
  store.of(lab).addScopes(start + minute, [sample('a', { hits: 40 })]);
  const counted = store.of(lab).scopeMinute(start);
  expect([...counted.keys()]).toEqual(['a', 'b']);
  expect(counted.get('a')).toMatchObject({ hits: 2, loads: 0 });
  expect(store.of(lab).scopeMinute(start - minute).size).toBe(0);
});

test('a file of the release before is taken up, and its events with it', () => {
  store.addEvent({
    at: start,
    kind: 'sleep',
    severity: 'info',
    profile: 'Lab',
    subject: null,
    title: 'Computer was asleep',
    detail: null,
  });
  store.close();
  bed.inFile((file) => {
    for (const table of tables) file.exec(`DROP TABLE ${table}`);
    file.exec('DROP INDEX event_span; ALTER TABLE event DROP COLUMN span;');
    const format = Number(file.prepare('PRAGMA user_version').get()?.['user_version']);
    file.exec(`PRAGMA user_version = ${format - 1}`);
  });
  store = bed.open();
  store.of(lab).addScopes(start, [sample('a', { hits: 1 })]);
  expect(ask(start, start + hour).scopes).toHaveLength(2);
  expect(store.timeline(0, start)).toEqual([{ at: start, kind: 'sleep', subject: null, span: null }]);
  expect(bed.told).toEqual([]);
});

describe('the timeline', () => {
  const at = (n: number): number => start + n * minute;
  const tell = (n: number, kind: 'start' | 'stop' | 'sleep' | 'pause' | 'vpn', span?: number): void => {
    store.addEvent({
      at: at(n),
      kind,
      severity: 'info',
      profile: 'Lab',
      subject: null,
      title: kind,
      detail: null,
      ...(span !== undefined && { span: span * minute }),
    });
  };

  test('begins with the run before the range and ends with what reaches into it', () => {
    tell(0, 'pause');
    tell(1, 'start', 0.5);
    tell(2, 'pause');
    tell(3, 'vpn');
    tell(20, 'sleep', 12);
    tell(30, 'start', 5);
    const kinds = store.timeline(at(5), at(10)).map(({ kind, span }) => [kind, span]);
    expect(kinds).toEqual([
      ['start', 0.5 * minute],
      ['pause', null],
      ['sleep', 12 * minute],
    ]);
  });

  test('the last sign is the newest of what was written', () => {
    expect(store.lastSign()).toBeNull();
    tell(0, 'start');
    expect(store.lastSign()).toBe(at(0));
    store.of(lab).addSample(at(3), { hits: 1 });
    store.of(plant).addSample(at(2), { hits: 1 });
    expect(store.lastSign()).toBe(at(3));
    tell(4, 'stop');
    expect(store.lastSign()).toBe(at(4));
  });
});
