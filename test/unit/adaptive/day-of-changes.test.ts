import { expect, test } from 'vitest';
import { ChangeHours } from '../../../electron/core/adaptive/day-of-changes.ts';

const hour = 3_600_000;
const start = 500_000 * hour;

test('it adds up what was seen in the last 24 hours, and forgets what is older', () => {
  const hours = new ChangeHours();
  for (let nth = 0; nth < 48; nth += 1) hours.add(start + nth * hour, 5000, nth % 2 === 0);
  expect(hours.day(start + 47 * hour)).toEqual({ pairs: 24, changes: 12, watchedMs: 120_000 });
  expect(hours.day(start + 59 * hour)).toEqual({ pairs: 12, changes: 6, watchedMs: 60_000 });
  expect(hours.day(start + 90 * hour)).toEqual({ pairs: 0, changes: 0, watchedMs: 0 });
});

test('what a clock that was set back leaves ahead does not count', () => {
  const hours = new ChangeHours();
  hours.add(start + 10 * hour, 5000, true);
  hours.add(start, 5000, false);
  expect(hours.day(start)).toEqual({ pairs: 1, changes: 0, watchedMs: 5000 });
  hours.add(start + 10 * hour, 5000, false);
  expect(hours.day(start + 10 * hour)).toEqual({ pairs: 2, changes: 0, watchedMs: 10_000 });
});
