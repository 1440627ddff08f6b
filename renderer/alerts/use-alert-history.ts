import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { AlertMessage, AlertRecord, AlertsState } from '../../shared/contract/alerts.ts';
import type { CallOutput, Client } from '../../shared/rpc/client.ts';
import { useClient } from '../live/client-context.ts';
import { useFeed } from '../live/feed.ts';

/** Records asked for at once. */
const pageSize = 100;
/** ms after which what became of a notification is known. */
const outcomeAfterMs = 2000;

export interface AlertHistory {
  /** Newest first; undefined until the first answer. */
  readonly records: readonly AlertRecord[] | undefined;
  readonly error: string | null;
  /** There are older ones. */
  readonly more: boolean;
  readonly loadingOlder: boolean;
  readonly loadOlder: () => void;
  readonly tryAgain: () => void;
}

/** Changes when something happened that is in the history; not with each new sentence about an alert. */
function newsOf(state: AlertsState | undefined, messages: readonly AlertMessage[] | undefined): string {
  const alerts = state?.active.map(
    ({ key, state: where, heldBy }) => `${key} ${where} ${heldBy.map(({ by }) => by).join()}`,
  );
  const silences = state?.silences.map(({ key, since }) => `${key} ${since}`);
  return JSON.stringify([alerts, silences, messages?.at(-1)?.id]);
}

/** As many as main gives at once: for an export, which shows nothing in between. */
const largestPage = 200;

/** Every record, newest first, page after page, at most `most`. */
export async function allRecords(client: Client, most: number): Promise<readonly AlertRecord[]> {
  const found: AlertRecord[] = [];
  let before: number | null = null;
  while (found.length < most) {
    const { records, more }: CallOutput<'alerts.history'> = await client.call('alerts.history', {
      before,
      limit: largestPage,
    });
    found.push(...records);
    before = records.at(-1)?.id ?? null;
    if (!more || before === null) break;
  }
  return found.slice(0, most);
}

/** What fired, was told and was not, page by page; asked anew when something happens. */
export function useAlertHistory(): AlertHistory {
  const client = useClient();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['alerts.history'],
    queryFn: ({ pageParam, signal }) =>
      client.call('alerts.history', { before: pageParam, limit: pageSize }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ records, more }) => (more ? (records.at(-1)?.id ?? null) : null),
    staleTime: 0,
    gcTime: 0, // a tab that is come back to asks for what is there now
    retry: false,
    networkMode: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const news = newsOf(useFeed('alerts.state'), useFeed('alerts.messages'));
  const asked = useRef(news);
  useEffect(() => {
    if (asked.current === news) return;
    asked.current = news;
    const ask = (): void => void refetch({ cancelRefetch: false }); // older ones may be on their way
    ask();
    const timer = setTimeout(ask, outcomeAfterMs);
    return () => clearTimeout(timer);
  }, [news, refetch]);
  const records = useMemo(() => data?.pages.flatMap((page) => page.records), [data]);
  return {
    records,
    error: error ? error.message : null,
    more: hasNextPage,
    loadingOlder: isFetchingNextPage,
    loadOlder: () => void fetchNextPage(),
    tryAgain: () => void refetch(),
  };
}
