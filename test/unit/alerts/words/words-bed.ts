import type { AlertRule } from '../../../../shared/model/alerts.ts';
import type { Failure } from '../../../../shared/model/reading.ts';
import type { AlertFacts, WordSources } from '../../../../electron/core/alerts/words/facts.ts';
import { alertTimes } from '../../../../electron/core/alerts/rules/parameters.ts';
import { ruleKey, staleKey } from '../../../../electron/core/alerts/rules/key.ts';
import type { Outgoing, OutgoingItem } from '../../../../electron/core/alerts/types.ts';
import { defaultSettings } from '../../../../electron/core/settings/values.ts';
import type { WatchedResource } from '../../../../shared/model/resources.ts';
import { defaults, wellInput } from '../rules/rule-bed.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
/** 14:03:05 UTC. */
export const now = Date.UTC(2030, 0, 1, 14, 3, 5);

export const failed = (change: Partial<Failure> = {}): Failure => ({
  code: 'timeout',
  message: 'The orchestrator did not answer GET /vpn/status in time.',
  since: now - 20 * second,
  count: 4,
  nextTryAt: null,
  ...change,
});

export const refused = (count = 6): Failure =>
  failed({ code: 'unreachable', message: 'Nothing listens at home-lab:8000 (connection refused).', count });

/** A profile in which all is well, with what a test wants otherwise. */
export function factsOf(
  change: Partial<AlertFacts['input']> = {},
  rest: Partial<Omit<AlertFacts, 'input'>> = {},
): AlertFacts {
  return {
    profile: 'home-lab',
    parameters: defaults,
    watchedFor: 2 * hour,
    ...rest,
    input: { ...wellInput(), ...change },
  };
}

export function sourcesOf(facts: AlertFacts | null = factsOf()): WordSources {
  return {
    factsOf: () => facts,
    timeOfDay: (at) => new Date(at).toISOString().slice(11, 19),
    now,
    times: alertTimes(defaultSettings.alertTiming, false),
  };
}

export function itemOf(rule: AlertRule, rest: Partial<OutgoingItem> = {}): OutgoingItem {
  return {
    key: rule === 'stale' ? staleKey('p', 'vpn:status') : ruleKey('p', rule),
    rule,
    kind: 'firing',
    state: 'firing',
    since: now - 20 * second,
    lasted: 20 * second,
    reminder: 0,
    nextReminderAt: null,
    changes: 0,
    ...rest,
  };
}

export const staleItem = (source: WatchedResource, rest: Partial<OutgoingItem> = {}): OutgoingItem =>
  itemOf('stale', { key: staleKey('p', source), ...rest });

export function outgoingOf(items: readonly OutgoingItem[], rest: Partial<Outgoing> = {}): Outgoing {
  return { kind: items[0]?.kind ?? 'firing', at: now, items, held: null, inAppOnly: false, ...rest };
}
