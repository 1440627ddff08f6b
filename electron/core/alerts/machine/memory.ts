import { z } from 'zod';
import { alertHolds, alertRules, alertStates } from '../../../../shared/model/alerts.ts';

/** ms either way of 1970 that a date can hold; a time beyond all counting would never pass. */
const mostTime = 8.64e15;
const time = z.number().min(-mostTime).max(mostTime);
const count = z.int().min(0);

const incident = z.strictObject({
  state: z.enum(alertStates),
  /** When its condition became true. */
  since: time,
  /** When the time counts from that it has to stay as it is; moved on by what was not watched. */
  countFrom: time,
  /** When it was told; null: it was not. */
  announcedAt: time.nullable(),
  /** Reminders sent. */
  reminders: count,
  /** When the next reminder is due; null: none will be. */
  remindAt: time.nullable(),
  /** The hold on its first message that the history has; null: there is none now. */
  muted: z.enum(alertHolds).nullable(),
});

/** `since`: when it began; `changes`: how often it fired in it. */
const spell = { since: time, changes: count } as const;

const waiting = z.strictObject({
  kind: z.enum(['firing', 'recovered', 'still', 'unstable', 'settled']),
  /** null: it waits for the others of its group. */
  held: z.enum(['quiet-hours', 'rate-limit']).nullable(),
});

const instance = z.strictObject({
  key: z.string(),
  rule: z.enum(alertRules),
  inAppOnly: z.boolean(),
  /** null: ok. */
  incident: incident.nullable(),
  /** An incident that was told and is over, which is still to be told. */
  owed: z.strictObject({ since: time, until: time }).nullable(),
  /** When its state changed last; moved on by what was not watched. */
  changedAt: time,
  /** When it fired, within the flap window. */
  entries: z.array(time),
  /** A spell of instability; `told`: the operator knows. */
  unstable: z.strictObject({ ...spell, told: z.boolean() }).nullable(),
  /** A spell of instability that is over, which is still to be told. */
  settled: z.strictObject(spell).nullable(),
  /** Items of messages that wait to leave. */
  waiting: z.array(waiting),
});

/** Where the alerts of a profile are, as plain JSON for the next start. Times on the app clock. */
export const alertMemory = z.strictObject({
  version: z.literal(1),
  /** When it was so. */
  at: time,
  instances: z.array(instance),
  sources: z.array(
    z.strictObject({
      source: z.string(),
      /** Start of the last good load, or when it was armed. */
      silentSince: time,
      /** Attempts in a row that did not reach it. */
      transportRun: count,
      /** So did the last. */
      lastTransport: z.boolean(),
    }),
  ),
  /** Of each alert that has one, its key and its parent's. */
  parents: z.array(z.tuple([z.string(), z.string()])),
  snoozes: z.array(z.strictObject({ key: z.string(), since: time, until: time.nullable() })),
  /** When the group leaves that is waiting; null: none is. */
  groupDue: time.nullable(),
  /** See rate-limit.ts. */
  rateSpent: time,
});
export type AlertMemory = z.infer<typeof alertMemory>;

/** Everything about one alert. */
export type Instance = z.infer<typeof instance>;
export type Incident = z.infer<typeof incident>;
export type Waiting = z.infer<typeof waiting>;
export type ItemKind = Waiting['kind'];
