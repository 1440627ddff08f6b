import { z } from 'zod';
import type { ServerCache } from '../../../../shared/contract/orchestrator.ts';
import { oneLine } from '../server-detail.ts';
import { number, readReply, recognised, text } from './fields.ts';

const statistics = recognised({
  size: number,
  hits: number,
  misses: number,
  hit_rate: number,
  /** Version 2 answers with a stub that lists nothing. */
  entries: z
    .array(z.object({ key: z.string(), age: number, ttl_remaining: number }))
    .max(10_000)
    .nullish(),
});

/** GET /cache/stats. Expired entries count until they are swept; counters start again after a clear. */
export function readCache(reply: unknown, endpoint: string): ServerCache {
  const wire = readReply(statistics, reply, endpoint);
  return {
    size: wire.size,
    hits: wire.hits,
    misses: wire.misses,
    hitRatePercent: wire.hit_rate,
    entries:
      wire.entries?.map((entry) => ({
        key: entry.key,
        ageSeconds: entry.age,
        ttlRemainingSeconds: entry.ttl_remaining,
      })) ?? null,
  };
}

export const clearedSilently = 'The server accepted the request and said no more.';

const cleared = z.object({ message: text, status: text }).nullable();

/** POST /cache/clear: what the server said, as one line. A 2xx without words is a success all the same. */
export function readCleared(reply: unknown, endpoint: string): string {
  const wire = readReply(cleared, reply, endpoint);
  const said = wire?.message ?? wire?.status ?? null;
  return (said === null ? null : oneLine(said)) ?? clearedSilently;
}
