import { z } from 'zod';
import { call, feed } from '../rpc/define.ts';
import { chartMarks } from './events.ts';
import { nothing, timestamp } from './parts.ts';

/** Outcomes of lookups and the work they caused, counted apart. */
export const counters = z.object({
  hits: z.number(),
  /** The last good value was served because the load failed or is backing off. Not a hit. */
  staleHits: z.number(),
  misses: z.number(),
  /** Joined a load that was already running. */
  coalesced: z.number(),
  /** Forced, or the cache is switched off: neither hit nor miss. */
  bypasses: z.number(),
  /** Loads that main started ahead of a poll. */
  prefetches: z.number(),
  loads: z.number(),
  loadErrors: z.number(),
  evictions: z.number(),
  expirations: z.number(),
  invalidations: z.number(),
  /** The cache itself failed and the loader ran directly. */
  cacheErrors: z.number(),
});
export type Counters = z.infer<typeof counters>;

/** A rate with what it is out of; `percent` is 0 when n is 0 and shown as a dash. */
export const rate = z.object({ percent: z.number(), n: z.number() });

export const spread = z.object({ n: z.number(), p50: z.number(), p95: z.number() });

const keyStatistics = z.object({
  key: z.string(),
  /** ms since the load began; null: nothing stored. */
  age: z.number().nullable(),
  ttl: z.number().nullable(),
  /** ms; negative once expired. */
  ttlRemaining: z.number().nullable(),
  bytes: z.number(),
  counters,
  hitRate: rate,
  /** Answer time of the latest in ms: from the cache (one hit in 16 is timed), and by loading. */
  hit: spread,
  load: spread,
  /** max(0, lookups − loads). */
  callsSaved: z.number(),
  /** hits × median load time, in ms. */
  savedMs: z.number(),
});

const cacheStatistics = z.object({
  entries: z.number(),
  /** Approximate. */
  bytes: z.number(),
  counters,
  hitRate: rate,
  hitRate1m: rate,
  hitRate5m: rate,
  hitRate15m: rate,
  /** 1 − loads / lookups, percent. */
  loadReductionPercent: z.number(),
  callsSaved: z.number(),
  savedMs: z.number(),
  /** Answer time in ms: from the cache, and by loading. */
  hitMs: spread,
  loadMs: spread,
  keys: z.array(keyStatistics).max(1000),
});
export type CacheStatistics = z.infer<typeof cacheStatistics>;

/**
 * The last 15 minutes, one sample for each 5 s tick, oldest first; columns, not rows, to keep it small.
 * Missing ticks (sleep) are left out: `at` tells where.
 */
const hitRateHistory = z.object({
  at: z.array(timestamp).max(400),
  /** Lookups of the tick by outcome. */
  hits: z.array(z.number()),
  staleHits: z.array(z.number()),
  misses: z.array(z.number()),
  coalesced: z.array(z.number()),
  prefetches: z.array(z.number()),
  /** Percent over the trailing minute; null: no lookups in it. */
  rate: z.array(z.number().nullable()),
  rateN: z.array(z.number()),
  /** Percent since start; null: none yet. */
  cumulative: z.array(z.number().nullable()),
  /** Backend calls in the trailing minute. */
  callsPerMinute: z.array(z.number()),
  /** Moments worth a mark on the chart. */
  marks: chartMarks,
  /** One sentence: why the rate is what it is. */
  explanation: z.string(),
});
export type HitRateHistory = z.infer<typeof hitRateHistory>;

const cacheEventKinds = [
  'hit',
  'stale',
  'miss',
  'coalesced',
  'bypass',
  'prefetch',
  'set',
  'delete',
  'evict',
  'expire',
  'invalidate',
  'refresh-failed',
  'recovered',
] as const;

const cacheEvent = z.object({
  id: z.number(),
  at: timestamp,
  kind: z.enum(cacheEventKinds),
  key: z.string(),
  /** How many of it fell into the same second: ten pages that hit are one mark. */
  count: z.number(),
  /** ms the load took, where the event ends one. */
  ms: z.number().nullable(),
});
export type CacheEvent = z.infer<typeof cacheEvent>;

const clearPreview = z.object({
  entries: z.number(),
  bytes: z.number(),
  /** Requests to backends that loading everything with a subscriber again will send at once. */
  extraCalls: z.number(),
  /** The same for the whole minute after: entries of resources with a subscriber, times their calls in it. */
  nextMinuteCalls: z.number(),
});

/** What was removed can be put back until `until`, by its id; null: there was nothing to keep. */
export const undo = z.object({ id: z.string(), until: timestamp }).nullable();
export type Undo = z.infer<typeof undo>;

export const cacheContract = {
  'cache.statistics': call('viewer', nothing, cacheStatistics),
  'cache.history': call('viewer', nothing, hitRateHistory),
  'cache.clearPreview': call('viewer', nothing, clearPreview),
  /** Empties main's cache; what has a subscriber is loaded again at once. Counters stay. */
  'cache.clear': call('admin', nothing, z.object({ removed: z.number(), reloading: z.number(), undo })),
  /** The events of the last 80 s, newest last, a second late at most. */
  'cache.events': feed('viewer', z.array(cacheEvent).max(400)),
} as const;
