import { z } from 'zod';
import type { SessionField } from '../../../shared/model/sessions.ts';
import type { ContentRules } from '../storage/judge-content.ts';
import { idOf, sessionSchemas } from './session-values.ts';
import { UserIdError, userRef } from './user-id.ts';

/** A value with the wall times (UTC ms) it was loaded and stored at. */
function kept<T extends z.ZodType>(value: T) {
  return z.object({ value, loadedAt: z.number(), storedAt: z.number() }).nullable();
}

const fields = {
  paas_engagement_id: kept(sessionSchemas.paas_engagement_id),
  engagement_data: kept(sessionSchemas.engagement_data),
  ipc_engagement_id: kept(sessionSchemas.ipc_engagement_id),
  endpoints: kept(sessionSchemas.endpoints),
  business_units: kept(sessionSchemas.business_units),
  environments_list: kept(sessionSchemas.environments_list),
  zones: kept(sessionSchemas.zones),
} as const satisfies Record<SessionField, z.ZodType>;

const schema = z.object({
  email: z.string(),
  savedAt: z.number(),
  lastUsedAt: z.number(),
  /** The ids that the fields belong to; each outlives its own field. */
  paasId: z.number().nullable(),
  ipcId: z.number().nullable(),
  ...fields,
});
/** One user's file. */
export type StoredSession = z.infer<typeof schema>;

const empty: StoredSession = {
  email: '',
  savedAt: 0,
  lastUsedAt: 0,
  paasId: null,
  ipcId: null,
  paas_engagement_id: null,
  engagement_data: null,
  ipc_engagement_id: null,
  endpoints: null,
  business_units: null,
  environments_list: null,
  zones: null,
};

/** How the file of `ref` has to look: its address is the one it is named after, and it has one engagement. */
export function storedSessionRules(ref: string): ContentRules<typeof schema> {
  return {
    schema: schema.refine((session) => isOf(session.email, ref) && isWhole(session)),
    defaults: empty,
    format: 1,
    migrations: [],
  };
}

function isOf(email: string, ref: string): boolean {
  try {
    return userRef(email) === ref;
  } catch (error) {
    if (error instanceof UserIdError) return false;
    throw error;
  }
}

function isWhole(session: StoredSession): boolean {
  const { paasId, ipcId, paas_engagement_id: paas, ipc_engagement_id: ipc } = session;
  if (paas !== null && paas.value !== paasId) return false;
  if (ipc !== null && ipc.value !== ipcId) return false;
  if (ipcId !== null && paasId === null) return false;
  const ids = { paas_engagement_id: paasId, ipc_engagement_id: ipcId };
  return storedFields.every((field) => {
    const id = idOf(field);
    return session[field] === null || id === null || ids[id] !== null;
  });
}

const storedFields = Object.keys(fields) as SessionField[];
