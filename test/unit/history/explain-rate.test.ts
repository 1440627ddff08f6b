import { expect, test } from 'vitest';
import { explainRate } from '../../../electron/core/history/explain-rate.ts';

const facts = {
  paused: false,
  refreshAhead: true,
  pollMs: 5000,
  ttls: [3000, 2000, 3000],
  leadMs: 530,
  failing: [],
  lookups: 36,
};

test.each([
  ['paused', { paused: true, lookups: 0 }, 'Polling is paused: nothing is looked up, so there is no rate.'],
  ['nobody asks', { lookups: 0 }, 'No page has asked for anything in the last minute, so there is no rate.'],
  [
    'failing',
    { failing: ['vpn:status' as const] },
    'A source is failing: its last good value is served while it backs off, and that does not count as a hit.',
  ],
  [
    'refresh ahead',
    {},
    'Refresh ahead loads about 0.5 s before each 5 s poll, so polls find a fresh value. Without it one page would get 0 %, because a TTL of 2–3 s is shorter than the 5 s poll.',
  ],
  [
    'refresh ahead with a TTL above the poll',
    { ttls: [8000] },
    'Refresh ahead loads about 0.5 s before each 5 s poll that a value would not outlive, so polls find a fresh value. Without it pages hit only within the TTL of 8 s after a load.',
  ],
  [
    'plain TTL',
    { refreshAhead: false, ttls: [3000, 3000] },
    'Refresh ahead is off: one page would get 0 %, because a TTL of 3 s is shorter than the 5 s poll. Further pages polling at the same moment share one load.',
  ],
  [
    'a TTL above the poll',
    { refreshAhead: false, ttls: [8000] },
    'Refresh ahead is off: pages hit only within the TTL of 8 s after a load. Further pages polling at the same moment share one load.',
  ],
])('%s', (_case, change, sentence) => {
  expect(explainRate({ ...facts, ...change })).toBe(sentence);
});
