import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { recordOf } from '../../support/alert-world.ts';
import { day, everything, HistoryBed, lab, plant, retention, second, start } from './history-bed.ts';

const schema = z.object({ firing: z.array(z.string()) });

let bed: HistoryBed;
let store: HistoryStore;
beforeEach(() => {
  bed = new HistoryBed();
  store = bed.open();
});
afterEach(() => bed.remove());

function record(change: Parameters<typeof recordOf>[0] = {}) {
  const { id: _, ...rest } = recordOf({ at: start, ...change });
  return rest;
}

function again(): void {
  store.close();
  store = bed.open();
}

test('a record comes back as it was, also in the next run; of all profiles, newest first, page by page', () => {
  const full = record({ title: "Robert'); DROP TABLE alert_record;--", keys: ['a/stale/vpn:status', 'b'] });
  const bare = record({ profile: 'Plant', keys: [], detail: null, delivery: null, kind: 'fired' });
  expect([store.alerts.add(lab, full), store.alerts.add(plant, bare)]).toEqual([1, 2]);
  again();
  const both = [
    { id: 2, ...bare },
    { id: 1, ...full },
  ];
  expect(store.alerts.list(null, 2)).toEqual({ records: both, more: false });
  expect(store.alerts.list(null, 1)).toEqual({ records: both.slice(0, 1), more: true });
  expect(store.alerts.list(2, 5)).toEqual({ records: both.slice(1), more: false });
  expect(store.alerts.list(1, 5)).toEqual({ records: [], more: false });
});

test('of a message it can be said later what became of it', () => {
  const id = store.alerts.add(lab, record({ delivery: 'Notification' }));
  store.alerts.add(lab, record({ delivery: 'Toast' }));
  store.alerts.deliver(id, 'Notification; shown');
  expect(store.alerts.list(null, 2).records.map(({ delivery }) => delivery)).toEqual([
    'Toast',
    'Notification; shown',
  ]);
});

test('each profile has one state, which is replaced', () => {
  expect(store.alerts.state(lab, schema)).toBeNull();
  store.alerts.setState(lab, { firing: ['a'] });
  store.alerts.setState(plant, { firing: [] });
  store.alerts.setState(lab, { firing: ['b', 'c'] });
  again();
  expect(store.alerts.state(lab, schema)).toEqual({ firing: ['b', 'c'] });
  expect(store.alerts.states(schema)).toEqual([
    { profileId: lab, state: { firing: ['b', 'c'] } },
    { profileId: plant, state: { firing: [] } },
  ]);
  expect(bed.count('alert_state')).toBe(2);
  expect(bed.told).toEqual([]);
});

test.each(['{"firing":', 'null', '{"firing":[1]}', ''])(
  'a state that reads %j is none, and told once; the others are as they were',
  (text) => {
    store.alerts.setState(lab, { firing: [] });
    store.alerts.setState(plant, { firing: ['a'] });
    bed.inFile((database) =>
      database.prepare('UPDATE alert_state SET state = ? WHERE profile = 1').run(text),
    );
    expect(store.alerts.state(lab, schema)).toBeNull();
    expect(store.alerts.states(schema)).toEqual([{ profileId: plant, state: { firing: ['a'] } }]);
    expect(bed.told.map(({ id }) => id)).toEqual(['history:alert-state']);
    store.alerts.setState(lab, { firing: ['b'] });
    expect(store.alerts.state(lab, schema)).toEqual({ firing: ['b'] });
  },
);

test('keys that are damaged cost the record nothing else', () => {
  store.alerts.add(lab, record({ title: 'A' }));
  store.alerts.add(lab, record({ title: 'B' }));
  bed.inFile((database) => database.exec(`UPDATE alert_record SET keys = '[1, "k"' WHERE id = 1`));
  bed.inFile((database) => database.exec(`UPDATE alert_record SET keys = '[1, "k"]' WHERE id = 2`));
  expect(store.alerts.list(null, 2).records.map(({ title, keys }) => [title, keys])).toEqual([
    ['B', ['k']],
    ['A', []],
  ]);
});

test('kinds that only a later release knows are not answered', () => {
  store.alerts.add(lab, record({ title: 'known' }));
  store.alerts.add(lab, record({ title: 'unknown' }));
  bed.inFile((database) => database.exec(`UPDATE alert_record SET kind = 'escalated' WHERE id = 2`));
  expect(store.alerts.list(null, 9).records.map(({ title }) => title)).toEqual(['known']);
});

test('goes with the events’ days, the oldest of too many, and with the profile', async () => {
  store.alerts.add(lab, record({ title: 'old' }));
  store.alerts.add(plant, record({ title: 'new', at: start + 8 * day }));
  store.alerts.setState(lab, { firing: [] });
  await bed.clock.advance(8 * day);
  store.prune({ ...retention, eventDays: 7 });
  expect(store.alerts.list(null, 9).records.map(({ title }) => title)).toEqual(['new']);
  store.forget(plant);
  expect(store.alerts.list(null, 9).records).toEqual([]);
  expect(store.alerts.state(lab, schema)).toEqual({ firing: [] });
  store.forget(lab);
  expect(store.alerts.states(schema)).toEqual([]);
  expect(store.alerts.add(lab, record())).toBe(3);

  bed.inFile((database) =>
    database.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO alert_record (profile, at, name, kind, severity, keys, title)
      SELECT 1, ${start + 8 * day}, 'Lab', 'fired', 'bad', '[]', i FROM n`),
  );
  store.prune(retention);
  expect(bed.count('alert_record')).toBe(20_000);
});

/** A file as the release before alerts left it, with one tick and one event of one profile. */
const formatOne = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  CREATE TABLE profile (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
  CREATE TABLE sample_5s (profile INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (profile, at)) WITHOUT ROWID;
  CREATE TABLE sample_1m (profile INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (profile, at)) WITHOUT ROWID;
  CREATE TABLE sample_15m (profile INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (profile, at)) WITHOUT ROWID;
  CREATE TABLE request (
    id INTEGER PRIMARY KEY, profile INTEGER NOT NULL, at INTEGER NOT NULL, resource TEXT NOT NULL,
    ms REAL NOT NULL, outcome TEXT NOT NULL, calls INTEGER NOT NULL
  );
  CREATE INDEX request_profile_at ON request (profile, at);
  CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL,
    profile TEXT NOT NULL, subject TEXT, title TEXT NOT NULL, detail TEXT
  );
  CREATE INDEX event_at ON event (at);
  ALTER TABLE sample_5s ADD COLUMN hits NUMERIC;
  PRAGMA user_version = 1;
  INSERT INTO profile VALUES (5, '${lab}');
  INSERT INTO sample_5s (profile, at, hits) VALUES (5, ${start}, 7);
  INSERT INTO event (at, kind, severity, profile, title) VALUES (${start}, 'state', 'info', 'Lab', 'Back');`;

test('a file of format 1 keeps what is in it and gets the new tables', () => {
  store.close();
  rmSync(bed.file);
  bed.inFile((database) => database.exec(formatOne));
  store = bed.open();
  expect(store.of(lab).query({ from: start, to: start + second, points: 1 }).series.hits).toEqual([7]);
  expect(store.listEvents(everything).events.map(({ title }) => title)).toEqual(['Back']);
  expect(store.alerts.add(lab, record())).toBe(1);
  store.alerts.setState(lab, { firing: ['a'] });
  again();
  expect(store.alerts.state(lab, schema)).toEqual({ firing: ['a'] });
  expect(bed.inFile((database) => database.prepare('PRAGMA user_version').get())).toEqual({
    user_version: 3,
  });
  expect(bed.told).toEqual([]);
});

test('where nothing can be written, ids differ and nothing throws', () => {
  store.close();
  expect([store.alerts.add(lab, record()), store.alerts.add(lab, record())]).toEqual([-1, -2]);
  store.alerts.deliver(-1, 'Toast');
  store.alerts.setState(lab, {});
  expect(store.alerts.state(lab, schema)).toBeNull();
  expect(store.alerts.states(schema)).toEqual([]);
  expect(store.alerts.list(null, 5)).toEqual({ records: [], more: false });
});
