import { describe, expect, test } from 'vitest';
import { messageText, testText } from '../../../../electron/core/alerts/words/message.ts';
import type { MessageText } from '../../../../electron/core/alerts/words/message.ts';
import type { Outgoing, OutgoingItem } from '../../../../electron/core/alerts/types.ts';
import type { AlertFacts } from '../../../../electron/core/alerts/words/facts.ts';
import { reading } from '../../../support/readings.ts';
import { orchestrator, vpn } from '../../../support/watch-bed.ts';
import { totals } from '../rules/rule-bed.ts';
import {
  factsOf,
  failed,
  hour,
  itemOf,
  minute,
  now,
  outgoingOf,
  refused,
  second,
  sourcesOf,
  staleItem,
} from './words-bed.ts';

function text(
  items: readonly OutgoingItem[],
  facts: AlertFacts | null = factsOf(),
  rest: Partial<Outgoing> = {},
): MessageText {
  return messageText(outgoingOf(items, rest), sourcesOf(facts));
}

const staleVpn = reading(vpn(), { age: 50 * second, loadedAt: now - 50 * second, failure: failed() });
const oldTotals = reading(totals, { age: 48 * second, failure: failed() });
const oldStatus = reading(orchestrator('healthy'), { age: 51 * second, failure: failed() });
const sevenEngines = {
  ...orchestrator('degraded'),
  engines: { total: 7, running: 7, healthy: 7, unhealthy: 0 },
};
const down = reading(vpn({ connected: false }), { age: 4 * second, observedAt: now - 9 * second });
const silent = { age: 30 * second, failure: refused() };

interface Row {
  readonly event: string;
  readonly items: readonly OutgoingItem[];
  readonly facts?: AlertFacts;
  readonly rest?: Partial<Outgoing>;
  readonly title: string;
  readonly body: string;
  readonly severity: MessageText['severity'];
}

const back = itemOf('unreachable', { kind: 'recovered', state: null, lasted: 12 * minute });

/** The table of INTERFACE, 6, with the names the sources have here. */
const rows: readonly Row[] = [
  {
    event: 'source stale',
    items: [itemOf('stale')],
    facts: factsOf({ vpn: staleVpn }),
    title: 'VPN status is stale',
    body: 'Last good value 50 s ago (14:02:15). Last 4 tries failed: timeout. Showing the old value.',
    severity: 'attention',
  },
  {
    event: 'source never loaded',
    items: [itemOf('stale')],
    facts: factsOf({ vpn: reading<never>(null, { failure: refused(9) }) }, { watchedFor: 50 * second }),
    title: 'No data yet from VPN status',
    body: 'Nothing received for 50 s. Last 9 tries failed: connection refused.',
    severity: 'attention',
  },
  {
    event: 'grouped',
    items: [staleItem('stats:total'), staleItem('orchestrator:status')],
    facts: factsOf({ totals: oldTotals, orchestrator: oldStatus }),
    title: '2 sources are stale',
    body: 'Engine totals (48 s), orchestrator status (51 s). VPN status is still live.',
    severity: 'attention',
  },
  {
    event: 'grouped, none live',
    items: [staleItem('stats:total'), staleItem('orchestrator:status'), staleItem('vpn:status')],
    facts: factsOf({ totals: oldTotals, orchestrator: oldStatus, vpn: reading<never>(null) }),
    title: '3 sources are stale',
    body: 'Engine totals (48 s), orchestrator status (51 s), VPN status (no data yet). Showing the old values.',
    severity: 'attention',
  },
  {
    event: 'grouped, never any value',
    items: [staleItem('stats:total'), staleItem('orchestrator:status'), staleItem('vpn:status')],
    facts: factsOf({
      totals: reading<never>(null),
      orchestrator: reading<never>(null),
      vpn: reading<never>(null),
    }),
    title: '3 sources are stale',
    body: 'Engine totals (no data yet), orchestrator status (no data yet), VPN status (no data yet).',
    severity: 'attention',
  },
  {
    event: 'backend down',
    items: [itemOf('unreachable')],
    facts: factsOf({
      totals: reading(totals, { ...silent, age: 31 * second }),
      orchestrator: reading(orchestrator('healthy'), silent),
      vpn: reading(vpn(), { ...silent, age: 33 * second }),
    }),
    title: 'Orchestrator is not answering',
    body: 'No reply from home-lab for 30 s (connection refused). 3 sources affected; one notice for all.',
    severity: 'bad',
  },
  {
    event: 'still',
    items: [
      itemOf('stale', {
        kind: 'still',
        lasted: 31 * minute + 20 * second,
        reminder: 1,
        nextReminderAt: now + hour - 5 * second,
      }),
    ],
    title: 'VPN status still stale (31 min)',
    body: 'Reminder 1 of 5. Next in 1 h. Snooze / Open.',
    severity: 'attention',
  },
  {
    event: 'still, the last',
    items: [itemOf('vpn-down', { kind: 'still', lasted: 11.5 * hour, reminder: 5 })],
    title: 'VPN still disconnected (11 h 30 min)',
    body: 'Reminder 5 of 5. It is the last. Snooze / Open.',
    severity: 'bad',
  },
  {
    event: 'recovered',
    items: [itemOf('stale', { kind: 'recovered', state: null, lasted: 6 * minute + 12 * second })],
    title: 'VPN status is live again',
    body: 'Was stale for 6 min 12 s.',
    severity: 'info',
  },
  {
    event: 'recovered, several',
    items: [
      staleItem('stats:total', { kind: 'recovered', state: null, lasted: 6 * minute + 12 * second }),
      staleItem('orchestrator:status', { kind: 'recovered', state: null, lasted: 40 * second }),
    ],
    title: '2 sources are live again',
    body: 'Engine totals, orchestrator status. Were stale for up to 6 min 12 s.',
    severity: 'info',
  },
  {
    event: 'recovered, part',
    items: [back, staleItem('stats:total', { lasted: 12 * minute })],
    title: 'Orchestrator answers again',
    body: 'Down 12 min. Engine totals are still stale (12 min).',
    severity: 'attention',
  },
  {
    event: 'recovered, part, another rule and another recovery',
    items: [
      back,
      itemOf('vpn-down', { lasted: 12 * minute }),
      staleItem('vpn:status', { kind: 'recovered', state: null }),
    ],
    title: 'Orchestrator answers again',
    body: 'Down 12 min. VPN still disconnected (12 min). VPN status is live again.',
    severity: 'bad',
  },
  {
    event: 'unstable',
    items: [itemOf('stale', { kind: 'unstable', changes: 5 })],
    title: 'VPN status is unstable',
    body: 'Third change in 15 min. Quiet until it holds still for 15 min.',
    severity: 'attention',
  },
  {
    event: 'settled',
    items: [itemOf('stale', { kind: 'settled', state: null, changes: 7 })],
    title: 'VPN status has settled',
    body: 'Live for 15 min after 7 changes.',
    severity: 'info',
  },
  {
    event: 'settled, not well',
    items: [itemOf('vpn-down', { kind: 'settled', state: 'firing', changes: 5 })],
    title: 'VPN has settled',
    body: 'Disconnected for 15 min after 5 changes.',
    severity: 'bad',
  },
  {
    event: 'value rule',
    items: [itemOf('vpn-down')],
    facts: factsOf({ vpn: down, orchestrator: reading(sevenEngines) }),
    title: 'VPN disconnected',
    body: 'Reported by orchestrator 4 s ago; checked 9 s ago. 7 engines behind it.',
    severity: 'bad',
  },
  {
    event: 'session',
    items: [itemOf('session-expiring')],
    facts: factsOf({ sessions: { sessions: 3, calls: 9 } }),
    title: '3 sessions expire within 1 h',
    body: 'Refresh now to avoid 9 slow calls.',
    severity: 'attention',
  },
  {
    event: 'digest',
    items: [
      itemOf('stale'),
      itemOf('vpn-down', { state: 'recovering' }),
      itemOf('not-moving'),
      itemOf('unreachable', { kind: 'recovered', state: null }),
    ],
    rest: { kind: 'digest', held: 'quiet-hours' },
    title: '4 alerts while notifications were held',
    body: '3 still active, 1 recovered. Open Alerts.',
    severity: 'bad',
  },
  {
    event: 'digest of one that is over',
    items: [itemOf('stale', { kind: 'recovered', state: null })],
    rest: { kind: 'digest', held: 'rate-limit' },
    title: '1 alert while notifications were held',
    body: '1 recovered. Open Alerts.',
    severity: 'info',
  },
];

test.each(rows)('$event', ({ items, facts, rest, title, body, severity }) => {
  const message = text(items, facts ?? factsOf(), rest);
  expect({ title: message.title, body: message.body, severity: message.severity }).toEqual({
    title,
    body,
    severity,
  });
  expect(message.title.length).toBeLessThanOrEqual(45);
  expect(message.keys).toEqual(items.map(({ key }) => key));
});

test.each([
  ['vpn-emergency', 'VPN runs in emergency mode'],
  ['engines-unhealthy', 'Engines are unhealthy'],
  ['provisioning-blocked', 'Provisioning is blocked'],
  ['not-moving', 'Engine numbers do not move'],
  ['hit-rate-low', 'Hit rate is low'],
] as const)('%s: "%s"', (rule, title) => {
  expect(text([itemOf(rule)]).title).toBe(title);
});

test.each([
  ['vpn-down', 'VPN connected again', 'Was disconnected for 5 min.'],
  ['vpn-emergency', 'VPN emergency mode is over', 'Lasted 5 min.'],
  ['engines-unhealthy', 'Engines are healthy again', 'Were unhealthy for 5 min.'],
  ['provisioning-blocked', 'Provisioning is possible again', 'Was blocked for 5 min.'],
  ['not-moving', 'Engine numbers move again', 'Stood still for 5 min.'],
  ['hit-rate-low', 'Hit rate is no longer low', 'Was low for 5 min.'],
] as const)('%s is over: "%s"', (rule, title, body) => {
  const over = itemOf(rule, { kind: 'recovered', state: null, lasted: 5 * minute });
  expect(text([over])).toMatchObject({ title, body, severity: 'info' });
});

test('a source whose name is a plural has its verbs', () => {
  const told = (rest: Partial<OutgoingItem>) => text([staleItem('stats:total', rest)]);
  expect(told({}).title).toBe('Engine totals are stale');
  expect(told({ kind: 'recovered', state: null, lasted: minute })).toMatchObject({
    title: 'Engine totals are live again',
    body: 'Were stale for 1 min.',
  });
  expect(told({ kind: 'unstable' }).title).toBe('Engine totals are unstable');
  expect(told({ kind: 'settled', state: null, changes: 7 }).title).toBe('Engine totals have settled');
  const facts = factsOf({ orchestrator: oldStatus, vpn: staleVpn });
  expect(text([staleItem('orchestrator:status'), staleItem('vpn:status')], facts).body).toMatch(
    /Engine totals are still live\.$/,
  );
});

describe('several rules at once', () => {
  test('the worst in full, the others by name', () => {
    const facts = factsOf({ vpn: down, orchestrator: reading(sevenEngines) });
    expect(text([itemOf('engines-unhealthy'), itemOf('vpn-down')], facts)).toMatchObject({
      title: 'VPN disconnected and 1 more',
      body: 'Reported by orchestrator 4 s ago; checked 9 s ago. 7 engines behind it. Engines are unhealthy.',
      severity: 'bad',
      tag: 'p/engines-unhealthy/orchestrator p/vpn-down/orchestrator',
    });
  });

  test('what fires goes before what is over; a long title stands alone', () => {
    const facts = factsOf({ vpn: staleVpn });
    const over = itemOf('vpn-down', { kind: 'recovered', state: null });
    expect(text([over, itemOf('stale')], facts)).toMatchObject({
      title: 'VPN status is stale and 1 more',
      body: expect.stringMatching(/VPN connected again\.$/u) as string,
      severity: 'attention',
    });
    const reminders = (['provisioning-blocked', 'not-moving'] as const).map((rule) =>
      itemOf(rule, { kind: 'still', lasted: 31 * minute, reminder: 1, nextReminderAt: now + hour }),
    );
    expect(text(reminders).title).toBe('Provisioning still blocked (31 min)');
    expect(text(reminders).body).toBe(
      'Reminder 1 of 5. Next in 1 h. Snooze / Open. Engine numbers still do not move (31 min).',
    );
  });
});

describe('tag and route', () => {
  test('a message about the same alert replaces the one before', () => {
    const tags = [
      text([itemOf('stale')]),
      text([itemOf('stale', { kind: 'recovered', state: null })]),
      text([itemOf('stale', { kind: 'unstable' })]),
    ].map(({ tag }) => tag);
    expect(new Set(tags)).toEqual(new Set(['p/stale/vpn:status']));
    const both = [staleItem('stats:total'), staleItem('vpn:status')];
    expect(text(both).tag).toBe(text(both.toReversed()).tag);
    expect(text(both).tag).toBe('p/stale/stats:total p/stale/vpn:status');
  });

  test('that a backend answers again replaces that it does not, whatever else it says', () => {
    expect(text([back, staleItem('stats:total')]).tag).toBe(text([itemOf('unreachable')]).tag);
  });

  test('a tag is short whatever the profile is called, and its own', () => {
    const long = 'x'.repeat(150);
    const items = (n: number): OutgoingItem[] =>
      ['a', 'b', 'c'].slice(0, n).map((end) => itemOf('stale', { key: `${long}${end}/stale/vpn:status` }));
    expect(text(items(3)).tag).toHaveLength(64);
    expect(text(items(3)).tag).not.toBe(text(items(2)).tag);
  });

  test('sessions lead to their page, all else to the alerts', () => {
    expect(text([itemOf('session-expiring')]).route).toBe('#/sessions');
    expect(text([itemOf('session-expiring'), itemOf('stale')]).route).toBe('#/alerts');
    expect(text([itemOf('stale')]).route).toBe('#/alerts');
    expect(text([itemOf('stale')], factsOf(), { kind: 'digest' })).toMatchObject({
      tag: 'digest',
      route: '#/alerts',
    });
  });

  test('the test notification is about no alert', () => {
    expect(testText()).toEqual({
      title: 'Test notification',
      body: 'Alerts arrive like this one. A click opens Cachedeck.',
      severity: 'info',
      tag: 'test',
      route: '#/alerts',
      keys: [],
    });
  });
});

test('of a profile that is not watched only its own name is told', () => {
  expect(text([itemOf('stale')], null)).toMatchObject({
    title: 'VPN status is stale',
    body: 'Its profile is not watched now.',
  });
  expect(text([staleItem('stats:total'), staleItem('vpn:status')], null).title).toBe('2 sources are stale');
});
