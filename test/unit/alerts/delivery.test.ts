import { beforeEach, expect, test } from 'vitest';
import { Delivery } from '../../../electron/core/alerts/delivery.ts';
import type { Telling } from '../../../electron/core/alerts/delivery.ts';
import { openHistoryStore } from '../../../electron/core/history/store/history-store.ts';
import type { HistoryStore } from '../../../electron/core/history/store/history-store.ts';
import { silentLog } from '../../../electron/core/log.ts';
import { Redactor } from '../../../electron/core/logs/redact.ts';
import { defaultSettings } from '../../../electron/core/settings/values.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import type { AlertMessage } from '../../../shared/contract/alerts.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const profile = { id: 'lab', name: 'Lab' };
const telling: Telling = {
  kind: 'firing',
  severity: 'attention',
  title: 'VPN status is stale',
  body: 'Last good value 50 s ago.',
  keys: ['lab/stale/vpn:status'],
  tag: 'lab/stale/vpn:status',
  route: '#/alerts',
};

let clock: FakeClock;
let history: HistoryStore;
let redactor: Redactor;
let settings: typeof defaultSettings;
let delivery: Delivery;
let heard: AlertMessage[];

beforeEach(() => {
  clock = new FakeClock();
  history = openHistoryStore({ folder: null, clock, problems: new Problems(clock), log: silentLog });
  redactor = new Redactor();
  settings = defaultSettings;
  heard = [];
  delivery = new Delivery({
    clock,
    settings: () => settings,
    history: history.alerts,
    clean: (text) => redactor.clean(text),
  });
  delivery.onMessage((message) => heard.push(message));
});

function deliveries(): (string | null)[] {
  return history.alerts.list(null, 200).records.map((record) => record.delivery);
}

test('nobody looks: a notification of the system; in the history and in the feed', () => {
  delivery.send(telling, profile, false);
  const message = {
    ...telling,
    id: 1,
    at: clock.wall(),
    way: 'system',
    why: null,
    sound: false,
    outcome: null,
  };
  expect(heard).toEqual([message]);
  expect(delivery.messages.value).toEqual([message]);
  expect(history.alerts.list(null, 2).records).toEqual([
    {
      id: 1,
      at: clock.wall(),
      profile: 'Lab',
      kind: 'message',
      severity: 'attention',
      keys: telling.keys,
      title: telling.title,
      detail: telling.body,
      delivery: 'System notification',
    },
  ]);
});

test('someone looks at a page: a toast there', () => {
  delivery.presence.say('page', true);
  delivery.send(telling, profile, false);
  expect(heard).toMatchObject([{ way: 'toast', why: null }]);
  expect(deliveries()).toEqual(['Shown in the window']);
});

test('what is told in the window only never is a notification of the system, nor shown where nobody looks', () => {
  delivery.send(telling, profile, true);
  const why = 'This rule is told in the window only, and nobody looked at it.';
  expect(heard).toMatchObject([{ way: 'none', why }]);
  expect(deliveries()).toEqual([`Not shown. ${why}`]);
  delivery.presence.say('page', true);
  delivery.send(telling, profile, true);
  expect(heard.at(-1)).toMatchObject({ way: 'toast', why: null });
});

test('system notifications switched off, sound switched on: both count from the next message on', () => {
  settings = { ...settings, systemNotifications: false, notificationSound: true };
  delivery.send(telling, profile, false);
  expect(heard).toMatchObject([{ way: 'none', sound: true }]);
  expect(deliveries()).toEqual([
    'Not shown. System notifications are switched off, and nobody looked at the window.',
  ]);
});

test('a test goes out as a notification of the system whatever the settings say and whoever looks', () => {
  settings = { ...settings, systemNotifications: false };
  delivery.presence.say('page', true);
  delivery.test(profile);
  expect(heard).toMatchObject([{ kind: 'test', way: 'system', keys: [] }]);
});

test('what became of a notification is said in the history; of several pages one that showed it wins', () => {
  delivery.send(telling, profile, false);
  delivery.delivered(1, 'no-permission');
  expect(deliveries()).toEqual(['System notification: the browser does not permit it']);
  delivery.delivered(1, 'shown');
  delivery.delivered(1, 'failed');
  expect(deliveries()).toEqual(['System notification: shown']);
  expect(delivery.messages.value).toMatchObject([{ id: 1, outcome: 'shown' }]);
});

test('a message that was sent another way, or never, has no outcome', () => {
  delivery.presence.say('page', true);
  delivery.send(telling, profile, false);
  for (const id of [1, 2, -1]) delivery.delivered(id, 'shown');
  expect(deliveries()).toEqual(['Shown in the window']);
});

test('the last 50 are kept, their ids rise', () => {
  for (let n = 0; n < 60; n += 1) delivery.send(telling, profile, false);
  expect(delivery.messages.value.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => n + 11));
  delivery.delivered(10, 'shown');
  delivery.delivered(11, 'shown');
  const shown = history.alerts
    .list(null, 200)
    .records.filter((record) => record.delivery?.endsWith(': shown'));
  expect(shown.map(({ id }) => id)).toEqual([11]);
});

test('carries no secret, and no more than the contract allows', () => {
  redactor.add('key-of-the-lab');
  delivery.send(
    {
      ...telling,
      title: `The server says key-of-the-lab ${'x'.repeat(200)}`,
      body: `key-of-the-lab ${'y'.repeat(600)}`,
    },
    profile,
    false,
  );
  expect(JSON.stringify([heard, history.alerts.list(null, 9)])).not.toContain('key-of-the-lab');
  expect([heard[0]?.title.length, heard[0]?.body.length]).toEqual([120, 500]);
});

test('a listener that stopped hears nothing more', () => {
  const stop = delivery.onMessage((message) => heard.push(message));
  stop();
  delivery.send(telling, profile, false);
  expect(heard).toHaveLength(1);
});
