import { everyAlert, ruleTitles } from '../../../../shared/model/alerts.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { resourceTitles, verbsOf, watchedResources } from '../../../../shared/model/resources.ts';
import type { Verbs } from '../../../../shared/model/resources.ts';
import { partsOfAlertKey } from '../rules/key.ts';
import type { AlertKeyParts, AlertSubject } from '../rules/key.ts';
import { readingOf } from './facts.ts';
import type { AlertFacts } from './facts.ts';
import { plainSpan } from './spans.ts';

/** How an alert is called in each of its states. */
interface AlertNames {
  readonly unstable: string;
  readonly settled: string;
  readonly firing: string;
  readonly recovered: string;
  readonly still: string;
  /** As a sentence, without a full stop. */
  readonly stillSentence: string;
  /** Before a span. */
  readonly lasted: string;
  /** What it has settled as. */
  readonly well: string;
  readonly ill: string;
}

/** Of a rule that exists once for each backend; `subject` is what is unstable or has settled. */
type BackendNames = Omit<AlertNames, 'stillSentence' | 'unstable' | 'settled'> & { readonly subject: string };

const backendNames: Readonly<Record<Exclude<AlertRule, 'stale'>, BackendNames>> = {
  unreachable: {
    subject: 'Orchestrator',
    firing: 'Orchestrator is not answering',
    recovered: 'Orchestrator answers again',
    still: 'Orchestrator still not answering',
    lasted: 'Down',
    well: 'Answering',
    ill: 'Not answering',
  },
  'vpn-down': {
    subject: 'VPN',
    firing: 'VPN disconnected',
    recovered: 'VPN connected again',
    still: 'VPN still disconnected',
    lasted: 'Was disconnected for',
    well: 'Connected',
    ill: 'Disconnected',
  },
  'vpn-emergency': {
    subject: 'VPN emergency mode',
    firing: 'VPN runs in emergency mode',
    recovered: 'VPN emergency mode is over',
    still: 'VPN still in emergency mode',
    lasted: 'Lasted',
    well: 'Off',
    ill: 'On',
  },
  'engines-unhealthy': {
    subject: 'Engine health',
    firing: 'Engines are unhealthy',
    recovered: 'Engines are healthy again',
    still: 'Engines still unhealthy',
    lasted: 'Were unhealthy for',
    well: 'Healthy',
    ill: 'Unhealthy',
  },
  'provisioning-blocked': {
    subject: 'Provisioning',
    firing: 'Provisioning is blocked',
    recovered: 'Provisioning is possible again',
    still: 'Provisioning still blocked',
    lasted: 'Was blocked for',
    well: 'Possible',
    ill: 'Blocked',
  },
  'not-moving': {
    subject: 'Movement of engine numbers',
    firing: 'Engine numbers do not move',
    recovered: 'Engine numbers move again',
    still: 'Engine numbers still do not move',
    lasted: 'Stood still for',
    well: 'Moving',
    ill: 'Standing still',
  },
  'hit-rate-low': {
    subject: 'Hit rate',
    firing: 'Hit rate is low',
    recovered: 'Hit rate is no longer low',
    still: 'Hit rate still low',
    lasted: 'Was low for',
    well: 'Not low',
    ill: 'Low',
  },
  'session-expiring': {
    subject: 'Expiry of sessions',
    firing: 'Sessions expire soon',
    recovered: 'No session expires soon',
    still: 'Sessions still expire soon',
    lasted: 'Some did for',
    well: 'None expires soon',
    ill: 'Some expire soon',
  },
};

/** @param subject of the rule: the source for `stale` */
function namesOf(rule: AlertRule, subject: AlertSubject): AlertNames {
  if (rule !== 'stale') {
    const names = backendNames[rule];
    return {
      ...names,
      unstable: `${names.subject} is unstable`,
      settled: `${names.subject} has settled`,
      stillSentence: names.still,
    };
  }
  const { title, is, was, has } = sourceWords(subject);
  return {
    unstable: `${title} ${is} unstable`,
    settled: `${title} ${has} settled`,
    firing: `${title} ${is} stale`,
    recovered: `${title} ${is} live again`,
    still: `${title} still stale`,
    stillSentence: `${title} ${is} still stale`,
    lasted: `${was} stale for`,
    well: 'Live',
    ill: 'Stale',
  };
}

/** The names of an alert whose key may be of an older version: then of its rule alone. */
export function namesOfKey(key: string, rule: AlertRule): AlertNames {
  return namesOf(rule, partsOfAlertKey(key)?.subject ?? 'orchestrator');
}

/**
 * The title while an alert is pending, firing or recovering.
 * @param facts null: only what the rule itself says
 */
export function alertTitle({ rule, subject }: AlertKeyParts, facts: AlertFacts | null): string {
  if (facts && rule === 'stale') {
    const source = watchedResources.find((one) => one === subject);
    if (source && readingOf(facts, source).age === null) return `No data yet from ${resourceTitles[source]}`;
  }
  const sessions = facts?.input.sessions?.sessions ?? 0;
  if (facts && rule === 'session-expiring' && sessions > 0) {
    const expire = sessions === 1 ? '1 session expires' : `${sessions} sessions expire`;
    return `${expire} within ${plainSpan(facts.parameters.sessionMs)}`;
  }
  return namesOf(rule, subject).firing;
}

/** What a snooze mutes. */
export function silenceTitle(key: string): string {
  if (key === everyAlert) return 'All alerts';
  const parts = partsOfAlertKey(key);
  if (!parts) return key.slice(0, 160);
  return parts.rule === 'stale' ? namesOf(parts.rule, parts.subject).firing : ruleTitles[parts.rule];
}

function sourceWords(subject: AlertSubject): Verbs & { readonly title: string } {
  const source = watchedResources.find((one) => one === subject) ?? null;
  return { title: source === null ? 'A source' : resourceTitles[source], ...verbsOf(source) };
}
