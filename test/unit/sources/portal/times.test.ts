import { expect, test } from 'vitest';
import { syncTime } from '../../../../electron/core/portal/sync-time.ts';
import { readTime } from '../../../../electron/core/sources/portal/times.ts';

const at = Date.UTC(2025, 3, 8, 10, 8, 38);

test.each([
  [at, true],
  [String(at), true],
  ['2025-04-08T10:08:38Z', true],
  ['2025-04-08T15:38:38.000+05:30', true],
  ['2025-04-08T15:38:38+0530', true],
  ['2025-04-08 10:08:38.0', false],
  ['2025-04-08 10:08:38', false],
  ['2025-04-08T10:08:38', false],
])('%s', (value, zoneStated) => {
  expect(readTime(value)).toEqual({ at, zoneStated });
});

test.each([null, undefined, '', 'yesterday', '12', 0, -1, NaN, Infinity, '2025-13-99 10:08:38', {}, true])(
  '%s is no time',
  (value) => expect(readTime(value)).toBeNull(),
);

test('the portal’s own age says how sure its zone is, and is not told when it would lie in the future', () => {
  expect(syncTime({ at, zoneStated: true }, at)).toEqual({ syncedAt: at, syncedZone: 'stated' });
  expect(syncTime({ at, zoneStated: false }, at)).toEqual({ syncedAt: at, syncedZone: 'assumed-utc' });
  expect(syncTime({ at, zoneStated: false }, at - 5.5 * 3_600_000)).toEqual({
    syncedAt: null,
    syncedZone: 'unknown',
  });
  expect(syncTime(null, at)).toEqual({ syncedAt: null, syncedZone: null });
});
