import { expect, test } from 'vitest';
import { alertRules } from '../../../../shared/model/alerts.ts';
import { watchedResources } from '../../../../shared/model/resources.ts';
import { partsOfAlertKey, ruleKey, staleKey } from '../../../../electron/core/alerts/rules/key.ts';

test('a key names profile, rule and what the rule looks at', () => {
  expect(staleKey('demo', 'vpn:status')).toBe('demo/stale/vpn:status');
  expect(ruleKey('demo', 'unreachable')).toBe('demo/unreachable/orchestrator');
  expect(ruleKey('demo', 'session-expiring')).toBe('demo/session-expiring/portal');
});

test.each(['demo', 'a/b', 'stale/vpn:status', '1b4e28ba-2fa1'])('keys of profile %s are read back', (id) => {
  for (const rule of alertRules) {
    if (rule === 'stale') continue;
    expect(partsOfAlertKey(ruleKey(id, rule))).toMatchObject({ profileId: id, rule });
  }
  for (const subject of watchedResources) {
    expect(partsOfAlertKey(staleKey(id, subject))).toEqual({ profileId: id, rule: 'stale', subject });
  }
});

test.each(['', '*', 'demo', 'stale/vpn:status', 'demo/other/vpn:status', 'demo/stale/other'])(
  '"%s" is no key',
  (key) => {
    expect(partsOfAlertKey(key)).toBeNull();
  },
);
