import type { Contract } from '../../../shared/contract/index.ts';
import type { AdaptiveTtl } from '../../../shared/contract/tuning.ts';
import { resourceTitles } from '../../../shared/model/resources.ts';
import { lookupsOf } from '../cache/counters.ts';
import { maxEntries } from '../cache/max-entries.ts';
import { defaultMaxBytes } from '../cache/options.ts';
import type { HistoryStore } from '../history/store/history-store.ts';
import type { ScopeHistories } from '../history/store/scope-table.ts';
import type { CoreOptions } from '../ports.ts';
import type { ProfileSwitch } from '../profile-switch.ts';
import type { Handlers } from '../router.ts';
import { advise } from './advice.ts';
import type { ResourceFacts } from './advice.ts';

const day = 86_400_000;

interface Services {
  readonly options: Pick<CoreOptions, 'clock' | 'environment'>;
  readonly switching: ProfileSwitch;
  readonly history: HistoryStore;
}

/** What the cache's times are now and what could be set otherwise. */
export function tuningHandlers(services: Services): Pick<Handlers<Contract>, 'tuning.state'> {
  const { options, switching, history } = services;
  const { active } = switching;
  return {
    'tuning.state': () => {
      const { ttls, cache, status, warmer } = active.workspace;
      const now = options.clock.wall();
      const adaptive = ttls.rows();
      const asked = history.of(switching.state.value.active).scopes({ from: now - day, to: now, points: 24 });
      const advice = advise({
        pollMs: status.pollMs,
        refreshAhead: status.refreshAhead,
        resources: adaptive.map((row) => ({
          ...factsOf(row),
          asked: askedOf(asked, row.key, now),
          day: ttls.day(row.key),
        })),
        cache: {
          entries: cache.size,
          maxEntries: maxEntries(options.environment).max,
          bytes: cache.bytes,
          maxBytes: defaultMaxBytes,
          evictions: cache.statistics().counters.evictions,
        },
      });
      return { now, adaptive, advice, warming: warmer.latest };
    },
  };
}

function factsOf({ key, ttl, on, loads, medianLoadMs }: AdaptiveTtl) {
  return { key, title: resourceTitles[key], ttl, adaptive: on, loads, medianLoadMs };
}

/** @param now UTC ms */
function askedOf({ at, bucketMs, scopes }: ScopeHistories, key: string, now: number): ResourceFacts['asked'] {
  const total = { hits: 0, staleHits: 0, misses: 0, coalesced: 0 };
  const names = ['hits', 'staleHits', 'misses', 'coalesced'] as const;
  const own = scopes.find(({ scope }) => scope === key);
  for (const name of names) total[name] = own?.[name].reduce((sum, count) => sum + count, 0) ?? 0;
  // It began somewhere in the first bucket: rather an hour too few than one too many.
  const covered = Math.max(0, now - (at[0] ?? now) - bucketMs);
  return { lookups: lookupsOf(total), hits: total.hits, covered };
}
