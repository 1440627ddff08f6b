import type { AlertRule } from '../../../../shared/model/alerts.ts';
import type { AppTime } from '../types.ts';
import type { MachinePlan, MachineView, PollOutcome, TickInput, TickOutput } from './api.ts';
import type { AlertMemory } from './memory.ts';

/**
 * The alerts of one profile: a machine without clock, files or network. Feed it each load as it ends and each second
 * what is known; it answers what to tell and what to write down. Starting it, also from what an earlier run has
 * stored, drops what was pending and judges sources from now on, but leaves what fires alone.
 */
export interface AlertMachine {
  /** A load ended. `at`: when it *started*. Before the tick it is to count in. */
  polled(source: string, at: AppTime, outcome: PollOutcome): void;
  /** Once a second. A span of more than 10 s since the tick before was sleep, and counts as none. */
  tick(input: TickInput): TickOutput;
  /** Where everything is, as the last tick left it. */
  view(): MachineView;
  /** The computer woke, or a source counts from now on for another reason: what is ok or pending starts anew. */
  rearm(now: AppTime): void;
  /** Other sources, intervals or times. What is pending of `edited` rules, or of an interval that changed, is dropped. */
  configure(plan: MachinePlan, now: AppTime, edited: readonly AlertRule[]): void;
  /** Mutes an alert's key, or `*`, until a time or (null) until the alert recovers. Later wins. */
  snooze(key: string, until: AppTime | null, now: AppTime): void;
  unsnooze(key: string): void;
  /** Plain JSON; give it to the next machine of this profile, after `alertMemory` has checked it. */
  export(): AlertMemory;
}

/**
 * @param now when the app started or the profile was connected
 * @param memory where an earlier run left the profile; null: there was none
 */
export type CreateAlertMachine = (
  plan: MachinePlan,
  now: AppTime,
  memory: AlertMemory | null,
) => AlertMachine;
