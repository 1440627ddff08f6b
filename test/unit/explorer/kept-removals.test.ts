import { expect, test } from 'vitest';
import { TtlCache } from '../../../electron/core/cache/ttl-cache.ts';
import type { Taken } from '../../../electron/core/cache/removal.ts';
import { KeptRemovals } from '../../../electron/core/explorer/kept-removals.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function setup() {
  const clock = new FakeClock();
  let ids = 0;
  const kept = new KeptRemovals({ clock, newId: () => `id-${(ids += 1)}` });
  const cache = new TtlCache({ clock, random: () => 0.5 });
  /** @param bytes what the removed values are said to take */
  const taken = (bytes = 10): Taken => {
    cache.set('k', 1);
    return { ...cache.take('all'), bytes };
  };
  return { clock, kept, taken };
}

test('a removal can be had once, for 30 s', async () => {
  const { clock, kept, taken } = setup();
  const first = taken();
  expect(kept.keep(first)).toEqual({ id: 'id-1', until: clock.wall() + 30_000 });
  await clock.advance(29_999);
  expect(kept.take('id-1')).toBe(first);
  expect(kept.take('id-1')).toBeUndefined();
  kept.keep(first);
  await clock.advance(30_000);
  expect(kept.take('id-2')).toBeUndefined();
  expect(clock.pending).toBe(0);
});

test('sleep counts, though the timer stood still', () => {
  const { clock, kept, taken } = setup();
  kept.keep(taken());
  clock.jumpWall(30_000);
  expect(kept.take('id-1')).toBeUndefined();
});

test('the last five are kept', () => {
  const { clock, kept, taken } = setup();
  for (let n = 0; n < 6; n += 1) kept.keep(taken());
  expect(clock.pending).toBe(5);
  expect(kept.take('id-1')).toBeUndefined();
  expect(kept.take('id-2')).toBeDefined();
});

test('together no more than a cache holds: the oldest goes first', () => {
  const { kept, taken } = setup();
  const half = 32 * 1024 * 1024;
  for (let n = 0; n < 3; n += 1) kept.keep(taken(half));
  expect(kept.take('id-1')).toBeUndefined();
  expect(kept.take('id-2')).toBeDefined();
  expect(kept.take('id-3')).toBeDefined();
  expect(kept.keep(taken(3 * half))).toBeNull();
});

test('without a value there is nothing to undo; after clear neither', () => {
  const { clock, kept, taken } = setup();
  expect(kept.keep({ keys: ['k'], bytes: 0, values: [] })).toBeNull();
  kept.keep(taken());
  kept.clear();
  expect(kept.take('id-1')).toBeUndefined();
  expect(clock.pending).toBe(0);
});
