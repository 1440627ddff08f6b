import type { AlertHold, AlertRule, AlertState, MessageKind } from '../../../shared/model/alerts.ts';

/**
 * Times in this folder are ms on the app clock: UTC at the start of the run, after that moved on by each tick's span,
 * so that it never goes back and compares with what an earlier run has stored.
 */
export type AppTime = number;

/** What one rule says at a tick about what it watches. */
export interface Judgement {
  /** `<profile id>/<rule>/<source or backend>`; no error text, no value. */
  readonly key: string;
  readonly rule: AlertRule;
  /** null: cannot be told now (stale input, too few samples): the state before it stays. */
  readonly condition: boolean | null;
  /** Good polls of its input in a row, up to now; an alert is over after two. */
  readonly goodPolls: number;
  /** ms the condition has to hold before it fires, and to be gone before it is over. */
  readonly forMs: number;
  readonly clearMs: number;
  /** Key of the alert that silences this one while it, or its own parent, is firing or recovering; null: none. */
  readonly parent: string | null;
  /** Told in the page only, never as a notification of the system. */
  readonly inAppOnly: boolean;
}

/** Times of the machine, in ms; see ALERTS, Parameters. */
export interface AlertTimes {
  readonly groupWait: number;
  readonly repeat: number;
  readonly repeatMost: number;
  readonly reminders: number;
  readonly flapWindow: number;
  readonly flapEntries: number;
  readonly flapCalm: number;
  readonly rateBurst: number;
  readonly rateEvery: number;
}

/** One alert within a message, as it is when the message leaves. */
export interface OutgoingItem {
  readonly key: string;
  readonly rule: AlertRule;
  readonly kind: Exclude<MessageKind, 'digest' | 'test'>;
  /** Where the alert is now; null: ok. */
  readonly state: AlertState | null;
  readonly since: AppTime;
  /** ms the incident has lasted, or did. */
  readonly lasted: number;
  /** The reminder's number and when the next one is due; 0 and null for other kinds. */
  readonly reminder: number;
  readonly nextReminderAt: AppTime | null;
  /** Changes of state in this spell of instability. */
  readonly changes: number;
}

/**
 * One message, before it has words. `kind` is that of its first item, or `digest`; `held`: why it waited, for a digest.
 * A parent that recovered comes before its children that still fire.
 */
export interface Outgoing {
  readonly kind: Exclude<MessageKind, 'test'>;
  readonly at: AppTime;
  readonly items: readonly OutgoingItem[];
  readonly held: 'quiet-hours' | 'rate-limit' | null;
  readonly inAppOnly: boolean;
}

/**
 * One line for the history, before it has words. `resolved` with `off`: ended untold, because its rule was switched off
 * or what it watched is gone. `withheld`: `message` is not told, or not yet where it waits for the end of quiet hours or
 * of the rate limit.
 */
export interface Transition {
  readonly at: AppTime;
  readonly key: string;
  readonly rule: AlertRule;
  readonly kind: 'fired' | 'resolved' | 'withheld';
  /** Why nothing was told; null for the others. `over`: it was no longer true when it would have left. */
  readonly why: AlertHold | 'over' | 'off' | null;
  /** What was withheld; null for the others. */
  readonly message: OutgoingItem['kind'] | null;
  readonly since: AppTime;
  /** Of what was resolved: when its condition was gone, which the message counts to as well. */
  readonly until: AppTime;
}
