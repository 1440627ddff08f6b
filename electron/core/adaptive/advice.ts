import type { Advice } from '../../../shared/contract/tuning.ts';
import { spanText } from '../../../shared/model/age.ts';
import { pollChoices } from '../../../shared/model/settings.ts';
import type { DayOfChanges } from './day-of-changes.ts';
import { timeText } from './reason.ts';
import { loadShare, setToTicks, stillShare } from './ttl-rule.ts';
import type { Evidence } from './ttl-rule.ts';

/** What is known of one resource. Times in ms. */
export interface ResourceFacts {
  readonly key: string;
  readonly title: string;
  /** In effect. */
  readonly ttl: number;
  readonly adaptive: boolean;
  /** Loads since the profile was connected, and what they usually take. */
  readonly loads: number;
  readonly medianLoadMs: number | null;
  /** Of the last 24 h, or as much of them as there is history of. */
  readonly asked: { readonly lookups: number; readonly hits: number; readonly covered: number };
  readonly day: DayOfChanges;
}

export interface AdviceFacts {
  readonly pollMs: number;
  readonly refreshAhead: boolean;
  readonly resources: readonly ResourceFacts[];
  readonly cache: {
    readonly entries: number;
    readonly maxEntries: number;
    readonly bytes: number;
    readonly maxBytes: number;
    /** Since the profile was connected or the statistics were reset. */
    readonly evictions: number;
  };
}

type Times = Pick<AdviceFacts, 'pollMs' | 'refreshAhead'>;

/** What it takes to say anything. */
const enough = { lookups: 100, covered: 3_600_000, pairs: 60, loads: 20, evictions: 20 };
const hour = 3_600_000;
/** ms: no longer TTL is suggested. Who wants older values may say so. */
const longestSuggested = 60_000;
/** A TTL is suggested where it is at least so many times the one there is. */
const worthwhile = 2;
const lowHitRate = 0.5;
const nearlyAlways = 0.9;
const slowLoad = 0.5;
const nearlyFull = 0.9;

/** What could be set otherwise, at most one of a kind for a key. It only suggests. */
export function advise(facts: AdviceFacts): Advice[] {
  const rules = [neverHit, belowInterval, unchanged, changesFaster, slowToLoad] as const;
  const ofResources = facts.resources.flatMap((one) =>
    rules.flatMap((rule) => {
      const advice = rule(one, facts);
      if (advice === null) return [];
      const [kind, text] = advice;
      return [{ id: `${kind}:${one.key}`, key: one.key, kind, text: `${one.title}: ${text}` }];
    }),
  );
  return [...ofResources, ...evicted(facts.cache)].slice(0, 50);
}

type Found = readonly [Advice['kind'], string] | null;

function neverHit({ ttl, asked }: ResourceFacts, { pollMs }: Times): Found {
  const { lookups, hits, covered } = asked;
  if (hits > 0 || lookups < enough.lookups || covered < enough.covered) return null;
  const why =
    ttl > pollMs
      ? `nobody asks again within the TTL of ${timeText(ttl)}`
      : `TTL ${timeText(ttl)} is ${ttl < pollMs ? 'below' : 'not above'} the ${timeText(pollMs)} poll`;
  const span = covered > 23 * hour ? '24 h' : spanText(covered);
  return ['never-hit', `never hit in ${span}: ${why}.`];
}

function belowInterval({ ttl, asked }: ResourceFacts, { pollMs, refreshAhead }: Times): Found {
  const { lookups, hits } = asked;
  if (refreshAhead || ttl >= pollMs || hits === 0 || lookups < enough.lookups) return null;
  if (hits / lookups >= lowHitRate) return null;
  return [
    'below-interval',
    `TTL ${timeText(ttl)} is below the ${timeText(pollMs)} poll, so a page alone never hits; ` +
      `${Math.round((100 * hits) / lookups)} % of ${lookups} lookups did. Refresh ahead or a TTL above the poll would help.`,
  ];
}

function unchanged({ ttl, adaptive, day, medianLoadMs }: ResourceFacts, { pollMs }: Times): Found {
  if (adaptive || day.pairs < enough.pairs) return null;
  const span = day.watchedMs / Math.max(1, day.changes);
  const suggested = suggestion(ttl, stillShare * span, medianLoadMs, pollMs, false);
  if (suggested < worthwhile * Math.max(ttl, pollMs)) return null;
  return [
    'unchanged',
    `unchanged for ${spanText(span)} ${day.changes > 0 ? 'on average' : 'so far'}; ` +
      `a TTL of ${timeText(suggested)} instead of ${timeText(ttl)} would spare most loads.`,
  ];
}

function changesFaster({ ttl, adaptive, day }: ResourceFacts, { pollMs }: Times): Found {
  if (adaptive || day.pairs < enough.pairs || day.changes < nearlyAlways * day.pairs) return null;
  const found = `another value at ${day.changes} of ${day.pairs} loads`;
  if (ttl > pollMs) return ['changes-faster', `${found}; the TTL of ${timeText(ttl)} hides changes.`];
  if (pollMs <= 1000 * pollChoices[0]) return null; // there is nothing to set
  return [
    'changes-faster',
    `${found}: it changes faster than the ${timeText(pollMs)} poll shows. A shorter interval would show more.`,
  ];
}

function slowToLoad({ ttl, adaptive, loads, medianLoadMs }: ResourceFacts, { pollMs }: Times): Found {
  if (adaptive || medianLoadMs === null || loads < enough.loads || ttl === 0) return null;
  if (medianLoadMs <= slowLoad * ttl) return null;
  const suggested = suggestion(ttl, medianLoadMs / loadShare, medianLoadMs, pollMs, true);
  return [
    'slow-load',
    `a load takes ${timeText(medianLoadMs)}, most of the TTL of ${timeText(ttl)}; ` +
      `${timeText(suggested)} would load less often.`,
  ];
}

/** A TTL of about `wanted`, set to the ticks, from `ttl` to a minute. */
function suggestion(
  ttl: number,
  wanted: number,
  loadMs: number | null,
  pollMs: number,
  upwards: boolean,
): number {
  const cap = Math.max(ttl, longestSuggested);
  const load: Evidence['load'] = loadMs === null ? null : { median: loadMs, p95: loadMs };
  const within = Math.min(cap, Math.max(ttl, wanted));
  return setToTicks(within, { stillness: null, load }, pollMs, { min: ttl, cap }, upwards);
}

function evicted({ entries, maxEntries, bytes, maxBytes, evictions }: AdviceFacts['cache']): Advice[] {
  if (evictions < enough.evictions) return [];
  const advice = (text: string): Advice[] => [{ id: 'evicted:*', key: '*', kind: 'evicted', text }];
  const out = `Cache: ${evictions} values were evicted to make room for others`;
  if (entries >= nearlyFull * maxEntries) {
    return advice(`${out}; it holds ${maxEntries} at most, CACHEDECK_CACHE_ENTRIES raises that.`);
  }
  if (bytes >= nearlyFull * maxBytes) {
    return advice(`${out}; its ${Math.round(maxBytes / 1_048_576)} MiB are full.`);
  }
  return [];
}
