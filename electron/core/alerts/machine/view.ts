import type { AlertNext } from '../../../../shared/model/alerts.ts';
import type { AppTime, Judgement } from '../types.ts';
import type { LiveAlert } from './api.ts';
import type { Circumstances } from './items.ts';
import type { Incident, Instance } from './memory.ts';

/** What the view of one alert is drawn from. */
export interface ViewContext extends Circumstances {
  readonly judgements: ReadonlyMap<string, Judgement>;
  /** When the group leaves that is waiting. */
  readonly groupDue: AppTime | null;
  /** Before that nothing leaves that was held back. */
  readonly notBefore: AppTime;
  /** When the rate limit lets the next message through. */
  readonly rateNextAt: AppTime;
}

type Next = LiveAlert['next'];
type Hold = LiveAlert['heldBy'][number];

/** Null for an alert that is ok. */
export function viewOf(instance: Instance, context: ViewContext): LiveAlert | null {
  const { key, rule, incident } = instance;
  if (!incident) return null;
  const { state, since, announcedAt, reminders } = incident;
  const next = nextOf(instance, incident, context);
  return { key, rule, state, since, announcedAt, reminders, next, heldBy: holdsOf(instance, context) };
}

function holdsOf(instance: Instance, context: ViewContext): Hold[] {
  const { mutes, quietUntil, unwatched, times } = context;
  const snooze = mutes.snoozeOf(instance.key);
  const limited = instance.waiting.some(({ held }) => held === 'rate-limit');
  const unknown = isUnknown(instance, context);
  // The calm is counted only while something is judged.
  const calmAt = unwatched || unknown ? null : instance.changedAt + times.flapCalm;
  const holds: (Hold | false)[] = [
    mutes.inhibited(instance.key) && { by: 'inhibited', until: null },
    snooze !== null && { by: 'snoozed', until: snooze.until },
    instance.unstable !== null && { by: 'unstable', until: calmAt },
    quietUntil !== null && { by: 'quiet-hours', until: quietUntil },
    limited && { by: 'rate-limit', until: context.rateNextAt },
    unwatched !== null && { by: unwatched, until: null },
    !unwatched && unknown && { by: 'input-stale', until: null },
  ];
  return holds.filter((hold) => hold !== false);
}

/** The input of its rule is not known now: it stays as it is. */
function isUnknown({ key }: Instance, { judgements }: ViewContext): boolean {
  return judgements.get(key)?.condition === null;
}

function nextOf(instance: Instance, incident: Incident, context: ViewContext): Next {
  const judgement = context.judgements.get(instance.key);
  if (context.unwatched || !judgement) return null;
  const unknown = judgement.condition === null;
  switch (incident.state) {
    case 'pending':
      return unknown ? null : { what: 'fires', at: incident.countFrom + judgement.forMs };
    case 'recovering': {
      const at = incident.countFrom + judgement.clearMs;
      return unknown || at <= context.now ? null : { what: 'recovers', at };
    }
    case 'firing': {
      if (!instance.unstable) return nextMessage(instance, incident, context);
      return unknown ? null : { what: 'settles', at: instance.changedAt + context.times.flapCalm };
    }
  }
}

/** When something is told of a firing alert. */
function nextMessage(instance: Instance, incident: Incident, context: ViewContext): Next {
  const { mutes, now, times, groupDue } = context;
  const { key, waiting } = instance;
  const what = incident.announcedAt === null ? 'announces' : 'reminds';
  if (mutes.inhibited(key)) return null;
  const snooze = mutes.snoozeOf(key);
  if (snooze?.until === null) return null;
  if (waiting.some(({ held }) => held !== null)) {
    return told(what, Math.max(now, context.notBefore), instance, context);
  }
  if (waiting.length > 0 && groupDue !== null && !snooze) return told(what, groupDue, instance, context);
  const due = incident.announcedAt === null ? now : incident.remindAt;
  if (due === null) return null;
  return told(what, Math.max(now, due, snooze?.until ?? 0) + times.groupWait, instance, context);
}

/** What would leave in quiet hours, or before there is a token, comes in a digest after them. */
function told(what: AlertNext, at: AppTime, { inAppOnly }: Instance, context: ViewContext): Next {
  const until = Math.max(context.quietUntil ?? 0, inAppOnly ? 0 : context.rateNextAt);
  return at < until ? { what: 'digest', at: until } : { what, at };
}
