import type { AlertTimes, AppTime } from '../types.ts';
import type { Instance } from './memory.ts';

/** Counts that an alert fired: the third time within the window it is unstable, and told of once. */
export function countEntry(instance: Instance, now: AppTime, times: AlertTimes): void {
  instance.entries.push(now);
  forgetEntries(instance, now, times);
  const { unstable, entries } = instance;
  if (unstable) {
    unstable.changes += 1;
  } else if (entries.length >= times.flapEntries) {
    instance.unstable = { since: now, changes: entries.length, told: false };
    instance.settled = null;
  }
}

export function forgetEntries(instance: Instance, now: AppTime, times: AlertTimes): void {
  instance.entries = instance.entries.filter((at) => now - at < times.flapWindow);
}

/** Ends instability after the calm, to be told if its beginning was. */
export function settle(instance: Instance, now: AppTime, times: AlertTimes): void {
  const { unstable } = instance;
  if (!unstable || now - instance.changedAt < times.flapCalm) return;
  instance.unstable = null;
  instance.entries = [];
  if (unstable.told) instance.settled = { since: unstable.since, changes: unstable.changes };
}
