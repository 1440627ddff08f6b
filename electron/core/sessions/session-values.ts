import { z } from 'zod';
import { businessUnit, endpoint, engagement, environment, zone } from '../../../shared/contract/portal.ts';
import { dependants, sessionFields } from '../../../shared/model/sessions.ts';
import type { SessionField } from '../../../shared/model/sessions.ts';
import { CacheError } from '../cache/errors.ts';
import { cacheKey } from '../cache/key.ts';

/** What each field holds. Whatever a source adds to these is not kept, so that no token comes in with a reply. */
export const sessionSchemas = {
  paas_engagement_id: z.number(),
  engagement_data: engagement,
  ipc_engagement_id: z.number(),
  endpoints: z.array(endpoint),
  business_units: z.array(businessUnit),
  environments_list: z.array(environment),
  zones: z.array(zone),
} as const satisfies Record<SessionField, z.ZodType>;

export type SessionValues = {
  readonly [F in SessionField]: z.infer<(typeof sessionSchemas)[F]>;
};

/** The key of the id that a request for a field is made with; null: made with the user's token alone. */
export type IdField = 'paas_engagement_id' | 'ipc_engagement_id';

/** The id a field belongs to: the closest one that makes it worthless when it changes. */
export function idOf(field: SessionField): IdField | null {
  if (dependants.ipc_engagement_id?.includes(field)) return 'ipc_engagement_id';
  return dependants.paas_engagement_id?.includes(field) ? 'paas_engagement_id' : null;
}

/**
 * The user's own copy of what a source answered.
 * @throws CacheError `bad-reply` when it is of another shape
 */
export function ownValue<F extends SessionField>(field: F, value: unknown): SessionValues[F] {
  const parsed = sessionSchemas[field].safeParse(value);
  if (!parsed.success) throw new CacheError('bad-reply', 'The reply is not what was asked for.');
  return parsed.data as SessionValues[F];
}

/** Everything of sessions in the cache. */
export const sessionNamespace = 'session';

export function sessionKey(ref: string, field: SessionField): string {
  return cacheKey(sessionNamespace, ref, field);
}

/** Whose and what a key is; null: no session's. */
export function partsOfKey(key: string): { readonly ref: string; readonly field: SessionField } | null {
  const [namespace, ref, name, ...rest] = key.split(':');
  const field = sessionFields.find((one) => one === name);
  if (namespace !== sessionNamespace || !ref || !field || rest.length > 0) return null;
  return { ref, field };
}

/** ms after which a field that counts for `ttl` ms is loaded ahead of its expiry. */
export function dueAfter(ttl: number): number {
  return 0.9 * ttl;
}
