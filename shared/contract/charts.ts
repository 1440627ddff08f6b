import { z } from 'zod';
import { call, feed } from '../rpc/define.ts';
import { maxHistoryPoints, maxScopes } from '../model/history.ts';
import { nothing, timestamp } from './parts.ts';

const column = z.array(z.number().nullable()).max(maxHistoryPoints);

/** What was asked of one resource, of all of them, or for one portal user, in each point of a range. */
const scopeHistory = z.object({
  /** A resource's key, `*` for all of them, or `user:` and the opaque id that sessions go by. */
  scope: z.string(),
  /** What operators call it; a user's is masked. */
  title: z.string(),
  hits: column,
  staleHits: column,
  misses: column,
  coalesced: column,
  bypasses: column,
  prefetches: column,
  loads: column,
  loadErrors: column,
  /** Answer time in ms from the cache (one in 16 hits is timed), and by loading; within 4.4 %. null: none in it. */
  hitP50: column,
  hitP95: column,
  loadP50: column,
  loadP95: column,
});
export type ScopeHistory = z.infer<typeof scopeHistory>;

/** A time in which nothing could be sampled: neither stale nor a gap of the backend. */
const band = z.object({
  from: timestamp,
  to: timestamp,
  kind: z.enum(['asleep', 'closed', 'paused', 'cache-off']),
});
export type ChartBand = z.infer<typeof band>;

/** What the app itself uses, sampled every 5 s. */
const footprint = z.object({
  at: timestamp,
  /** Percent of one processor since the sample before; null: the first one. */
  cpuPercent: z.number().nullable(),
  /** Resident memory of the process that owns the cache. */
  memoryBytes: z.number(),
  cacheBytes: z.number(),
  callsPerMinute: z.number(),
  /** Lookups that needed no load of their own in the last minute. */
  savedPerMinute: z.number(),
});
export type Footprint = z.infer<typeof footprint>;

export const chartsContract = {
  /**
   * The range of `history.query` for each resource and user that was asked; the busiest users where there are too many.
   * Counted by the minute for a day, by the quarter of an hour before that: `bucketMs` may be wider than there.
   */
  'history.scopes': call(
    'viewer',
    z.strictObject({ from: timestamp, to: timestamp, points: z.int().min(10).max(maxHistoryPoints) }),
    z.object({
      from: timestamp,
      to: timestamp,
      bucketMs: z.number(),
      /** Start of each point in which anything was counted. A distance above `bucketMs` is a gap. */
      at: z.array(timestamp).max(maxHistoryPoints),
      /** All resources together first, then those that were asked most. */
      scopes: z.array(scopeHistory).max(1 + maxScopes),
    }),
  ),
  'history.bands': call(
    'viewer',
    z.strictObject({ from: timestamp, to: timestamp }),
    z.object({ bands: z.array(band).max(500) }),
  ),
  'app.footprint': feed('viewer', footprint),
  /** Zeroes the cache's counters; entries and history stay. */
  'cache.resetStatistics': call('admin', nothing, nothing),
} as const;
