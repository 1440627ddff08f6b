import type { Settings } from '../../../../shared/contract/settings.ts';
import { alertRules } from '../../../../shared/model/alerts.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import type { AlertTimes } from '../types.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** What the rules of one profile go by. Times in ms. */
export interface RuleParameters {
  readonly on: Readonly<Record<AlertRule, boolean>>;
  readonly forMs: Readonly<Record<AlertRule, number>>;
  /** How long a condition has to be gone. */
  readonly clearMs: number;
  /** Intervals of a source without a good load that make it stale. */
  readonly stalePolls: number;
  /** Polls that the byte counters may stand still. */
  readonly notMovingPolls: number;
  readonly hitRate: { readonly percent: number; readonly lookups: number };
  /** A session that ends within it ends soon. */
  readonly sessionMs: number;
}

interface ParameterSource {
  readonly settings: Pick<Settings, 'alertRules' | 'alertTiming'>;
  /** The profile is the demo, which has short times of its own. */
  readonly demo: boolean;
  /** What the poll interval is multiplied with, on battery; else 1. Readings carry the stretched interval. */
  readonly stretch: number;
}

/**
 * The demo's own times, short enough to be watched. Its VPNs lose one of two for up to 25 s every few minutes, seen for
 * up to 35 s: emergency mode has to last longer than that. A blocked provisioning follows from the VPN and is told with
 * it, so it waits until the VPN's own alert is out.
 */
const demoRuleTimes = {
  stalePolls: 2,
  forMs: 5 * second,
  clearMs: 5 * second,
  emergencyForMs: 45 * second,
  blockedForMs: 60 * second,
} as const;

/** What of `AlertTimes` no setting changes; see ALERTS, Parameters. */
const fixedTimes = {
  repeatMost: 4 * hour,
  flapWindow: 15 * minute,
  flapEntries: 3,
  flapCalm: 15 * minute,
  rateBurst: 3,
  rateEvery: minute,
} as const;

/** The demo holds still sooner, and its faults come one after the other. */
const demoTimes = { flapCalm: minute, rateEvery: 15 * second } as const;

/** How long an alert is firing before it is told again, and what else the machine goes by. */
export function alertTimes(timing: Settings['alertTiming'], demo: boolean): AlertTimes {
  return {
    ...fixedTimes,
    ...(demo ? demoTimes : {}),
    groupWait: timing.groupSeconds * second,
    repeat: timing.repeatMinutes * minute,
    reminders: timing.reminders,
  };
}

/** What the operator has set, or the demo's own times; both longer while the interval is stretched. */
export function ruleParameters({ settings, demo, stretch }: ParameterSource): RuleParameters {
  const rules = settings.alertRules;
  const clearMs = demo ? demoRuleTimes.clearMs : settings.alertTiming.clearSeconds * second;
  return {
    on: byRule((rule) => rules[rule].on),
    forMs: byRule((rule) => stretch * (demo ? demoForMs(rule) : rules[rule].forSeconds * second)),
    clearMs: stretch * clearMs,
    stalePolls: demo ? demoRuleTimes.stalePolls : rules.stale.polls,
    notMovingPolls: rules['not-moving'].polls,
    hitRate: { percent: rules['hit-rate-low'].percent, lookups: rules['hit-rate-low'].lookups },
    sessionMs: rules['session-expiring'].withinMinutes * minute,
  };
}

function demoForMs(rule: AlertRule): number {
  if (rule === 'vpn-emergency') return demoRuleTimes.emergencyForMs;
  if (rule === 'provisioning-blocked') return demoRuleTimes.blockedForMs;
  return demoRuleTimes.forMs;
}

function byRule<T>(of: (rule: AlertRule) => T): Record<AlertRule, T> {
  return Object.fromEntries(alertRules.map((rule) => [rule, of(rule)])) as Record<AlertRule, T>;
}
