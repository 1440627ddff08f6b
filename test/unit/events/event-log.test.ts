import { beforeEach, expect, test } from 'vitest';
import type { EventQuery, LoggedEvent } from '../../../shared/contract/events.ts';
import { eventsContract } from '../../../shared/contract/events.ts';
import { eventKinds } from '../../../shared/model/events.ts';
import { EventLog } from '../../../electron/core/events/event-log.ts';
import { recordStart, recordStop } from '../../../electron/core/events/lifecycle.ts';
import { openHistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { silentLog } from '../../../electron/core/log.ts';
import { Redactor } from '../../../electron/core/logs/redact.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const everything: EventQuery = {
  kinds: null,
  severities: null,
  search: '',
  from: null,
  to: null,
  before: null,
  limit: 200,
};

let clock: FakeClock;
let store: HistoryStore;
let redactor: Redactor;
let profile: string;

beforeEach(() => {
  clock = new FakeClock();
  store = openHistoryStore({ folder: null, clock, problems: new Problems(clock), log: silentLog });
  redactor = new Redactor();
  profile = 'home-lab';
});

function openLog(): EventLog {
  return new EventLog({ clock, store, profileName: () => profile, clean: (text) => redactor.clean(text) });
}

function record(log: EventLog, title: string): void {
  log.record({ kind: 'clear', severity: 'info', title });
}

const titles = (events: readonly LoggedEvent[]): string[] => events.map(({ title }) => title);

test('an event is kept with its time, its profile and an id', () => {
  const log = openLog();
  log.record({
    kind: 'vpn',
    severity: 'bad',
    subject: 'vpn:status',
    title: 'VPN disconnected',
    detail: 'Since now.',
  });
  profile = 'other';
  record(log, 'Cache cleared: 2 entries');
  const { events, more } = log.list(everything);
  expect(more).toBe(false);
  expect(events).toEqual([
    expect.objectContaining({
      title: 'Cache cleared: 2 entries',
      profile: 'other',
      subject: null,
      detail: null,
    }),
    {
      id: expect.any(Number),
      at: clock.wall(),
      kind: 'vpn',
      severity: 'bad',
      profile: 'home-lab',
      subject: 'vpn:status',
      title: 'VPN disconnected',
      detail: 'Since now.',
    },
  ]);
  expect(log.list({ ...everything, kinds: ['vpn'], limit: 1 }).events).toHaveLength(1);
});

test('no text of an event carries a secret or an e-mail address', () => {
  redactor.add('hunter2-hunter2');
  profile = 'of hunter2-hunter2';
  const log = openLog();
  log.record({
    kind: 'action',
    severity: 'info',
    subject: 'hunter2-hunter2',
    title: 'Tried hunter2-hunter2',
    detail: 'Authorization: Bearer abc; by ann.smith@example.com',
  });
  expect(log.list(everything).events).toEqual([
    expect.objectContaining({
      profile: 'of •••',
      subject: '•••',
      title: 'Tried •••',
      detail: 'Authorization: •••',
    }),
  ]);
});

test('texts are cut to what the contract carries, after cleaning and never within a character', () => {
  redactor.add('s'.repeat(50));
  const log = openLog();
  log.record({
    kind: 'problem',
    severity: 'bad',
    title: `${'t'.repeat(180)}${'s'.repeat(50)}${'u'.repeat(80)}`,
    detail: `${'d'.repeat(998)}😀😀`,
  });
  const [event] = log.list(everything).events;
  expect(event?.title).toBe(`${'t'.repeat(180)}•••${'u'.repeat(16)}…`);
  expect(event?.detail).toBe(`${'d'.repeat(998)}\ufffd…`);
  expect(eventsContract['events.list'].output.safeParse(log.list(everything)).success).toBe(true);
});

test('the latest are the last 20, newest first, those of earlier runs included', () => {
  const before = openLog();
  for (let n = 0; n < 30; n += 1) record(before, `old ${n}`);
  const log = openLog();
  expect(titles(log.latest.value)).toEqual(Array.from({ length: 20 }, (_, n) => `old ${29 - n}`));
  record(log, 'new');
  expect(log.latest.value).toHaveLength(20);
  expect(titles(log.latest.value).slice(0, 2)).toEqual(['new', 'old 29']);
});

test('a first event is pushed at once, a burst once a second, and nothing without an event', async () => {
  const log = openLog();
  const pushes: string[][] = [];
  log.latest.subscribe(({ value }) => pushes.push(titles(value)));
  record(log, 'a');
  record(log, 'b');
  await clock.advance(400);
  record(log, 'c');
  await clock.advance(599);
  expect(pushes).toEqual([[], ['a']]);
  await clock.advance(1);
  expect(pushes).toEqual([[], ['a'], ['c', 'b', 'a']]);
  await clock.advance(5000);
  expect(pushes).toHaveLength(3);
  record(log, 'd');
  expect(pushes.at(-1)).toEqual(['d', 'c', 'b', 'a']);
  expect(clock.pending).toBe(1);
});

test('after its stop an event is kept but no timer is left', async () => {
  const log = openLog();
  record(log, 'a');
  log.stop();
  recordStop(log);
  expect(clock.pending).toBe(0);
  expect(titles(log.list(everything).events)).toEqual(['Cachedeck stopped', 'a']);
});

test('charts mark what explains a step, of their range, with the title as label', async () => {
  const log = openLog();
  const from = clock.wall();
  for (const kind of eventKinds) {
    log.record({ kind, severity: 'info', title: `title of ${kind}` });
    await clock.advance(1000);
  }
  const marks = log.marks(from, clock.wall());
  expect(marks.map(({ kind }) => kind).toSorted()).toEqual(
    ['clear', 'invalidate', 'refresh', 'pause', 'resume', 'sleep', 'start', 'vpn', 'profile'].toSorted(),
  );
  expect(marks.every(({ kind, label }) => label === `title of ${kind}`)).toBe(true);
  expect(log.marks(clock.wall(), clock.wall() + 1000)).toEqual([]);
});

test('a range with more than 200 marks answers the last 200', async () => {
  const log = openLog();
  const from = clock.wall();
  for (let n = 0; n < 205; n += 1) {
    record(log, `clear ${n}`);
    await clock.advance(10);
  }
  const marks = log.marks(from, clock.wall());
  expect(marks).toHaveLength(200);
  expect(marks.at(-1)?.label).toBe('clear 204');
});

test('a start tells version and host; after a run without a stop it says so', () => {
  recordStart(openLog(), { version: '1.2.3', host: 'browser' }, null);
  recordStop(openLog());
  recordStart(openLog(), { version: '1.2.3', host: 'desktop' }, null);
  record(openLog(), 'something else last');
  recordStart(openLog(), { version: '1.2.4', host: 'desktop' }, null);
  const { events } = openLog().list({ ...everything, kinds: ['start', 'stop'] });
  expect(events.map(({ kind, severity, title, detail }) => [kind, severity, title, detail])).toEqual([
    [
      'start',
      'attention',
      'Cachedeck started again; the last run ended without a stop',
      'Version 1.2.4, desktop app.',
    ],
    ['start', 'info', 'Cachedeck started', 'Version 1.2.3, desktop app.'],
    ['stop', 'info', 'Cachedeck stopped', null],
    ['start', 'info', 'Cachedeck started', 'Version 1.2.3, browser host.'],
  ]);
});
