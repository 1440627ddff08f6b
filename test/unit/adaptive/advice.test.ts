import { expect, test } from 'vitest';
import { advise } from '../../../electron/core/adaptive/advice.ts';
import type { AdviceFacts, ResourceFacts } from '../../../electron/core/adaptive/advice.ts';
import { minute, second } from './learning.ts';

const hour = 60 * minute;

/** A resource that nothing is to be said of. */
function resource(rest: Partial<ResourceFacts> = {}): ResourceFacts {
  return {
    key: 'stats:total',
    title: 'Engine totals',
    ttl: 3000,
    adaptive: false,
    loads: 1000,
    medianLoadMs: 40,
    asked: { lookups: 1000, hits: 1000, covered: 24 * hour },
    day: { pairs: 720, changes: 120, watchedMs: hour },
    ...rest,
  };
}

function facts(one: Partial<ResourceFacts> = {}, rest: Partial<AdviceFacts> = {}): AdviceFacts {
  return {
    pollMs: 5000,
    refreshAhead: true,
    resources: [resource(one)],
    cache: { entries: 10, maxEntries: 5000, bytes: 1000, maxBytes: 1_048_576, evictions: 0 },
    ...rest,
  };
}

const textsOf = (all: AdviceFacts): string[] => advise(all).map(({ text }) => text);

test('of what is well nothing is said', () => {
  expect(advise(facts())).toEqual([]);
});

const never = { lookups: 100, hits: 0, covered: 24 * hour };
const half = { refreshAhead: false };
const seldomHit = { lookups: 100, hits: 49, covered: 24 * hour };
const still = { pairs: 492, changes: 1, watchedMs: 41 * minute };

const cases: readonly (readonly [string, AdviceFacts, string])[] = [
  ['never hit', facts({ asked: never }), 'Engine totals: never hit in 24 h: TTL 3 s is below the 5 s poll.'],
  [
    'never hit, in what there is',
    facts({ asked: { ...never, covered: 3 * hour } }),
    'Engine totals: never hit in 3 h 00 min: TTL 3 s is below the 5 s poll.',
  ],
  [
    'never hit on the poll',
    facts({ asked: never, ttl: 5000 }),
    'Engine totals: never hit in 24 h: TTL 5 s is not above the 5 s poll.',
  ],
  [
    'never hit above the poll',
    facts({ asked: never, ttl: 6000 }),
    'Engine totals: never hit in 24 h: nobody asks again within the TTL of 6 s.',
  ],
  [
    'below the interval',
    facts({ asked: seldomHit }, half),
    'Engine totals: TTL 3 s is below the 5 s poll, so a page alone never hits; 49 % of 100 lookups did. ' +
      'Refresh ahead or a TTL above the poll would help.',
  ],
  [
    'unchanged on average',
    facts({ day: still }),
    'Engine totals: unchanged for 41 min on average; a TTL of 55.6 s instead of 3 s would spare most loads.',
  ],
  [
    'unchanged so far',
    facts({ day: { pairs: 60, changes: 0, watchedMs: 5 * minute } }),
    'Engine totals: unchanged for 5 min 0 s so far; a TTL of 25.6 s instead of 3 s would spare most loads.',
  ],
  [
    'unchanged for just long enough',
    facts({ day: { pairs: 60, changes: 0, watchedMs: 106 * second } }),
    'Engine totals: unchanged for 1 min 46 s so far; a TTL of 10.6 s instead of 3 s would spare most loads.',
  ],
  [
    'changes within the TTL',
    facts({ ttl: 10_600, day: { pairs: 60, changes: 54, watchedMs: hour } }),
    'Engine totals: another value at 54 of 60 loads; the TTL of 10.6 s hides changes.',
  ],
  [
    'changes within the poll',
    facts({ ttl: 3000, day: { pairs: 60, changes: 54, watchedMs: hour } }, { pollMs: 60_000 }),
    'Engine totals: another value at 54 of 60 loads: it changes faster than the 60 s poll shows. ' +
      'A shorter interval would show more.',
  ],
  [
    'slow to load',
    facts({ medianLoadMs: 1501 }),
    'Engine totals: a load takes 1.5 s, most of the TTL of 3 s; 11 s would load less often.',
  ],
];

test.each(cases)('%s', (_, all, text) => {
  expect(textsOf(all)).toEqual([text]);
});

const silent: readonly (readonly [string, AdviceFacts])[] = [
  ['never hit, of 99 lookups', facts({ asked: { ...never, lookups: 99 } })],
  ['never hit, in less than an hour', facts({ asked: { ...never, covered: hour - 1 } })],
  ['hit once', facts({ asked: { ...never, hits: 1 } })],
  ['seldom hit, with refresh ahead', facts({ asked: seldomHit })],
  ['seldom hit, of 99 lookups', facts({ asked: { ...seldomHit, lookups: 99 } }, half)],
  ['hit half the time', facts({ asked: { ...seldomHit, hits: 50 } }, half)],
  ['seldom hit, with the TTL on the poll', facts({ asked: seldomHit, ttl: 5000 }, half)],
  ['unchanged, of 59 pairs', facts({ day: { ...still, pairs: 59 } })],
  ['unchanged, and it adapts', facts({ day: still, adaptive: true })],
  ['unchanged for too short', facts({ day: { pairs: 60, changes: 0, watchedMs: 105 * second } })],
  ['unchanged, with a TTL that long', facts({ day: still, ttl: 30_000 })],
  ['changes, of 59 pairs', facts({ ttl: 10_600, day: { pairs: 59, changes: 59, watchedMs: hour } })],
  ['changes at 53 of 60', facts({ ttl: 10_600, day: { pairs: 60, changes: 53, watchedMs: hour } })],
  ['changes at each load of the shortest poll', facts({ day: { pairs: 60, changes: 60, watchedMs: hour } })],
  [
    'changes within the TTL, and it adapts',
    facts({ ttl: 10_600, adaptive: true, day: { pairs: 60, changes: 60, watchedMs: hour } }),
  ],
  ['slow, half the TTL', facts({ medianLoadMs: 1500 })],
  ['slow, of 19 loads', facts({ medianLoadMs: 2000, loads: 19 })],
  ['slow, and it adapts', facts({ medianLoadMs: 2000, adaptive: true })],
  ['slow, and never fresh', facts({ medianLoadMs: 2000, ttl: 0 })],
  ['no load known', facts({ medianLoadMs: null })],
];

test.each(silent)('nothing is said: %s', (_, all) => {
  expect(advise(all)).toEqual([]);
});

const small = { entries: 4500, maxEntries: 5000, bytes: 0, maxBytes: 64 * 1_048_576, evictions: 20 };

test.each([
  [
    small,
    'Cache: 20 values were evicted to make room for others; it holds 5000 at most, CACHEDECK_CACHE_ENTRIES raises that.',
  ],
  [
    { ...small, entries: 10, bytes: 0.9 * 64 * 1_048_576 },
    'Cache: 20 values were evicted to make room for others; its 64 MiB are full.',
  ],
])('a cache that is too small', (cache, text) => {
  expect(advise(facts({}, { cache }))).toEqual([{ id: 'evicted:*', key: '*', kind: 'evicted', text }]);
});

test.each([
  { ...small, evictions: 19 },
  { ...small, entries: 4499 },
])('a cache that is not', (cache) => {
  expect(advise(facts({}, { cache }))).toEqual([]);
});

test('ids are stable, and there is one of a kind for a key', () => {
  const both = facts({ asked: never, day: still, medianLoadMs: 2000 }, half);
  const all = { ...both, resources: [...both.resources, resource({ key: 'vpn:status', asked: never })] };
  const ids = advise(all).map(({ id }) => id);
  expect(ids).toEqual([
    'never-hit:stats:total',
    'unchanged:stats:total',
    'slow-load:stats:total',
    'never-hit:vpn:status',
  ]);
  expect(advise(all).map(({ id }) => id)).toEqual(ids);
  for (const { text } of advise(all)) expect(text.length).toBeLessThanOrEqual(300);
});
