import { z } from 'zod';
import { sessionFields } from '../model/sessions.ts';
import { failureCodes } from '../model/reading.ts';
import { call } from '../rpc/define.ts';
import { nothing, timestamp } from './parts.ts';

/** Opaque: says nothing of the e-mail address behind it. */
export const userRef = z.string().min(1).max(100);

const failure = z.object({ code: z.enum(failureCodes), message: z.string() });

const fieldState = z.object({
  field: z.enum(sessionFields),
  present: z.boolean(),
  /** ms since the start of the load that brought it; null: not there. */
  age: z.number().nullable(),
  /** ms until it counts no longer. */
  expiresIn: z.number().nullable(),
  /** Approximate. */
  bytes: z.number(),
  /** The portal's call it comes from: "GET /paasservice/paas/engagements". */
  source: z.string(),
  /** A load is running. */
  loading: z.boolean(),
  /** Of the last load; null: it went well, or there was none. */
  failure: failure.nullable(),
});

const sessionStatistics = z.object({
  hits: z.number(),
  misses: z.number(),
  coalesced: z.number(),
  bypasses: z.number(),
  loads: z.number(),
  loadErrors: z.number(),
  callsSaved: z.number(),
  /** hits × median load time, ms. */
  savedMs: z.number(),
  /** Answer times in ms: from the store, and by asking the portal. */
  hitMs: z.object({ n: z.number(), p50: z.number(), p95: z.number() }),
  loadMs: z.object({ n: z.number(), p50: z.number(), p95: z.number() }),
});
export type SessionStatistics = z.infer<typeof sessionStatistics>;

const userSession = z.object({
  user: userRef,
  /** `u•••1@example.com` */
  masked: z.string(),
  /** Start of the oldest field's load: a session is as old as its oldest part. */
  cachedAt: timestamp.nullable(),
  /** ms until its first field expires. */
  expiresIn: z.number().nullable(),
  bytes: z.number(),
  present: z.number(),
  lastUsedAt: timestamp.nullable(),
  /** Kept from an earlier run of the app. */
  restored: z.boolean(),
  statistics: sessionStatistics,
});
export type UserSession = z.infer<typeof userSession>;

const inspected = z.object({
  user: userRef,
  /** In full, for the operator who asks for one session. */
  email: z.string(),
  fields: z.array(fieldState.extend({ /** Pretty JSON without tokens. */ json: z.string().nullable() })),
});
export type InspectedSession = z.infer<typeof inspected>;

const operation = z.enum(['vms', 'clusters', 'business-units', 'environments', 'endpoints']);
const measured = z.object({ operation, calls: z.number(), ms: z.number() });
const run = z.object({
  kind: z.enum(['off', 'cold', 'warm', 'restarted']),
  operations: z.array(measured),
  calls: z.number(),
  ms: z.number(),
  /** The endpoints that a real portal's cluster list needs and the document's does not: in no other figure. */
  extra: z.object({ calls: z.number(), ms: z.number() }),
});
const comparison = z.object({
  at: timestamp,
  /** The document's three operations, and its five. */
  three: z.array(run),
  five: z.array(run),
});
export type SessionComparison = z.infer<typeof comparison>;

const ofUser = z.strictObject({ user: userRef });

/** The per-user session store of the portal. */
export const sessionsContract = {
  'sessions.list': call(
    'viewer',
    nothing,
    z.object({ users: z.array(userSession).max(1000), total: sessionStatistics, bytes: z.number() }),
  ),
  'sessions.inspect': call('operator', ofUser, inspected),
  /** Loads one field past the store; `unauthorized` when the user has to sign in again. */
  'sessions.refreshField': call(
    'operator',
    z.strictObject({ user: userRef, field: z.enum(sessionFields) }),
    nothing,
  ),
  /** Loads every field past the store, in order. */
  'sessions.refresh': call('operator', ofUser, nothing),
  /** Drops what is kept of one user; loads in flight store nothing. */
  'sessions.clear': call('admin', ofUser, z.object({ removed: z.number() })),
  'sessions.clearAll': call('admin', nothing, z.object({ removed: z.number() })),
  /** Looks through the store for data of one user in another's place. */
  'sessions.checkIsolation': call(
    'viewer',
    nothing,
    z.object({ ok: z.boolean(), users: z.number(), sentence: z.string() }),
  ),
  /** Runs the operations live with the store off, cold, warm and after a restart. Minutes are its time limit. */
  'sessions.compare': call('operator', z.strictObject({ user: userRef }), comparison),
} as const;
