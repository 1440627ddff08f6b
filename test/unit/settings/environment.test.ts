import { expect, test } from 'vitest';
import { settingsFromEnvironment } from '../../../electron/core/settings/environment.ts';
import { defaultSettings } from '../../../electron/core/settings/values.ts';

test('each variable decides its setting', () => {
  const { values, overridden, warnings } = settingsFromEnvironment({
    CACHEDECK_THEME: 'dark',
    CACHEDECK_DENSITY: 'compact',
    CACHEDECK_TIME_ZONE: 'Europe/Berlin',
    CACHEDECK_INTERVAL: ' 15 ',
    CACHEDECK_REFRESH_AHEAD: 'off',
    CACHEDECK_HISTORY_DAYS: '7',
    CACHEDECK_REQUEST_LOG_HOURS: '0',
    CACHEDECK_EVENT_DAYS: '365',
    CACHEDECK_WARMING: 'off',
    CACHEDECK_LOG: 'debug',
    CACHEDECK_START_AT_LOGIN: 'on',
  });
  expect(values).toEqual({
    theme: 'dark',
    density: 'compact',
    timeZone: 'Europe/Berlin',
    pollSeconds: 15,
    refreshAhead: false,
    historyDays: 7,
    requestLogHours: 0,
    eventDays: 365,
    warming: { ...defaultSettings.warming, on: false },
    logLevel: 'debug',
  });
  expect(overridden).toHaveLength(10);
  expect(overridden).toContainEqual({ name: 'pollSeconds', variable: 'CACHEDECK_INTERVAL' });
  expect(warnings).toEqual([]);
});

test('what is empty is not set', () => {
  expect(settingsFromEnvironment({ CACHEDECK_THEME: '', CACHEDECK_LOG: '  ' })).toEqual({
    values: {},
    overridden: [],
    warnings: [],
  });
});

test.each([
  ['CACHEDECK_THEME', 'Dark', 'system, light or dark'],
  ['CACHEDECK_DENSITY', 'tight', 'comfortable or compact'],
  ['CACHEDECK_TIME_ZONE', 'Mars/Base', 'system, or a zone such as Europe/Berlin'],
  ['CACHEDECK_INTERVAL', '7', '5, 10, 15, 30 or 60 (seconds)'],
  ['CACHEDECK_INTERVAL', '5s', '5, 10, 15, 30 or 60 (seconds)'],
  ['CACHEDECK_REFRESH_AHEAD', 'true', 'on or off'],
  ['CACHEDECK_HISTORY_DAYS', '0', 'a whole number of days, 1 to 90'],
  ['CACHEDECK_REQUEST_LOG_HOURS', '-1', 'a whole number of hours, 0 to 72'],
  ['CACHEDECK_EVENT_DAYS', '1e2', 'a whole number of days, 1 to 365'],
  ['CACHEDECK_WARMING', 'false', 'on or off'],
  ['CACHEDECK_LOG', 'trace', 'debug, info, warn, error or silent'],
])('%s=%s is ignored and told', (name, value, takes) => {
  expect(settingsFromEnvironment({ [name]: value })).toEqual({
    values: {},
    overridden: [],
    warnings: [`${name} takes ${takes}; what it holds is ignored.`],
  });
});
