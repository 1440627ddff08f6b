import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Query } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { updatingAfter } from '../../shared/model/freshness.ts';
import type { Poll } from '../../shared/model/reading.ts';
import { resourceTitles } from '../../shared/model/resources.ts';
import type { ResourceKey } from '../../shared/model/resources.ts';
import type { CallName, CallOutput } from '../../shared/rpc/client.ts';
import { useClient } from './client-context.ts';
import { useFeed } from './feed.ts';
import { afterTickMs, nextRequestIn, nextStatisticsAt, noteTick } from './schedule.ts';
import { sourceOf } from './source.ts';
import type { PollName, PollValue, Polled, Source } from './source.ts';
import { stampNow } from './ticker.ts';
import type { Stamp } from './ticker.ts';
import { changeTogether } from './together.ts';

const polledCalls: Readonly<Record<PollName, Polled>> = {
  'engines.totals': ofOrchestrator('stats:total'),
  'engines.list': ofOrchestrator('engines:list'),
  'orchestrator.status': ofOrchestrator('orchestrator:status'),
  'orchestrator.health': ofOrchestrator('health:status'),
  'orchestrator.cache': ofOrchestrator('orchestrator:cache'),
  'streams.list': ofOrchestrator('streams:list'),
  'server.events': ofOrchestrator('server:events'),
  'vpn.status': ofOrchestrator('vpn:status'),
  'workstations.list': { title: 'Workstation list', credential: 'account', everyTick: false },
  'workstations.cache': { title: 'Manager’s cache', credential: 'account', everyTick: true },
  'workstations.metrics': { title: 'Manager’s metrics', credential: 'account', everyTick: true },
};

function ofOrchestrator(key: ResourceKey): Polled {
  return { title: resourceTitles[key], credential: 'key', everyTick: true };
}

export interface Due {
  readonly dueAt: number;
}

export function untilNext<T extends Due>({ state }: Query<T>): number {
  return nextRequestIn({
    dueAt: state.data?.dueAt ?? null,
    now: performance.now(),
    fetching: state.fetchStatus !== 'idle',
    failed: state.errorUpdatedAt > state.dataUpdatedAt,
  });
}

/** Main owns freshness: react-query only asks at each tick and keeps the last answer. */
export const asMainSays = {
  staleTime: 0,
  retry: false,
  networkMode: 'always',
  refetchIntervalInBackground: true,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/**
 * Polls one resource, aligned to main's ticks. The last good value stays whatever happens, as long as it is read as the
 * same account of the backend.
 */
export function usePoll<N extends PollName>(name: N, account: string | null = null): Source<PollValue<N>> {
  type Value = PollValue<N>;
  const client = useClient();
  const [startedAt] = useState(stampNow);
  const [updating, setUpdating] = useState(false);
  const { data, error } = useQuery({
    ...asMainSays,
    queryKey: [name, account],
    queryFn: async ({ signal }): Promise<Due & { poll: Poll<Value>; received: Stamp }> => {
      // Not by `isFetching`, which would draw everything twice more at each poll.
      let slow = false;
      const timer = setTimeout(() => {
        slow = true;
        setUpdating(true);
      }, updatingAfter);
      try {
        const poll = (await client.call<PollName>(name, {}, signal)) as Poll<Value>;
        const received = stampNow();
        const tickAt = received.mono + poll.nextTickInMs;
        // The page's second and its statistics keep to the shortest rhythm.
        if (polledCalls[name].everyTick) noteTick(tickAt);
        return { poll, received, dueAt: tickAt + afterTickMs };
      } finally {
        clearTimeout(timer);
        if (slow) changeTogether(() => setUpdating(false));
      }
    },
    refetchInterval: untilNext,
  });
  const callError = error ? error.message : null;
  return useMemo(
    () => sourceOf(polledCalls[name], data, { updating, callError, startedAt }),
    [name, data, updating, callError, startedAt],
  );
}

/** Asks anew where the interval has become shorter: what was told before names a tick that is too far away. */
export function useShorterInterval(): void {
  const queries = useQueryClient();
  const pollMs = useFeed('polling.state')?.pollMs;
  useEffect(() => {
    if (pollMs === undefined) return;
    const farthest = performance.now() + pollMs + afterTickMs;
    const predicate = ({ queryKey: [name], state: { data } }: Query): boolean =>
      isEachTick(name) && isDue(data) && data.dueAt > farthest;
    void queries.refetchQueries({ type: 'active', predicate });
  }, [queries, pollMs]);
}

function isEachTick(name: unknown): boolean {
  return Object.entries(polledCalls).some(([polled, { everyTick }]) => polled === name && everyTick);
}

function isDue(data: unknown): data is Due {
  return typeof data === 'object' && data !== null && 'dueAt' in data && typeof data.dueAt === 'number';
}

type StatisticsName = Extract<CallName, 'cache.statistics' | 'cache.history'>;

/** Asks main for what it counted, shortly after each tick. */
export function useStatistics<N extends StatisticsName>(name: N): CallOutput<N> | undefined {
  const client = useClient();
  return useEachTick(
    [name],
    (signal) => client.call<StatisticsName>(name, {}, signal) as Promise<CallOutput<N>>,
  ).data;
}

interface Told<T> {
  /** The last answer; undefined before the first one. */
  readonly data: T | undefined;
  /** When it came, on the page's clocks. */
  readonly at: Stamp | undefined;
  readonly error: Error | null;
}

/**
 * Asks main something that costs the backend nothing, at once and shortly after each tick.
 * @param key what is asked, for the page's own cache
 */
export function useEachTick<T>(
  key: readonly (string | number | boolean)[],
  ask: (signal: AbortSignal) => Promise<T>,
  enabled = true,
): Told<T> {
  const { data, error } = useQuery({
    ...asMainSays,
    queryKey: key,
    enabled,
    structuralSharing: false, // hundreds of rows, new at each tick: comparing them buys nothing
    queryFn: async ({ signal }): Promise<Due & { value: T; at: Stamp }> => {
      const value = await ask(signal);
      return { value, at: stampNow(), dueAt: nextStatisticsAt(performance.now()) };
    },
    refetchInterval: untilNext,
  });
  return { data: data?.value, at: data?.at, error };
}
