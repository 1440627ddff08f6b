import { alertRules } from '../../../../shared/model/alerts.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { backendKinds } from '../../../../shared/model/profiles.ts';
import type { BackendKind } from '../../../../shared/model/profiles.ts';
import { watchedResources } from '../../../../shared/model/resources.ts';
import type { WatchedResource } from '../../../../shared/model/resources.ts';

/** What a rule looks at: a source for `stale`, a backend for the others. */
export type AlertSubject = WatchedResource | BackendKind;

export interface AlertKeyParts {
  readonly profileId: string;
  readonly rule: AlertRule;
  readonly subject: AlertSubject;
}

/** The backend of every rule but `stale`, which exists for each source. */
const backendOf: Readonly<Record<Exclude<AlertRule, 'stale'>, BackendKind>> = {
  unreachable: 'orchestrator',
  'vpn-down': 'orchestrator',
  'vpn-emergency': 'orchestrator',
  'engines-unhealthy': 'orchestrator',
  'provisioning-blocked': 'orchestrator',
  'not-moving': 'orchestrator',
  'hit-rate-low': 'orchestrator',
  'session-expiring': 'portal',
};

const subjects: readonly AlertSubject[] = [...watchedResources, ...backendKinds];

/** `<profile id>/<rule>/<source or backend>`: the same alert in every run of the app. */
export function ruleKey(profileId: string, rule: Exclude<AlertRule, 'stale'>): string {
  return `${profileId}/${rule}/${backendOf[rule]}`;
}

/** The key of a source's `stale` alert. */
export function staleKey(profileId: string, source: WatchedResource): string {
  return `${profileId}/stale/${source}`;
}

/** What a key is about; null for what is no key. A profile's id may hold slashes. */
export function partsOfAlertKey(key: string): AlertKeyParts | null {
  const [subjectName, ruleName, ...profile] = key.split('/').toReversed();
  const rule = alertRules.find((one) => one === ruleName);
  const subject = subjects.find((one) => one === subjectName);
  if (!rule || !subject || profile.length === 0) return null;
  return { profileId: profile.toReversed().join('/'), rule, subject };
}
