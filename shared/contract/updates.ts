import { z } from 'zod';
import { call, feed } from '../rpc/define.ts';
import { nothing, timestamp } from './parts.ts';

/** A newer version of the app. It is told once and never in the way; nothing is downloaded unasked. */
const updatesState = z.object({
  /**
   * `off`: this copy does not update itself (`why` says who does). `current`: none newer when last looked.
   * `ready`: downloaded and checked; it is put in place when the app quits.
   */
  stage: z.enum(['off', 'unknown', 'checking', 'current', 'available', 'downloading', 'ready', 'failed']),
  version: z.string().nullable(),
  percent: z.number().nullable(),
  checkedAt: timestamp.nullable(),
  /** A sentence: why it is off, or what failed. */
  why: z.string().nullable(),
});
export type UpdatesState = z.infer<typeof updatesState>;

export const updatesContract = {
  'updates.state': feed('viewer', updatesState),
  'updates.check': call('operator', nothing, nothing),
  'updates.download': call('admin', nothing, nothing),
  /** Quits and comes back as the new version. @throws `conflict` when none is ready. */
  'updates.install': call('admin', nothing, nothing),
} as const;
