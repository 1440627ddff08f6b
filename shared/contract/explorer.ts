import { z } from 'zod';
import { entryColumns, entryOrigins, entryStates } from '../model/explorer.ts';
import { call } from '../rpc/define.ts';
import { counters, rate, spread, undo } from './cache.ts';
import { nothing, timestamp } from './parts.ts';

const cacheKey = z.string().min(1).max(1000);

const cacheEntry = z.object({
  key: z.string(),
  namespace: z.string(),
  state: z.enum(entryStates),
  /** ms since the load began: how old what it says is. */
  dataAge: z.number().nullable(),
  /** ms since it was stored: freshness counts from here. */
  age: z.number().nullable(),
  /** ms; null: nothing is stored yet. */
  ttl: z.number().nullable(),
  /** ms; negative once expired. */
  ttlRemaining: z.number().nullable(),
  /** Approximate. */
  bytes: z.number(),
  /** Since the app started or the statistics were reset. */
  hits: z.number(),
  lastHitAt: timestamp.nullable(),
  origin: z.enum(entryOrigins).nullable(),
});
export type CacheEntry = z.infer<typeof cacheEntry>;

const entryQuery = z.strictObject({
  /** A part of the key; a glob when it has `*` or `?`. Empty: all. */
  filter: z.string().max(500),
  sort: z.enum(entryColumns),
  descending: z.boolean(),
  offset: z.int().min(0).max(1_000_000),
  limit: z.int().min(1).max(200),
});

const namespace = z.object({
  namespace: z.string(),
  entries: z.number(),
  bytes: z.number(),
  counters,
  hitRate: rate,
  /** Answer time in ms: from the cache, and by loading. */
  hitMs: spread,
  loadMs: spread,
});

const work = z.object({ calls: z.number(), ms: z.number() });

export const explorerContract = {
  /** One page of the stored or loading keys, filtered and sorted by main. */
  'cache.entries': call(
    'viewer',
    entryQuery,
    z.object({
      /** Main's clock at the reply: ages count on from here. */
      now: timestamp,
      /** Of the filter, and in all. */
      matching: z.number(),
      total: z.number(),
      bytes: z.number(),
      entries: z.array(cacheEntry).max(200),
    }),
  ),
  'cache.namespaces': call('viewer', nothing, z.object({ namespaces: z.array(namespace).max(1000) })),
  /** How long what is stored stays fresh, counted in bars; what never expires apart. */
  'cache.expiry': call(
    'viewer',
    nothing,
    z.object({
      now: timestamp,
      /** ms from now, `from` included; null: open. */
      bars: z.array(z.object({ from: z.number(), to: z.number().nullable(), entries: z.number() })).max(60),
      expired: z.number(),
      noExpiry: z.number(),
    }),
  ),
  /** The keys a pattern would remove; the first 200 by name. @throws `bad-request` for a blank pattern. */
  'cache.match': call(
    'viewer',
    z.strictObject({ pattern: z.string().max(500) }),
    z.object({ keys: z.array(z.string()).max(200), matching: z.number(), total: z.number() }),
  ),
  /** Removes what matches, stored or loading. `removed` is exact. `*` alone is what `cache.clear` is for. */
  'cache.invalidate': call(
    'admin',
    z.strictObject({ pattern: z.string().max(500) }),
    z.object({ removed: z.number(), reloading: z.number(), undo }),
  ),
  'cache.delete': call(
    'admin',
    z.strictObject({ keys: z.array(cacheKey).min(1).max(1000) }),
    z.object({ removed: z.number(), reloading: z.number(), undo }),
  ),
  /**
   * Puts back what was removed, with its true ages, unless it was loaded again meanwhile. `expired`: past its ttl and
   * last-good window, or without room by now.
   * @throws `not-found` when it is too late.
   */
  'cache.undo': call(
    'admin',
    z.strictObject({ id: z.string().max(64) }),
    z.object({ restored: z.number(), newer: z.number(), expired: z.number() }),
  ),
  /** false: every lookup goes to the backend; see `cacheOn` in `polling.state`. */
  'cache.switch': call('admin', z.strictObject({ on: z.boolean() }), nothing),
  /** What one minute of the recorded log cost, and what it would have cost without the cache. */
  'cache.compareMinute': call(
    'viewer',
    z.strictObject({ minute: timestamp }),
    z.object({
      minute: timestamp,
      /** What was asked, also what was forced or asked while the cache was off. Portal users are not in it. */
      lookups: z.number(),
      /** As it was, whether the cache was on or off. */
      measured: work,
      /** Each lookup as a load of the median time its resource took within the hour around it. */
      without: work,
      /** The cache was off for part of the minute: `measured` is not "with". */
      offFor: z.number(),
      byResource: z
        .array(
          z.object({
            resource: z.string(),
            lookups: z.number(),
            hits: z.number(),
            loads: z.number(),
            loadMs: z.number().nullable(),
            measured: work,
            without: work,
          }),
        )
        .max(50),
    }),
  ),
} as const;
export type EntryQuery = z.infer<typeof entryQuery>;
export type EntryPage = z.infer<(typeof explorerContract)['cache.entries']['output']>;
export type MinuteComparison = z.infer<(typeof explorerContract)['cache.compareMinute']['output']>;
