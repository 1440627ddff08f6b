import { expect, test } from 'vitest';
import { reasonOf } from '../../../electron/core/adaptive/reason.ts';
import { Learning, minute } from './learning.ts';

const reason = (learning: Learning): string => reasonOf(learning.chosen, learning.conditions);
const wide = { configured: 3000, bounds: { min: 1000, max: 15_000 } };

test.each([
  ['off', new Learning({ bounds: null }).loads(30), '3 s as configured: adapting is off.'],
  ['few loads', new Learning().loads(3), '3 s as configured: too few loads were seen to judge by.'],
  [
    'few loads, below the bounds',
    new Learning({ bounds: { min: 7000, max: 9000 } }).loads(3),
    '7 s, the least allowed: too few loads were seen to judge by.',
  ],
  [
    'few loads, above the bounds',
    new Learning({ configured: 20_000 }).loads(3),
    '15 s, the most allowed: too few loads were seen to judge by.',
  ],
  [
    'nothing special',
    new Learning().loads(60, { every: 6 }),
    '3 s as configured: unchanged for 18 s on average, which asks for no other.',
  ],
  [
    'still, and on its way',
    new Learning({ pollMs: 60_000 }).loads(15),
    '5.8 s: unchanged for 14 min so far, at most 10 % of that, capped at 15 s, growing with each load.',
  ],
  [
    'still, on average, set to the ticks',
    new Learning(wide).loads(241, { every: 100 }),
    '10.6 s: unchanged for 9 min 58 s on average, at most 10 % of that, capped at 15 s, just past 2 polls of 5 s.',
  ],
  [
    'slow',
    new Learning(wide).loads(40, { ms: 1500, changed: true }),
    '6 s: a load takes 1.5 s, at most 25 % of the TTL, just past a poll of 5 s.',
  ],
  [
    'slow, and old when it comes',
    new Learning(wide).loads(40, { ms: 8000, changed: true }),
    '4.7 s: a load takes 8 s, at most 25 % of the TTL, capped so that no data is older than 15 s.',
  ],
  [
    'changing',
    new Learning().loads(40, { changed: true }),
    '2 s: changes about every 1.1 s, the configured TTL is 3 s, not below 2 s.',
  ],
])('%s', (_, learning, text) => {
  expect(reason(learning)).toBe(text);
});

test('back from a shorter one it says where it goes', () => {
  const learning = new Learning({ ...wide, pollMs: 10_000 }).loads(40, { changed: true }).load();
  expect(reason(learning)).toBe('2.8 s: unchanged for 3 s on average, growing back to 3 s.');
});

test('every reason is one sentence that begins with the TTL', () => {
  const learning = new Learning(wide);
  for (let load = 0; load < 200; load += 1) {
    learning.load({ changed: load % 7 < 2, ms: load > 150 ? 3000 : 40, gap: load % 3 === 0 ? minute : 5000 });
    expect(reason(learning)).toMatch(/^\d+(\.\d)? s[^.].*[^.]\.$/);
  }
});
