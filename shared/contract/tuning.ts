import { z } from 'zod';
import { warmable } from '../model/tuning.ts';
import { call } from '../rpc/define.ts';
import { nothing, resourceKey, timestamp } from './parts.ts';

const adaptiveTtl = z.object({
  key: resourceKey,
  /** false: its TTL is the configured one. */
  on: z.boolean(),
  /** ms: what counts now, what is configured, and the bounds. */
  ttl: z.number(),
  configured: z.number(),
  min: z.number(),
  max: z.number(),
  /** Why it is what it is, in one sentence. */
  reason: z.string(),
  /** Loads it was learnt from since the profile was connected. */
  loads: z.number(),
  /** How many of them brought another value than the one before. */
  changes: z.number(),
  /** ms; null: not known yet. */
  medianLoadMs: z.number().nullable(),
  /** Mean ms between two changes; null: none seen. */
  changeEvery: z.number().nullable(),
  /** ms the value has been the same. */
  unchangedFor: z.number().nullable(),
});
export type AdaptiveTtl = z.infer<typeof adaptiveTtl>;

/** Something to consider. Nothing is changed by it. */
const advice = z.object({
  id: z.string(),
  key: z.string(),
  kind: z.enum(['never-hit', 'below-interval', 'unchanged', 'changes-faster', 'slow-load', 'evicted']),
  text: z.string().max(300),
});
export type Advice = z.infer<typeof advice>;

const warming = z.object({
  at: timestamp,
  why: z.enum(['start', 'clear']),
  running: z.boolean(),
  items: z.array(
    z.object({
      key: z.string(),
      state: z.enum(['queued', 'running', 'ok', 'failed', 'fresh', 'not-reported', 'given-up']),
      ms: z.number().nullable(),
      message: z.string().nullable(),
    }),
  ),
});
export type Warming = z.infer<typeof warming>;

export const tuningContract = {
  /** TTLs that adapt, what could be set otherwise, and what was loaded ahead of anybody asking. */
  'tuning.state': call(
    'viewer',
    nothing,
    z.object({
      now: timestamp,
      adaptive: z.array(adaptiveTtl),
      advice: z.array(advice).max(50),
      /** The latest; null: none in this run. */
      warming: warming.nullable(),
    }),
  ),
} as const;

export const warmableKey = z.enum(warmable);
