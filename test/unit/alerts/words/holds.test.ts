import { expect, test } from 'vitest';
import { alertHolds } from '../../../../shared/model/alerts.ts';
import type { AlertHold } from '../../../../shared/model/alerts.ts';
import type { Transition } from '../../../../electron/core/alerts/types.ts';
import { holdText, withheldText } from '../../../../electron/core/alerts/words/holds.ts';
import { silenceTitle } from '../../../../electron/core/alerts/words/names.ts';
import { recordText } from '../../../../electron/core/alerts/words/record.ts';
import { aheadSpan, plainSpan } from '../../../../electron/core/alerts/words/spans.ts';
import { reading } from '../../../support/readings.ts';
import { vpn } from '../../../support/watch-bed.ts';
import { factsOf, failed, hour, minute, now, second, sourcesOf } from './words-bed.ts';

const hold = { parent: 'unreachable', flapCalm: 15 * minute, timeOfDay: sourcesOf().timeOfDay } as const;

test.each<[AlertHold, number | null, string]>([
  ['inhibited', null, 'Backend is not answering: told there'],
  ['snoozed', now, 'Snoozed until 14:03'],
  ['snoozed', null, 'Snoozed until it recovers'],
  ['quiet-hours', Date.UTC(2030, 0, 2, 7), 'Quiet hours until 07:00'],
  ['quiet-hours', null, 'Quiet hours'],
  ['unstable', null, 'Unstable: quiet until it holds still for 15 min'],
  ['rate-limit', now, 'Many at once: told in a digest at 14:03'],
  ['rate-limit', null, 'Many at once: told in a digest'],
  ['paused', null, 'Paused: not judged'],
  ['offline', null, 'Computer is offline: not judged'],
  ['input-stale', null, 'Unknown: input stale'],
  ['not-watched', null, 'Not watched: another profile is connected'],
])('held by %s until %s: %s', (by, until, words) => {
  expect(holdText({ ...hold, by, until })).toBe(words);
});

test('what follows from the VPN is told with it', () => {
  expect(holdText({ ...hold, by: 'inhibited', until: null, parent: 'vpn-down' })).toBe(
    'VPN is disconnected: told there',
  );
});

test('every reason to withhold has its own sentence', () => {
  const sentences = [...alertHolds, 'over' as const, 'off' as const].map(withheldText);
  expect(new Set(sentences).size).toBe(alertHolds.length + 2);
  for (const sentence of sentences) expect(sentence).toMatch(/^(It|Its|Polling|The computer|Held) .+\.$/u);
});

const transition: Transition = {
  at: now,
  key: 'p/stale/vpn:status',
  rule: 'stale',
  kind: 'fired',
  why: null,
  message: null,
  since: now - 6 * minute - 27 * second,
  until: now - 15 * second,
};
const stale = factsOf({
  vpn: reading(vpn(), { age: 50 * second, loadedAt: now - 50 * second, failure: failed() }),
});

test.each<[string, Partial<Transition>, ReturnType<typeof recordText>]>([
  [
    'fired',
    {},
    {
      title: 'VPN status is stale',
      detail: 'Last good value 50 s ago (14:02:15). Last 4 tries failed: timeout. Showing the old value.',
      severity: 'attention',
    },
  ],
  [
    'resolved',
    { kind: 'resolved' },
    { title: 'VPN status is live again', detail: 'Was stale for 6 min 12 s.', severity: 'info' },
  ],
  [
    'switched off',
    { kind: 'resolved', why: 'off' },
    { title: 'VPN status is stale', detail: 'Ended: it is not watched for any more.', severity: 'info' },
  ],
  [
    'withheld',
    { kind: 'withheld', why: 'over', message: 'firing' },
    { title: 'VPN status is stale', detail: 'It was over before.', severity: 'attention' },
  ],
  [
    'a recovery held',
    { kind: 'withheld', why: 'quiet-hours', message: 'recovered' },
    { title: 'VPN status is live again', detail: 'Held until the quiet hours end.', severity: 'info' },
  ],
  [
    'a reminder',
    { kind: 'withheld', why: 'snoozed', message: 'still' },
    { title: 'VPN status still stale', detail: 'It was snoozed.', severity: 'attention' },
  ],
  [
    'instability',
    { kind: 'withheld', why: 'inhibited', message: 'unstable' },
    {
      title: 'VPN status is unstable',
      detail: 'It is part of what was told.',
      severity: 'attention',
    },
  ],
  [
    'its end',
    { kind: 'withheld', why: 'rate-limit', message: 'settled' },
    { title: 'VPN status has settled', detail: 'Held for a digest: many at once.', severity: 'attention' },
  ],
])('history: %s', (_, change, record) => {
  expect(recordText({ ...transition, ...change }, sourcesOf(stale))).toEqual(record);
});

test('history of a key that an older version wrote', () => {
  expect(recordText({ ...transition, key: 'of/old' }, sourcesOf(stale))).toEqual({
    title: 'A source is stale',
    detail: null,
    severity: 'attention',
  });
});

test.each([
  ['*', 'All alerts'],
  ['p/stale/vpn:status', 'VPN status is stale'],
  ['p/vpn-down/orchestrator', 'VPN is down'],
  ['x'.repeat(300), 'x'.repeat(160)],
])('a silence of %s', (key, title) => {
  expect(silenceTitle(key)).toBe(title);
});

test('spans without what is nought', () => {
  expect([30 * second, 90 * second, minute, 5 * minute, hour, 1.5 * hour].map(plainSpan)).toEqual([
    '30 s',
    '90 s',
    '1 min',
    '5 min',
    '1 h',
    '1 h 30 min',
  ]);
  expect([-1, 59 * second, hour - 5 * second, 2 * hour + 20 * second].map(aheadSpan)).toEqual([
    '0 s',
    '59 s',
    '1 h',
    '2 h',
  ]);
});
