import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { EventQuery, LoggedEvent } from '../../shared/contract/events.ts';
import type { CallOutput, Client } from '../../shared/rpc/client.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';
import type { EventFilter } from './event-filter.ts';
import { rangeMs, wants } from './event-filter.ts';
import { ownKinds } from './shown-event.ts';

/** Events asked for at once. */
const pageSize = 100;

type Answer = CallOutput<'events.list'>;
type Pages = InfiniteData<Answer, number | null>;

export interface EventList {
  /** Newest first; undefined until the first answer; empty where none of them can fit. */
  readonly events: readonly LoggedEvent[] | undefined;
  /** They are those of the filter before; the answer to this one is on its way. */
  readonly settling: boolean;
  readonly error: string | null;
  /** There are older ones. */
  readonly more: boolean;
  readonly loadingOlder: boolean;
  readonly loadOlder: () => void;
  readonly tryAgain: () => void;
}

function queryOf(filter: EventFilter, before: number | null, limit = pageSize): EventQuery {
  const span = rangeMs[filter.range];
  return {
    kinds: filter.kinds.length === 0 ? null : ownKinds(filter.kinds),
    severities: filter.severities.length === 0 ? null : [...filter.severities],
    search: filter.search,
    from: span === null ? null : Date.now() - span,
    to: null,
    before,
    limit,
  };
}

/** As many as main gives at once: for an export, which shows nothing in between. */
const largestPage = 200;

/** Every own event that fits, newest first, page after page, at most `most`. */
export async function allEvents(
  client: Client,
  filter: EventFilter,
  most: number,
): Promise<readonly LoggedEvent[]> {
  if (!wants(filter, 'cachedeck')) return [];
  const found: LoggedEvent[] = [];
  const query = queryOf(filter, null, largestPage);
  let before: number | null = null;
  while (found.length < most) {
    const { events, more }: Answer = await client.call('events.list', { ...query, before });
    found.push(...events);
    before = events.at(-1)?.id ?? null;
    if (!more || before === null) break;
  }
  return found.slice(0, most);
}

/** The pages with what is newer put before them; more news than one answer holds: the list starts anew. */
export function withNews(pages: Pages, answer: Answer): Pages {
  const [first, ...rest] = pages.pages;
  const newest = first?.events[0]?.id ?? -1;
  const news = answer.events.filter(({ id }) => id > newest);
  if (news.length === 0) return pages;
  if (!first || (news.length === answer.events.length && answer.more)) {
    return { pages: [answer], pageParams: [null] };
  }
  return { ...pages, pages: [{ ...first, events: [...news, ...first.events] }, ...rest] };
}

/** Main's own events that fit, page by page; those that happen meanwhile come in at the top. */
export function useEventList(wanted: EventFilter): EventList {
  const { origins, kinds, severities, search, range } = wanted;
  const filter = useMemo(
    () => ({ origins, kinds, severities, search, range }),
    [origins, kinds, severities, search, range],
  );
  const enabled = wants(filter, 'cachedeck');
  const client = useClient();
  const queries = useQueryClient();
  const queryKey = useMemo(() => ['events.list', filter], [filter]);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch, isPlaceholderData } =
    useInfiniteQuery({
      queryKey,
      enabled,
      queryFn: ({ pageParam, signal }) => client.call('events.list', queryOf(filter, pageParam), signal),
      initialPageParam: null as number | null,
      getNextPageParam: ({ events, more }) => (more ? (events.at(-1)?.id ?? null) : null),
      staleTime: 0,
      placeholderData: keepPreviousData,
      gcTime: 0, // a page that is come back to asks for what is there now
      retry: false,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    });
  const [newsError, setNewsError] = useState<string | null>(null);
  const loaded = enabled && data !== undefined && !isPlaceholderData;
  const latest = useFeed('events.latest')?.[0]?.id;
  useEffect(() => {
    if (latest === undefined || !loaded) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      let failed: string | null = null;
      try {
        const answer = await client.call('events.list', queryOf(filter, null), stop.signal);
        if (stop.signal.aborted) return;
        queries.setQueryData<Pages>(queryKey, (before) => before && withNews(before, answer));
      } catch (failure) {
        failed = failure instanceof Error ? failure.message : String(failure);
      }
      if (!stop.signal.aborted) setNewsError(failed);
    };
    void ask();
    return () => stop.abort();
  }, [client, queries, queryKey, filter, latest, loaded]);
  const events = useMemo(() => (enabled ? data?.pages.flatMap((page) => page.events) : []), [data, enabled]);
  return {
    events,
    settling: enabled && isPlaceholderData,
    error: enabled ? (error?.message ?? newsError) : null,
    more: enabled && hasNextPage,
    loadingOlder: isFetchingNextPage,
    loadOlder: () => void fetchNextPage(),
    tryAgain: () => {
      setNewsError(null);
      void refetch();
    },
  };
}
