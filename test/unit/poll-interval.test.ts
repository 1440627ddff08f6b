import { expect, test } from 'vitest';
import { pollInterval } from '../../electron/core/poll-interval.ts';

test.each([
  [null, 5, false, true, 5000],
  [null, 5, true, true, 5000 * 3],
  [null, 5, true, false, 5000],
  [10, 60, false, true, 10_000],
  [10, 60, true, true, 30_000],
] as const)(
  'profile %s s, app %i s, on battery %s, saving %s: %i ms',
  (own, pollSeconds, onBattery, saveBattery, ms) => {
    expect(pollInterval({ pollSeconds: own }, { pollSeconds, saveBattery }, onBattery)).toBe(ms);
  },
);
