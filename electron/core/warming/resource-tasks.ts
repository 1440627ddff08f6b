import type { Warmable } from '../../../shared/model/tuning.ts';
import type { TtlCache } from '../cache/ttl-cache.ts';
import { describeError, isUnsupported } from '../status/readings.ts';
import type { WarmEnd, WarmTask } from './warm-task.ts';

interface ResourceTasksOptions {
  readonly cache: TtlCache;
  /** Whether the profile has a backend for it. */
  readonly isThere: (key: Warmable) => boolean;
  /** Loads it through the cache as a prefetch, or joins its load. Never rejects. */
  readonly warm: (key: Warmable) => Promise<void>;
}

/** What loads single resources, in the order in which they are wanted. */
export function resourceTasks(keys: readonly Warmable[], options: ResourceTasksOptions): WarmTask[] {
  const { cache, isThere, warm } = options;
  return [...new Set(keys)].map((key) => ({
    key,
    lane: key === 'workstations_list' ? 'further' : 'orchestrator',
    now() {
      const { fresh, loadingFor } = cache.peek(key);
      if (loadingFor !== null) return 'loading';
      return fresh ? 'fresh' : 'cold';
    },
    async load() {
      if (!isThere(key)) return { state: 'not-reported', message: null };
      await warm(key);
      return endOf(cache, key);
    },
  }));
}

function endOf(cache: TtlCache, key: string): WarmEnd {
  const { failure, stored } = cache.peek(key);
  if (failure === null) {
    return stored
      ? { state: 'ok', message: null }
      : { state: 'given-up', message: 'It was removed from the cache meanwhile.' };
  }
  if (isUnsupported(failure.error)) return { state: 'not-reported', message: null };
  return { state: 'failed', message: describeError(failure.error).message };
}
