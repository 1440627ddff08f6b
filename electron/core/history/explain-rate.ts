import type { WatchedResource } from '../../../shared/model/resources.ts';

interface RateFacts {
  readonly paused: boolean;
  readonly refreshAhead: boolean;
  readonly pollMs: number;
  /** ms; the watched resources' TTLs. */
  readonly ttls: readonly number[];
  /** ms before the tick at which loads start now, the longest of the watched. */
  readonly leadMs: number;
  readonly failing: readonly WatchedResource[];
  /** Lookups in the last minute. */
  readonly lookups: number;
}

/** One sentence that says why the hit rate is what it is. */
export function explainRate(facts: RateFacts): string {
  if (facts.paused) return 'Polling is paused: nothing is looked up, so there is no rate.';
  if (facts.lookups === 0) return 'No page has asked for anything in the last minute, so there is no rate.';
  if (facts.failing.length > 0) {
    return 'A source is failing: its last good value is served while it backs off, and that does not count as a hit.';
  }
  const poll = seconds(facts.pollMs);
  const shortest = Math.min(...facts.ttls);
  const longest = Math.max(...facts.ttls);
  const ttl = shortest === longest ? seconds(shortest) : `${shortest / 1000}–${seconds(longest)}`;
  const without =
    longest < facts.pollMs
      ? `one page would get 0 %, because a TTL of ${ttl} is shorter than the ${poll} poll`
      : `pages hit only within the TTL of ${ttl} after a load`;
  if (facts.refreshAhead) {
    const when =
      longest < facts.pollMs ? `each ${poll} poll` : `each ${poll} poll that a value would not outlive`;
    return `Refresh ahead loads about ${seconds(facts.leadMs)} before ${when}, so polls find a fresh value. Without it ${without}.`;
  }
  return `Refresh ahead is off: ${without}. Further pages polling at the same moment share one load.`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
