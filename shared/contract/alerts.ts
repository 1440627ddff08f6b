import { z } from 'zod';
import {
  alertHolds,
  alertNexts,
  alertRecordKinds,
  alertRules,
  alertStates,
  deliveryOutcomes,
  messageKinds,
  messageWays,
  snoozeChoices,
} from '../model/alerts.ts';
import { severities } from '../model/events.ts';
import { call, feed } from '../rpc/define.ts';
import { nothing, timestamp } from './parts.ts';

/** Profile, rule and source: what a notification, a snooze and the history mean by "the same alert". */
const alertKey = z.string().min(1).max(300);

const alert = z.object({
  key: alertKey,
  rule: z.enum(alertRules),
  severity: z.enum(severities),
  /** Name of its profile. */
  profile: z.string(),
  /** "VPN status is stale". */
  title: z.string().max(120),
  /** The fact as it is now, in a sentence or two. */
  detail: z.string().max(500),
  state: z.enum(alertStates),
  /** Since when the condition holds. */
  since: timestamp,
  /** When it was told; null: it was not. */
  announcedAt: timestamp.nullable(),
  reminders: z.object({ sent: z.number(), of: z.number() }),
  next: z.object({ what: z.enum(alertNexts), at: timestamp }).nullable(),
  /** Empty: nothing holds it back. `until` null: open. */
  heldBy: z.array(
    z.object({ by: z.enum(alertHolds), until: timestamp.nullable(), text: z.string().max(200) }),
  ),
});
export type Alert = z.infer<typeof alert>;

const silence = z.object({
  /** An alert's key, or `*` for all of the connected profile. */
  key: alertKey,
  title: z.string().max(160),
  since: timestamp,
  /** null: until the alert recovers. */
  until: timestamp.nullable(),
});
export type Silence = z.infer<typeof silence>;

/** What can be muted before it fires: each rule, and `stale` for each source. */
const ruleState = z.object({
  key: alertKey,
  rule: z.enum(alertRules),
  title: z.string().max(160),
  on: z.boolean(),
  /** Its condition and times in one sentence, with the numbers in effect for this profile. */
  text: z.string().max(300),
  /** `unknown`: judged on fresh input only, and the input is not. */
  condition: z.enum(['false', 'true', 'unknown', 'not-judged']),
});
export type RuleState = z.infer<typeof ruleState>;

const alertsState = z.object({
  /** Worst first; those of profiles that are not connected last. */
  active: z.array(alert).max(100),
  silences: z.array(silence).max(100),
  rules: z.array(ruleState).max(50),
  /** Firing or recovering, in the connected profile. */
  firing: z.number(),
  /** `until` of the quiet hours that are on now; null: they are not. */
  quietUntil: timestamp.nullable(),
  /** Messages that wait for the end of quiet hours or of the rate limit. */
  held: z.number(),
  /** The thresholds are the demo's own, far shorter than those in the settings. */
  demoTimes: z.boolean(),
});
export type AlertsState = z.infer<typeof alertsState>;

const message = z.object({
  /** Rises through a run of the app and starts anew with the next. */
  id: z.int(),
  at: timestamp,
  kind: z.enum(messageKinds),
  severity: z.enum(severities),
  title: z.string().max(120),
  body: z.string().max(500),
  /** The alerts it is about; empty for a test. */
  keys: z.array(alertKey).max(50),
  /** A newer one with the same tag replaces the older. */
  tag: z.string().max(300),
  /** Fragment of the page a click leads to. */
  route: z.enum(['#/', '#/alerts', '#/sessions']),
  way: z.enum(messageWays),
  /** Why it is told no other way; null: nothing is unusual. */
  why: z.string().nullable(),
  /** With sound; silent unless the operator chose otherwise. */
  sound: z.boolean(),
  /** What became of a notification of the system, as soon as whoever showed it has said so; null: not known. */
  outcome: z.enum(deliveryOutcomes).nullable(),
});
export type AlertMessage = z.infer<typeof message>;

const alertRecord = z.object({
  id: z.int(),
  at: timestamp,
  profile: z.string(),
  kind: z.enum(alertRecordKinds),
  severity: z.enum(severities),
  keys: z.array(alertKey).max(50),
  title: z.string().max(160),
  detail: z.string().max(500).nullable(),
  /** How it went out and what became of it, in words; null: it is no message. */
  delivery: z.string().max(200).nullable(),
});
export type AlertRecord = z.infer<typeof alertRecord>;

export const alertsContract = {
  'alerts.state': feed('viewer', alertsState),
  /** The last messages, oldest first. */
  'alerts.messages': feed('viewer', z.array(message).max(50)),
  /** Newest first, at most `limit` older than the record `before`; of all profiles. */
  'alerts.history': call(
    'viewer',
    z.strictObject({ before: z.int().nullable(), limit: z.int().min(1).max(200) }),
    z.object({ records: z.array(alertRecord).max(200), more: z.boolean() }),
  ),
  /** Mutes an alert, one that may come, or all (`*`, which has no `recovered`). Later wins. */
  'alerts.snooze': call(
    'operator',
    z.strictObject({ key: alertKey, until: z.enum(snoozeChoices) }),
    z.object({ until: timestamp.nullable() }),
  ),
  'alerts.unsnooze': call('operator', z.strictObject({ key: alertKey }), nothing),
  /** Sends a notification of the system, also while the window is looked at. */
  'alerts.test': call('operator', nothing, nothing),
  /** A page that shows system notifications itself says what became of one. */
  'alerts.delivered': call(
    'viewer',
    z.strictObject({ id: z.int(), outcome: z.enum(deliveryOutcomes) }),
    nothing,
  ),
  /**
   * A page says whether someone looks at it (visible and focused); to be said again every 5 s while it is so. `page`: a
   * random name of the page.
   */
  'app.presence': call(
    'viewer',
    z.strictObject({ page: z.string().min(1).max(64), attentive: z.boolean() }),
    nothing,
  ),
} as const;
