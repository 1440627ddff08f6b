import type { AppTime, Judgement } from '../types.ts';
import type { Instance } from './memory.ts';

/** Good polls in a row an alert needs to be over. */
const goodPollsToClear = 2;

/** An alert nothing has happened to. */
export function newInstance({ key, rule, inAppOnly }: Judgement, now: AppTime): Instance {
  return {
    key,
    rule,
    inAppOnly,
    incident: null,
    owed: null,
    changedAt: now,
    entries: [],
    unstable: null,
    settled: null,
    waiting: [],
  };
}

/** Firing, or not over for long enough yet. */
export function isLive(instance: Instance | undefined): boolean {
  const state = instance?.incident?.state;
  return state === 'firing' || state === 'recovering';
}

/** Nothing is left of it to remember. */
export function isIdle(instance: Instance): boolean {
  const { incident, owed, entries, unstable, settled, waiting } = instance;
  return !incident && !owed && !unstable && !settled && entries.length === 0 && waiting.length === 0;
}

/**
 * Moves an alert on to what is judged now: the state machine of ALERTS, 3.
 * @param span ms since the tick before
 * @returns what the history is to know
 */
export function step(
  instance: Instance,
  judgement: Judgement,
  now: AppTime,
  span: number,
): 'fired' | 'resolved' | null {
  const { condition } = judgement;
  if (condition === null) {
    postpone(instance, span);
    return null;
  }
  if (!instance.incident && condition) begin(instance, now);
  const { incident } = instance;
  if (!incident) return null;
  switch (incident.state) {
    case 'pending':
      if (!condition) {
        dropPending(instance, now);
        return null;
      }
      if (now - incident.countFrom < judgement.forMs) return null;
      enter(instance, 'firing', now);
      return 'fired';
    case 'firing':
      if (!condition) enter(instance, 'recovering', now);
      return null;
    case 'recovering': {
      if (condition) {
        enter(instance, 'firing', now);
        return null;
      }
      const held = now - incident.countFrom >= judgement.clearMs;
      if (!held || judgement.goodPolls < goodPollsToClear) return null;
      instance.changedAt = now;
      instance.incident = null;
      if (incident.announcedAt !== null) {
        instance.owed = { since: incident.since, until: incident.countFrom };
      }
      return 'resolved';
    }
  }
}

/** Back to ok: what was pending was never told. */
export function dropPending(instance: Instance, now: AppTime): void {
  if (instance.incident?.state !== 'pending') return;
  instance.incident = null;
  instance.changedAt = now;
}

/** Time in which nothing was judged counts neither for nor against an alert. */
export function postpone(instance: Instance, span: number): void {
  instance.changedAt += span;
  if (instance.incident) instance.incident.countFrom += span;
}

function begin(instance: Instance, now: AppTime): void {
  instance.changedAt = now;
  instance.incident = {
    state: 'pending',
    since: now,
    countFrom: now,
    announcedAt: null,
    reminders: 0,
    remindAt: null,
    muted: null,
  };
}

function enter(instance: Instance, state: 'firing' | 'recovering', now: AppTime): void {
  if (!instance.incident) return;
  instance.incident.state = state;
  instance.incident.countFrom = now;
  instance.changedAt = now;
}
