import type { AlertHold, AlertNext, AlertRule, AlertState } from '../../../../shared/model/alerts.ts';
import type { FailureCode } from '../../../../shared/model/reading.ts';
import type { AlertTimes, AppTime, Judgement, Outgoing, Transition } from '../types.ts';

/** What a load came to. `transport`: the backend could not be reached; it did not answer with an error of its own. */
export type PollOutcome = 'ok' | { readonly code: FailureCode; readonly transport: boolean };

/** A source that is polled all the time. Those the backend does not report are left out. */
export interface WatchedSource {
  readonly source: string;
  readonly backend: string;
  /** ms; max(configured poll interval, ttl), however far back-off has stretched it. */
  readonly interval: number;
}

/** The two rules that judge whether a source could be read. Times in ms. */
export interface SourceRules {
  readonly on: Readonly<Record<'stale' | 'unreachable', boolean>>;
  readonly forMs: Readonly<Record<'stale' | 'unreachable', number>>;
  readonly clearMs: number;
  /** Intervals of a source without a good load that make it stale. */
  readonly stalePolls: number;
}

/** What the machine goes by for one profile. */
export interface MachinePlan {
  readonly profileId: string;
  readonly sources: readonly WatchedSource[];
  readonly rules: SourceRules;
  readonly times: AlertTimes;
}

/** What is known at a tick. */
export interface TickInput {
  readonly now: AppTime;
  /**
   * One for each value rule that is switched on, at every tick: what fires and is not in it is ended. Ignored while
   * paused.
   */
  readonly judgements: readonly Judgement[];
  /** Polling is paused: nothing is judged. */
  readonly paused: boolean;
  /** What the operating system says of the network. It counts only if no source can be reached. */
  readonly online: boolean;
  /** When the quiet hours end that are on; null: they are not. */
  readonly quietUntil: AppTime | null;
}

export interface TickOutput {
  /** To be told now, in order. */
  readonly messages: readonly Outgoing[];
  /** For the history, in order. */
  readonly records: readonly Transition[];
}

/** An alert that is not ok, as the last tick left it. */
export interface LiveAlert {
  readonly key: string;
  readonly rule: AlertRule;
  readonly state: AlertState;
  /** Since when the condition holds. */
  readonly since: AppTime;
  /** When it was told; null: it was not. */
  readonly announcedAt: AppTime | null;
  /** Reminders sent. */
  readonly reminders: number;
  /** What happens next if nothing changes; the same at each tick until something does. */
  readonly next: { readonly what: AlertNext; readonly at: AppTime } | null;
  /** What keeps it from being told or from changing. `until` null: open. */
  readonly heldBy: readonly { readonly by: AlertHold; readonly until: AppTime | null }[];
}

export interface Snooze {
  /** An alert's key, or `*`. */
  readonly key: string;
  readonly since: AppTime;
  /** null: until the alert recovers. */
  readonly until: AppTime | null;
}

export interface MachineView {
  readonly alerts: readonly LiveAlert[];
  /** Items that wait for the end of quiet hours or of the rate limit. */
  readonly held: number;
  readonly snoozes: readonly Snooze[];
  /** What was judged at the last tick, value rules included; `stale` and `unreachable` as this machine judged them. */
  readonly judgements: readonly Judgement[];
  readonly paused: boolean;
  /** The computer is offline and no source can be reached: nothing is judged. */
  readonly offline: boolean;
}
