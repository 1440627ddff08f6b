import { expect, test } from 'vitest';
import { alertRules } from '../../../../shared/model/alerts.ts';
import { alertTimes, ruleParameters } from '../../../../electron/core/alerts/rules/parameters.ts';
import { rulesInWords } from '../../../../electron/core/alerts/rules/in-words.ts';
import { defaultSettings } from '../../../../electron/core/settings/values.ts';
import { defaults } from './rule-bed.ts';

const { alertRules: rules, alertTiming } = defaultSettings;
const demo = ruleParameters({ settings: defaultSettings, demo: true, stretch: 1 });

test('the defaults are those of ALERTS', () => {
  expect(defaults).toEqual({
    on: Object.fromEntries(alertRules.map((rule) => [rule, rule !== 'hit-rate-low'])),
    forMs: {
      stale: 15_000,
      unreachable: 15_000,
      'vpn-down': 30_000,
      'vpn-emergency': 0,
      'engines-unhealthy': 60_000,
      'provisioning-blocked': 60_000,
      'not-moving': 0,
      'hit-rate-low': 0,
      'session-expiring': 0,
    },
    clearMs: 15_000,
    stalePolls: 6,
    notMovingPolls: 12,
    hitRate: { percent: 50, lookups: 20 },
    sessionMs: 3_600_000,
  });
  expect(alertTimes(alertTiming, false)).toEqual({
    groupWait: 5000,
    repeat: 1_800_000,
    repeatMost: 14_400_000,
    reminders: 5,
    flapWindow: 900_000,
    flapEntries: 3,
    flapCalm: 900_000,
    rateBurst: 3,
    rateEvery: 60_000,
  });
});

test('what the operator sets counts, on battery for longer', () => {
  const settings = {
    alertRules: {
      ...rules,
      stale: { on: false, forSeconds: 20, polls: 4 },
      'hit-rate-low': { on: true, forSeconds: 1, percent: 70, lookups: 5 },
    },
    alertTiming: { clearSeconds: 10, groupSeconds: 2, repeatMinutes: 5, reminders: 0 },
  };
  const set = ruleParameters({ settings, demo: false, stretch: 3 });
  expect(set).toMatchObject({
    stalePolls: 4,
    clearMs: 30_000,
    hitRate: { percent: 70, lookups: 5 },
    notMovingPolls: 12,
  });
  expect([set.on.stale, set.on['hit-rate-low']]).toEqual([false, true]);
  expect([set.forMs.stale, set.forMs['hit-rate-low'], set.forMs['vpn-emergency']]).toEqual([60_000, 3000, 0]);
  expect(alertTimes(settings.alertTiming, false)).toMatchObject({
    groupWait: 2000,
    repeat: 300_000,
    reminders: 0,
  });
});

test('the demo has short times of its own, and only those', () => {
  expect(demo).toMatchObject({ on: defaults.on, stalePolls: 2, clearMs: 5000, hitRate: defaults.hitRate });
  expect(demo.forMs).toMatchObject({ stale: 5000, unreachable: 5000, 'vpn-down': 5000, 'not-moving': 5000 });
  expect(alertTimes(alertTiming, true)).toEqual({
    ...alertTimes(alertTiming, false),
    flapCalm: 60_000,
    rateEvery: 15_000,
  });
});

function texts(parameters = defaults, interval = 5000, hasPortal = true): Record<string, string> {
  const found = rulesInWords({ profileId: 'p', parameters, intervalOf: () => interval, hasPortal });
  return Object.fromEntries(found.map(({ key, text }) => [key, text]));
}

test('each rule says what it watches for, with the numbers in effect', () => {
  expect(texts()).toEqual({
    'p/stale/stats:total': 'No good load for 30 s (6 polls), and still so 15 s later.',
    'p/stale/orchestrator:status': 'No good load for 30 s (6 polls), and still so 15 s later.',
    'p/stale/vpn:status': 'No good load for 30 s (6 polls), and still so 15 s later.',
    'p/unreachable/orchestrator':
      'The last two tries or more of every source got no answer, for 15 s. One notice for all.',
    'p/vpn-down/orchestrator':
      'Enabled and not connected; of two VPNs, neither, for 30 s. Up again when two polls in a row say so.',
    'p/vpn-emergency/orchestrator': 'One of two VPNs has failed and the other carries everything.',
    'p/engines-unhealthy/orchestrator':
      'An engine is unhealthy, or none is healthy while some run, for 1 min.',
    'p/provisioning-blocked/orchestrator':
      'No engine can be started although there is room for one, for 1 min.',
    'p/not-moving/orchestrator': 'All byte counters unchanged for 12 polls while containers run.',
    'p/hit-rate-low/orchestrator':
      'Below 50 % over 5 min, of at least 20 lookups. Not judged while refresh ahead is on.',
    'p/session-expiring/portal':
      'A session ends within 1 h, its user was active in the last day and has to sign in again. Told in the window only.',
  });
});

test('of the demo, of a slow source, on battery and without a portal', () => {
  expect(texts(demo)['p/stale/vpn:status']).toBe('No good load for 10 s (2 polls), and still so 5 s later.');
  expect(texts(defaults, 300_000)['p/stale/vpn:status']).toBe(
    'No good load for 30 min (6 polls), and still so 15 s later.',
  );
  const battery = ruleParameters({ settings: defaultSettings, demo: false, stretch: 3 });
  expect(texts(battery, 15_000)['p/stale/vpn:status']).toBe(
    'No good load for 90 s (6 polls), and still so 45 s later.',
  );
  expect(Object.keys(texts(defaults, 5000, false))).not.toContain('p/session-expiring/portal');
  const atOnce = { ...defaults, forMs: { ...defaults.forMs, stale: 0 } };
  expect(texts(atOnce)['p/stale/vpn:status']).toBe('No good load for 30 s (6 polls).');
});

test('titles and switches of the rules', () => {
  const found = rulesInWords({
    profileId: 'p',
    parameters: defaults,
    intervalOf: () => 5000,
    hasPortal: true,
  });
  expect(found.filter(({ on }) => !on).map(({ rule }) => rule)).toEqual(['hit-rate-low']);
  expect(found.map(({ title }) => title).slice(0, 5)).toEqual([
    'Engine totals are stale',
    'Orchestrator status is stale',
    'VPN status is stale',
    'Backend is not answering',
    'VPN is down',
  ]);
  for (const { title, text } of found) {
    expect(title.length).toBeLessThanOrEqual(160);
    expect(text.length).toBeLessThanOrEqual(300);
  }
});
