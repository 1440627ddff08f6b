import { z } from 'zod';
import { failureCodes, servedKinds } from '../model/reading.ts';
import { resourceKeys, watchedResources } from '../model/resources.ts';

/** Wall clock, UTC ms. */
export const timestamp = z.number();
export const resourceKey = z.enum(resourceKeys);
export const watchedResource = z.enum(watchedResources);
/** The input of a call that takes none. Unknown fields are refused. */
export const nothing = z.strictObject({});

const failure = z.object({
  code: z.enum(failureCodes),
  message: z.string(),
  since: timestamp,
  count: z.number(),
  nextTryAt: timestamp.nullable(),
});

/** `Poll<T>` of shared/model/reading.ts. */
export function poll<T extends z.ZodType>(value: T) {
  return z.object({
    reading: z.object({
      value: value.nullable(),
      loadedAt: timestamp.nullable(),
      observedAt: timestamp.nullable(),
      age: z.number().nullable(),
      ttl: z.number(),
      interval: z.number(),
      served: z.enum(servedKinds),
      updatingFor: z.number().nullable(),
      failure: failure.nullable(),
      supported: z.boolean(),
    }),
    nextTickInMs: z.number(),
    now: timestamp,
  });
}

/** null: the backend did not report it. Never 0 in its place. */
export const reported = z.number().nullable();
export const reportedText = z.string().nullable();
export const reportedFlag = z.boolean().nullable();
