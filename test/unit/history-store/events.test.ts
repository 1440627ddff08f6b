import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { EventQuery } from '../../../shared/contract/events.ts';
import { day, event, everything, HistoryBed, minute, retention, start } from './history-bed.ts';

let bed: HistoryBed;
let store: HistoryStore;
beforeEach(() => {
  bed = new HistoryBed();
  store = bed.open();
});
afterEach(() => bed.remove());

function titles(query: Partial<EventQuery> = {}): string[] {
  return store.listEvents({ ...everything, ...query }).events.map(({ title }) => title);
}

test('an event comes back as it was, also in the next run', () => {
  const full = event({ severity: 'bad', detail: "Robert'); DROP TABLE event;--", title: 'Grüße 🚦' });
  const bare = event({ subject: null, detail: null });
  const ids = [store.addEvent(full), store.addEvent(bare)];
  expect(ids).toEqual([1, 2]);
  store.close();
  store = bed.open();
  expect(store.latestEvents(20)).toEqual([
    { id: 2, ...bare },
    { id: 1, ...full },
  ]);
});

test('newest first, page by page, each event once', () => {
  for (let n = 1; n <= 7; n += 1) store.addEvent(event({ title: `${n}`, at: start + n }));
  const first = store.listEvents({ ...everything, limit: 3 });
  expect([first.events.map(({ title }) => title), first.more]).toEqual([['7', '6', '5'], true]);
  const second = store.listEvents({ ...everything, limit: 3, before: first.events.at(-1)?.id ?? null });
  expect([second.events.map(({ title }) => title), second.more]).toEqual([['4', '3', '2'], true]);
  const last = store.listEvents({ ...everything, limit: 3, before: second.events.at(-1)?.id ?? null });
  expect([last.events.map(({ title }) => title), last.more]).toEqual([['1'], false]);
  expect(store.listEvents({ ...everything, limit: 7 }).more).toBe(false);
  expect(store.latestEvents(2).map(({ title }) => title)).toEqual(['7', '6']);
});

test('filters by kind, severity and time, alone and together', () => {
  store.addEvent(event({ title: 'a', kind: 'state', severity: 'bad', at: start }));
  store.addEvent(event({ title: 'b', kind: 'clear', severity: 'info', at: start + minute }));
  store.addEvent(event({ title: 'c', kind: 'vpn', severity: 'bad', at: start + 2 * minute }));
  expect(titles({ kinds: ['clear', 'vpn'] })).toEqual(['c', 'b']);
  expect(titles({ kinds: [] })).toEqual([]);
  expect(titles({ severities: ['bad'] })).toEqual(['c', 'a']);
  expect(titles({ from: start + minute })).toEqual(['c', 'b']);
  expect(titles({ to: start + minute })).toEqual(['b', 'a']);
  expect(titles({ from: start + 1, to: start + minute, severities: ['info'], kinds: ['clear'] })).toEqual([
    'b',
  ]);
  expect(titles({ from: start + 1, to: start + minute, severities: ['bad'] })).toEqual([]);
});

test.each([
  ['ENGINE', ['engine 4 of 50 % left', 'Engine back']],
  ['engine back', ['Engine back']],
  ['%', ['engine 4 of 50 % left']],
  ['_', ['under_score']],
  ['grÜSSE', ['Schöne Grüsse']],
  ['hamburg', ['Engine back']],
  ['VPN:status', ['under_score']],
  ['the detail', ['Schöne Grüsse']],
  ["o'hara \\", []],
  ['backLab', []],
])(
  'searches title, detail, subject and profile for %j as it is written, in capitals or not',
  (search, found) => {
    store.addEvent(event({ title: 'engine 4 of 50 % left', profile: 'Lab', subject: null }));
    store.addEvent(event({ title: 'under_score', subject: 'vpn:status' }));
    store.addEvent(event({ title: 'Schöne Grüsse', subject: null, detail: 'The Detail' }));
    store.addEvent(event({ title: 'Engine back', subject: null, profile: 'Hamburg' }));
    expect(titles({ search }).toSorted()).toEqual([...found].toSorted());
  },
);

test('marks: the newest of the wanted kinds in a range, oldest first', () => {
  for (let n = 0; n < 5; n += 1)
    store.addEvent(event({ kind: 'refresh', title: `${n}`, at: start + n * minute }));
  store.addEvent(event({ kind: 'settings', at: start + minute }));
  expect(store.marks(start + minute, start + 3 * minute, ['refresh', 'clear'], 2)).toEqual([
    { at: start + 2 * minute, kind: 'refresh', label: '2' },
    { at: start + 3 * minute, kind: 'refresh', label: '3' },
  ]);
  expect(store.marks(start, start + day, [], 200)).toEqual([]);
});

test('kinds and severities that only a later release knows are not answered', () => {
  store.addEvent(event({ title: 'known' }));
  bed.inFile((database) => {
    const sql = 'INSERT INTO event (at, kind, severity, profile, title) VALUES (?, ?, ?, ?, ?)';
    database.prepare(sql).run(start, 'telepathy', 'info', 'Lab', 'unknown kind');
    database.prepare(sql).run(start, 'state', 'apocalyptic', 'Lab', 'unknown severity');
  });
  expect(titles()).toEqual(['known']);
  expect(store.marks(start, start, ['state'], 9).map(({ label }) => label)).toContain('known');
});

test('events go after their days, and the oldest of more than 100 000', async () => {
  bed.inFile((database) => {
    database.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100003)
      INSERT INTO event (at, kind, severity, profile, title)
      SELECT ${start} + i, 'state', 'info', 'Lab', i FROM n`);
  });
  store.prune(retention);
  expect(bed.count('event')).toBe(100_000);
  expect(store.listEvents({ ...everything, before: 5 }).events.map(({ id }) => id)).toEqual([4]);

  await bed.clock.advance(7 * day + 100_001);
  store.prune({ ...retention, eventDays: 7 });
  expect(titles()).toEqual(['100003', '100002', '100001']);
  expect(store.addEvent(event())).toBe(100_004);
});

test('an id is not given twice, even if all events are gone', async () => {
  store.addEvent(event());
  await bed.clock.advance(100 * day);
  store.prune(retention);
  expect(store.latestEvents(20)).toEqual([]);
  expect(store.addEvent(event())).toBe(2);
});
