import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkTtls } from '../../../electron/core/status/ttl-settings.ts';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { TtlLearner } from '../../../electron/core/adaptive/ttl-learner.ts';
import type { ChosenTtl } from '../../../electron/core/adaptive/ttl-learner.ts';
import type { Conditions } from '../../../electron/core/adaptive/ttl-rule.ts';
import { Learning, minute, second } from './learning.ts';

test('it stays as configured while too little is known', () => {
  const learning = new Learning().loads(12); // eleven gaps
  expect(learning.ttl).toBe(3000);
  expect(learning.chosen.evidence.stillness).toBeNull();
  expect(learning.load().chosen.evidence.stillness).toEqual({ ms: 60_000, average: false });
});

test('a value that stays the same counts for a tenth of the time it does, set just past a poll', () => {
  const learning = new Learning().loads(13);
  const seen = [learning.ttl];
  for (let load = 0; load < 30; load += 1) seen.push(learning.load().ttl);
  expect(seen.at(-1)).toBe(10_600); // two polls and the margin; three would be above the 15 s allowed
  expect(seen.slice(0, 4)).toEqual([3700, 4600, 5600, 5600]); // growing
  for (const [nth, ttl] of seen.entries()) expect(ttl).toBeGreaterThanOrEqual(seen[nth - 1] ?? 0);
});

test('one change is not yet another pace; the second lets it fall at once', () => {
  const learning = new Learning().loads(100);
  expect(learning.ttl).toBe(10_600);
  learning.load({ gap: 15_000, changed: true });
  expect(learning.ttl).toBe(10_600);
  learning.load({ gap: 15_000, changed: true });
  expect(learning.ttl).toBeLessThan(6000);
  learning.load({ changed: true });
  learning.load({ changed: true });
  expect(learning.ttl).toBe(3000);
});

test('a value that is another at each load counts for less than configured, and never for less than the least', () => {
  const learning = new Learning().loads(40, { changed: true });
  expect(learning.chosen.aim?.cause).toBe('changing');
  expect(learning.ttl).toBe(2000);
  const wide = new Learning({ bounds: { min: 1000, max: 15_000 } }).loads(40, { changed: true });
  expect(wide.ttl).toBe(1100); // 5 s over ln(79): 39 of 39
});

test('it grows by at most a quarter at each load, whatever the cause', () => {
  const learning = new Learning({ pollMs: 60_000, bounds: { min: 2000, max: 50_000 } }).loads(30);
  let before = 3000;
  const grown = new Learning({ pollMs: 60_000, bounds: { min: 2000, max: 50_000 } });
  for (let load = 0; load < 30; load += 1) {
    const { ttl } = grown.load();
    expect(ttl).toBeLessThanOrEqual(before * 1.25 + 100);
    before = Math.max(before, ttl);
  }
  expect(grown.ttl).toBe(learning.ttl);
});

test('a load takes at most a quarter of the TTL, as far as the bound lets it', () => {
  const learning = new Learning().loads(40, { ms: 1500, changed: true });
  expect(learning.chosen.aim).toEqual({ ttl: 6000, cause: 'slow', capped: false });
  expect(learning.ttl).toBe(6000); // a poll, and a margin of 0.3 · 1.5 s + 0.5 s rounded up
  const slower = new Learning().loads(40, { ms: 4000, changed: true });
  expect(slower.chosen.aim).toEqual({ ttl: 11_000, cause: 'slow', capped: true });
  expect(slower.ttl).toBeLessThanOrEqual(11_000);
});

test('what changes often is kept as long as its loads are worth, and no longer', () => {
  const learning = new Learning({ bounds: { min: 1000, max: 15_000 } }).loads(40, { ms: 600, changed: true });
  expect(learning.chosen.aim).toEqual({ ttl: 2400, cause: 'changing', capped: true });
  expect(learning.ttl).toBe(2400);
});

test('a change ends the time unchanged, and nothing grows at it', () => {
  const learning = new Learning({ pollMs: 60_000 }).loads(14);
  const before = learning.ttl;
  expect(learning.learner.facts.unchangedFor).toBe(13 * minute);
  learning.load({ changed: true });
  expect(learning.learner.facts.unchangedFor).toBe(0);
  expect(learning.ttl).toBe(before);
  expect(learning.load().ttl).toBeGreaterThan(before);
});

test('loads in quick succession are one step, and two at one moment are no evidence', () => {
  const learning = new Learning().loads(14);
  const before = learning.ttl;
  learning.loads(20, { gap: 100 });
  expect(learning.ttl).toBe(before);
  const atOnce = new Learning().load().loads(20, { gap: 0 });
  expect(atOnce.chosen.evidence.stillness).toBeNull();
});

test('turned on again it begins where the configured TTL is', () => {
  const learning = new Learning().loads(100);
  const { bounds } = learning.conditions;
  learning.conditions = { ...learning.conditions, bounds: null };
  learning.load();
  learning.conditions = { ...learning.conditions, bounds };
  expect(learning.ttl).toBe(3000);
  expect(learning.load().ttl).toBe(3700);
});

test.each([
  ['slow loads', { ms: 3000 }],
  ['changes at each load', { changed: true }],
  ['stillness', {}],
])('when %s are gone it is the configured TTL again', (_, step) => {
  const learning = new Learning().loads(60, step);
  expect(learning.ttl).not.toBe(3000);
  learning.loads(300, { every: 6 }); // every 30 s
  expect(learning.ttl).toBe(3000);
  expect(learning.chosen.aim?.cause).toBe('configured');
});

test('turned off it is the configured TTL at once, and other bounds count at once', () => {
  const learning = new Learning().loads(100);
  expect(learning.ttl).toBe(10_600);
  learning.conditions = { ...learning.conditions, bounds: { min: 2000, max: 8000 } };
  expect(learning.ttl).toBe(5600);
  learning.conditions = { ...learning.conditions, bounds: { min: 12_000, max: 14_000 } };
  expect(learning.ttl).toBeGreaterThanOrEqual(12_000);
  learning.conditions = { ...learning.conditions, bounds: null };
  expect(learning.ttl).toBe(3000);
});

test('neither a sleep nor a clock that jumps is evidence of stillness', () => {
  const asleep = new Learning();
  const jumped = new Learning();
  for (let night = 0; night < 50; night += 1) {
    asleep.load({ gap: 5000, jump: 8 * 60 * minute });
    jumped.load({ gap: 5000, jump: night % 2 === 0 ? -60 * minute : 60 * minute });
  }
  expect(asleep.chosen.evidence.stillness).toBeNull();
  expect(jumped.chosen.evidence.stillness).toBeNull();
  expect(asleep.ttl).toBe(3000);
  const away = new Learning().loads(50, { gap: 3 * minute }); // both clocks agree, but nobody looked
  expect(away.ttl).toBe(3000);
});

test('what lies between an interruption and the next load teaches nothing, and a failure is one', () => {
  const learning = new Learning();
  for (let load = 0; load < 50; load += 1) {
    learning.load();
    learning.learner.interrupt();
  }
  expect(learning.chosen.evidence.stillness).toBeNull();
  expect(learning.learner.facts).toMatchObject({ loads: 50, changes: 0, changeEvery: null });
});

test('a change over a gap that is no evidence ends the time unchanged, and no more', () => {
  const learning = new Learning().loads(20);
  expect(learning.learner.facts.unchangedFor).toBe(95_000);
  learning.load({ jump: 8 * 60 * minute, changed: true });
  expect(learning.learner.facts).toMatchObject({ unchangedFor: 0, changes: 0, changeEvery: null });
});

const conditions = fc
  .record({
    configured: fc.integer({ min: 0, max: 120_000 }),
    min: fc.integer({ min: 1, max: 120 }),
    more: fc.integer({ min: 0, max: 600 }),
    on: fc.boolean(),
    poll: fc.constantFrom(5, 10, 15, 30, 60, 180),
  })
  .map(({ configured, min, more, on, poll }): Conditions => ({
    configured,
    bounds: on ? { min: min * second, max: (min + more) * second } : null,
    pollMs: poll * second,
  }));

const happening = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('load' as const),
      gap: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(5000, 10_000, 15_000)),
      jump: fc.oneof(
        { weight: 8, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -8 * 60 * minute, max: 8 * 60 * minute }) },
      ),
      ms: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 30_000 })),
      changed: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('interrupt' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set' as const), conditions }) },
);

/** What is wrong with a TTL under some conditions. */
function faultsOf(
  { ttl, evidence: { load } }: ChosenTtl,
  { configured, bounds, pollMs }: Conditions,
): string[] {
  if (bounds === null) return ttl === configured ? [] : ['not the configured one'];
  const base = Math.min(bounds.max, Math.max(bounds.min, configured));
  const longest = load?.p95 ?? 0;
  const toTick = Math.min(ttl % pollMs, pollMs - (ttl % pollMs));
  const hasRoom = bounds.max - bounds.min >= second && base + second <= bounds.max - longest;
  return [
    ...(ttl < bounds.min ? ['below the least'] : []),
    ...(ttl > bounds.max ? ['above the most'] : []),
    ...(ttl > base && ttl + longest > bounds.max ? ['data would be older than the most'] : []),
    ...(hasRoom && ttl !== configured && ttl > 300 && toTick < 300 ? ['on a tick'] : []),
  ];
}

test('whatever happens: within the bounds, off the ticks where they leave room, room for the load', () => {
  fc.assert(
    fc.property(conditions, fc.array(happening, { maxLength: 80 }), (first, story) => {
      const learner = new TtlLearner();
      let now = first;
      const at = { mono: 0, wall: 1_000_000_000_000 };
      for (const event of story) {
        if (event.kind === 'interrupt') learner.interrupt();
        else if (event.kind === 'set') now = event.conditions;
        else {
          at.mono += event.gap;
          at.wall += event.gap + event.jump;
          learner.loaded({ at: { ...at }, ms: event.ms, changed: event.changed }, now);
        }
        expect(faultsOf(learner.choose(now), now)).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

test('what is chosen passes the check of TTLs with refresh ahead', () => {
  for (const pollMs of [5, 10, 15, 30, 60].map((seconds) => seconds * second)) {
    const learning = new Learning({ pollMs, bounds: { min: 1000, max: 300_000 } });
    for (let load = 0; load < 200; load += 1) {
      const { ttl } = learning.load();
      expect(
        checkTtls(
          resourceSpecs.slice(0, 1).map((spec) => ({ ...spec, ttl })),
          pollMs,
          true,
        ),
      ).toEqual([]);
    }
  }
});
