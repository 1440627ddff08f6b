import type { AlertHold } from '../../../../shared/model/alerts.ts';
import type { AlertTimes, AppTime, OutgoingItem, Transition } from '../types.ts';
import type { Incident, Instance, ItemKind } from './memory.ts';
import type { Mutes } from './mutes.ts';

/** What is told of an alert depends on this. */
export interface Circumstances {
  readonly now: AppTime;
  readonly times: AlertTimes;
  readonly mutes: Mutes;
  /** Why nothing is judged; null: it is. */
  readonly unwatched: 'paused' | 'offline' | null;
  readonly quietUntil: AppTime | null;
}

/**
 * What the operator ought to be told of an alert, from what was told and what is so: a message that is no longer true
 * is not wanted any more, whatever it has been waiting for.
 */
export function wanted(instance: Instance, { now, times, mutes, unwatched }: Circumstances): ItemKind[] {
  const { incident, unstable, settled, key } = instance;
  const kinds: ItemKind[] = instance.owed ? ['recovered'] : [];
  if (mutes.of(key)) return kinds;
  if (settled) return [...kinds, 'settled'];
  if (unstable) return unstable.told ? kinds : [...kinds, 'unstable'];
  if (unwatched || incident?.state !== 'firing') return kinds;
  if (incident.announcedAt === null) return [...kinds, 'firing'];
  return isReminderDue(incident, now, times) ? [...kinds, 'still'] : kinds;
}

/** Gives up what a mute keeps from being told, and says once why an alert is not. */
export function withhold(instance: Instance, { now, mutes, unwatched }: Circumstances): Transition[] {
  const { key, incident, owed, settled } = instance;
  const records: Transition[] = [];
  const recoveryMute = mutes.ofRecovery(key) ?? (instance.unstable ? 'unstable' : null);
  if (owed && recoveryMute) {
    instance.owed = null;
    records.push(withheld(instance, 'recovered', recoveryMute, now, owed.since));
  }
  const mute = mutes.of(key);
  if (settled && mute) {
    instance.settled = null;
    records.push(withheld(instance, 'settled', mute, now));
  }
  if (incident?.state !== 'firing' || incident.announcedAt !== null || instance.settled) return records;
  const hold = mute ?? (instance.unstable ? 'unstable' : unwatched);
  if (hold && hold !== incident.muted) records.push(withheld(instance, 'firing', hold, now));
  incident.muted = hold;
  return records;
}

/** Notes that the operator was told, and says what of. */
export function tell(instance: Instance, kind: ItemKind, { now, times }: Circumstances): OutgoingItem {
  const { incident, owed } = instance;
  const spell = instance.unstable ?? instance.settled;
  const since = (kind === 'recovered' ? owed?.since : incident?.since) ?? spell?.since ?? now;
  const until = kind === 'recovered' ? (owed?.until ?? now) : now;
  note(instance, kind, now, times);
  const still = kind === 'still' && incident;
  return {
    key: instance.key,
    rule: instance.rule,
    kind,
    state: incident?.state ?? null,
    since,
    lasted: until - since,
    reminder: still ? still.reminders : 0,
    nextReminderAt: still ? still.remindAt : null,
    changes: kind === 'unstable' || kind === 'settled' ? (spell?.changes ?? 0) : 0,
  };
}

/** A line of the history that something is not told, or not yet. */
export function withheld(
  instance: Instance,
  message: ItemKind,
  why: AlertHold | 'over' | 'off',
  at: AppTime,
  since = instance.incident?.since ?? at,
): Transition {
  return { at, key: instance.key, rule: instance.rule, kind: 'withheld', why, message, since, until: at };
}

function note(instance: Instance, kind: ItemKind, now: AppTime, times: AlertTimes): void {
  const { incident } = instance;
  switch (kind) {
    case 'firing':
      announce(incident, now, times);
      return;
    case 'recovered':
      instance.owed = null;
      return;
    case 'still':
      if (incident) remindAgain(incident, now, times);
      return;
    case 'unstable':
      if (instance.unstable) instance.unstable.told = true;
      return;
    case 'settled':
      instance.settled = null;
      if (incident && incident.state !== 'pending' && incident.announcedAt === null) {
        announce(incident, now, times);
      }
  }
}

function announce(incident: Incident | null, now: AppTime, times: AlertTimes): void {
  if (!incident) return;
  incident.announcedAt = now;
  incident.remindAt = times.reminders > 0 ? now + times.repeat : null;
}

/** The next one is due twice as long after this one was: from when it began to wait in its group, or left a digest. */
function remindAgain(incident: Incident, now: AppTime, times: AlertTimes): void {
  const due = Math.max(incident.remindAt ?? now, now - times.groupWait);
  incident.reminders += 1;
  const wait = Math.min(times.repeat * 2 ** incident.reminders, times.repeatMost);
  incident.remindAt = incident.reminders < times.reminders ? due + wait : null;
}

function isReminderDue({ remindAt, reminders }: Incident, now: AppTime, times: AlertTimes): boolean {
  return remindAt !== null && now >= remindAt && reminders < times.reminders;
}
