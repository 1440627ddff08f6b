import { z } from 'zod';
import { alertRules } from '../../../../shared/model/alerts.ts';

const time = z.number();
const heldBy = z.enum(['quiet-hours', 'rate-limit']);
const told = z.enum(['firing', 'recovered', 'still', 'unstable', 'settled']);

const incident = z.strictObject({
  state: z.enum(['pending', 'firing', 'recovering']),
  /** When its condition became true. */
  since: time,
  /** When the time of its state began to count; moved on by what was not watched. */
  countFrom: time,
  announcedAt: time.nullable(),
  reminders: z.number(),
  /** When the next reminder is due; null: none is. */
  remindAt: time.nullable(),
  /** The last hold on its first message that is in the history. */
  muted: z.string().nullable(),
});

const instance = z.strictObject({
  key: z.string(),
  rule: z.enum(alertRules),
  inAppOnly: z.boolean(),
  /** null: ok. */
  incident: incident.nullable(),
  /** An incident that was told and is over, which has not been told. */
  owed: z.strictObject({ since: time, until: time }).nullable(),
  /** When it last changed its state, for the calm after instability. */
  changedAt: time,
  /** Times it fired in the flap window. */
  entries: z.array(time),
  /** It is unstable; `told`: that was told. */
  unstable: z.strictObject({ since: time, changes: z.number(), told: z.boolean() }).nullable(),
  /** It was unstable and has settled, which has not been told. */
  settled: z.strictObject({ since: time, changes: z.number() }).nullable(),
  /** Items of messages that wait to leave. */
  waiting: z.array(z.strictObject({ kind: told, held: heldBy.nullable() })),
});

/** Where the alerts of a profile are, as plain JSON for the next start. Times on the app clock. */
export const alertMemory = z.strictObject({
  version: z.literal(1),
  at: time,
  instances: z.array(instance),
  sources: z.array(z.strictObject({ source: z.string(), silentSince: time, transportRun: z.number() })),
  snoozes: z.array(z.strictObject({ key: z.string(), since: time, until: time.nullable() })),
  /** When what waits leaves; null: nothing does. */
  groupDue: time.nullable(),
  /** See rate-limit.ts. */
  rateSpent: time,
});
export type AlertMemory = z.infer<typeof alertMemory>;
export type InstanceMemory = z.infer<typeof instance>;
