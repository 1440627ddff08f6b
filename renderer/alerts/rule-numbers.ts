import type { Settings } from '../../shared/contract/settings.ts';
import type { AlertRule } from '../../shared/model/alerts.ts';

export type AlertRules = Settings['alertRules'];

/** One number of a rule, with its limits of shared/contract/settings.ts. */
export interface RuleNumber {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly changed: (rules: AlertRules, n: number) => AlertRules;
}

function holdsFor(rule: AlertRule, rules: AlertRules): RuleNumber {
  return {
    label: 'Fires after',
    unit: 'seconds',
    min: 0,
    max: 3600,
    value: rules[rule].forSeconds,
    changed: (before, forSeconds) => ({ ...before, [rule]: { ...before[rule], forSeconds } }),
  };
}

/** The thresholds of a rule's own. */
function ownNumbers(rule: AlertRule, rules: AlertRules): readonly RuleNumber[] {
  switch (rule) {
    case 'stale':
      return [
        {
          label: 'Stale after',
          unit: 'polls',
          min: 2,
          max: 120,
          value: rules.stale.polls,
          changed: (before, polls) => ({ ...before, stale: { ...before.stale, polls } }),
        },
      ];
    case 'not-moving':
      return [
        {
          label: 'Unchanged for',
          unit: 'polls',
          min: 3,
          max: 720,
          value: rules['not-moving'].polls,
          changed: (before, polls) => ({ ...before, 'not-moving': { ...before['not-moving'], polls } }),
        },
      ];
    case 'hit-rate-low':
      return [
        {
          label: 'Below',
          unit: 'percent',
          min: 1,
          max: 99,
          value: rules['hit-rate-low'].percent,
          changed: (before, percent) => ({
            ...before,
            'hit-rate-low': { ...before['hit-rate-low'], percent },
          }),
        },
        {
          label: 'Of at least',
          unit: 'lookups',
          min: 1,
          max: 10_000,
          value: rules['hit-rate-low'].lookups,
          changed: (before, lookups) => ({
            ...before,
            'hit-rate-low': { ...before['hit-rate-low'], lookups },
          }),
        },
      ];
    case 'session-expiring':
      return [
        {
          label: 'Within',
          unit: 'minutes',
          min: 5,
          max: 720,
          value: rules['session-expiring'].withinMinutes,
          changed: (before, withinMinutes) => ({
            ...before,
            'session-expiring': { ...before['session-expiring'], withinMinutes },
          }),
        },
      ];
    case 'unreachable':
    case 'vpn-down':
    case 'vpn-emergency':
    case 'engines-unhealthy':
    case 'provisioning-blocked':
      return [];
  }
}

/** All that can be set of a rule, but whether it is on. */
export function numbersOf(rule: AlertRule, rules: AlertRules): readonly RuleNumber[] {
  return [...ownNumbers(rule, rules), holdsFor(rule, rules)];
}
