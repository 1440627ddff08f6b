import type { Spread } from '../cache/types.ts';

/** The last dozen load times plan the next load: enough to tell, quick to forget a slow spell. */
export const recentLoads = 12;

/**
 * How long before the tick the next load should start, ms: clamp(1.3 · p95 + 200, 300, 4500), and never so early
 * that a load of usual length would be stored more than `ttl` before the tick and be expired when it is asked for.
 */
export function leadOf(times: Spread, ttl: number): number {
  const lead = Math.min(4500, Math.max(300, 1.3 * times.p95 + 200));
  const margin = 100;
  return Math.min(lead, Math.max(0, times.p50 + ttl - margin));
}
