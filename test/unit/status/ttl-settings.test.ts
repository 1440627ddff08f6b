import { expect, test } from 'vitest';
import { resourceSpecs } from '../../../electron/core/status/resources.ts';
import { checkTtls, withEnvironmentTtls } from '../../../electron/core/status/ttl-settings.ts';

function ttlOf(key: string, environment: Record<string, string>): number | undefined {
  return withEnvironmentTtls(resourceSpecs, environment).specs.find((spec) => spec.key === key)?.ttl;
}

test('TTLs come from the environment, in seconds', () => {
  expect(ttlOf('stats:total', { CACHEDECK_TTL_ENGINES_STATS: '7.5' })).toBe(7500);
  expect(ttlOf('orchestrator:status', { CACHEDECK_TTL_ENGINES_STATS: '7.5' })).toBe(2000);
  expect(ttlOf('vpn:status', { CACHEDECK_TTL_VPN_STATUS: '0' })).toBe(0);
});

test.each(['abc', '-1', 'Infinity', 'NaN', '1e9'])(
  '%s is no TTL: the default stays and it is told',
  (text) => {
    const { specs, warnings } = withEnvironmentTtls(resourceSpecs, { CACHEDECK_TTL_VPN_STATUS: text });
    expect(specs.find((spec) => spec.key === 'vpn:status')?.ttl).toBe(3000);
    expect(warnings).toEqual([
      'CACHEDECK_TTL_VPN_STATUS is not a number of seconds from 0 to 86400; 3 s stays.',
    ]);
  },
);

test('the seed defaults pass the check with refresh ahead and are told without it', () => {
  expect(checkTtls(resourceSpecs.slice(0, 3), 5000, true)).toEqual([]);
  expect(checkTtls(resourceSpecs.slice(0, 3), 5000, false)).toHaveLength(3);
});

test('a TTL within 0.3 s of a multiple of the poll is told', () => {
  const { specs } = withEnvironmentTtls(resourceSpecs.slice(0, 1), { CACHEDECK_TTL_ENGINES_STATS: '9.8' });
  expect(checkTtls(specs, 5000, true)).toEqual([
    'Engine totals: a TTL of 9.8 s sits on the 5 s poll; hits would be a matter of chance.',
  ]);
});
