import type { Severity } from './events.ts';

/** What is watched. `stale` exists once for each watched source, the others once for each backend. */
export const alertRules = [
  'stale',
  'unreachable',
  'vpn-down',
  'vpn-emergency',
  'engines-unhealthy',
  'provisioning-blocked',
  'not-moving',
  'hit-rate-low',
  'session-expiring',
] as const;
export type AlertRule = (typeof alertRules)[number];

export const ruleTitles: Readonly<Record<AlertRule, string>> = {
  stale: 'Source is stale',
  unreachable: 'Backend is not answering',
  'vpn-down': 'VPN is down',
  'vpn-emergency': 'VPN emergency mode',
  'engines-unhealthy': 'Engines are unhealthy',
  'provisioning-blocked': 'Provisioning is blocked',
  'not-moving': 'Numbers do not move',
  'hit-rate-low': 'Hit rate is low',
  'session-expiring': 'Sessions expire soon',
};

/** How bad an alert of a rule is; not what state it is in. */
export const ruleSeverities: Readonly<Record<AlertRule, Exclude<Severity, 'info'>>> = {
  stale: 'attention',
  unreachable: 'bad',
  'vpn-down': 'bad',
  'vpn-emergency': 'attention',
  'engines-unhealthy': 'attention',
  'provisioning-blocked': 'attention',
  'not-moving': 'attention',
  'hit-rate-low': 'attention',
  'session-expiring': 'attention',
};

/**
 * Where an alert is. `pending`: its condition holds, but not for long enough yet; `recovering`: it holds no more, but
 * not for long enough yet. What is ok is no alert and is not listed.
 */
export const alertStates = ['pending', 'firing', 'recovering'] as const;
export type AlertState = (typeof alertStates)[number];

/** What keeps an alert from being told, or from changing. */
export const alertHolds = [
  'inhibited',
  'snoozed',
  'quiet-hours',
  'unstable',
  'rate-limit',
  'paused',
  'offline',
  'input-stale',
  'not-watched',
] as const;
export type AlertHold = (typeof alertHolds)[number];

/** What happens next to an alert if nothing changes. */
export const alertNexts = ['fires', 'announces', 'recovers', 'reminds', 'digest', 'settles'] as const;
export type AlertNext = (typeof alertNexts)[number];

/** What a message tells. */
export const messageKinds = [
  'firing',
  'recovered',
  'still',
  'unstable',
  'settled',
  'digest',
  'test',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** How a message goes out: in the page someone is looking at, as a notification of the system, or not at all. */
export const messageWays = ['toast', 'system', 'none'] as const;
export type MessageWay = (typeof messageWays)[number];

/** What became of a system notification, as whoever showed it says. */
export const deliveryOutcomes = ['shown', 'failed', 'no-permission'] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/** A line of the alert history. `message`: something was told; `withheld`: it was not, and the text says why. */
export const alertRecordKinds = ['fired', 'resolved', 'message', 'withheld', 'snoozed', 'unsnoozed'] as const;
export type AlertRecordKind = (typeof alertRecordKinds)[number];

/** How long an alert can be muted. `morning`: until 09:00 in the operator's zone. */
export const snoozeChoices = ['15m', '1h', 'morning', 'recovered'] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

/** In place of an alert's key: all of the connected profile's, also those that begin meanwhile. */
export const everyAlert = '*';

/** How long polling can be paused, in minutes; null: until it is resumed. */
export const pauseChoices = [15, 60, null] as const;
export type PauseMinutes = (typeof pauseChoices)[number];
