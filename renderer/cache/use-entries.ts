import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { CacheEntry, EntryPage, EntryQuery } from '../../shared/contract/explorer.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { useClient } from '../live/client-context.ts';
import { asMainSays, untilNext } from '../live/use-poll.ts';
import type { Due } from '../live/use-poll.ts';
import { nextStatisticsAt } from '../live/schedule.ts';
import { stampNow } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';

/** Rows asked for at once: what the contract allows. */
const pageSize = 200;

export type EntryOrder = Pick<EntryQuery, 'filter' | 'sort' | 'descending'>;

/** An entry and when main told of it: its ages count on from then. */
export interface ShownEntry {
  readonly entry: CacheEntry;
  readonly at: Stamp;
}

interface Entries {
  /** undefined: nothing was answered yet. */
  readonly totals: Pick<EntryPage, 'matching' | 'total' | 'bytes'> | undefined;
  readonly rowAt: (index: number) => ShownEntry | undefined;
  /** Tells which rows are seen; only their pages are asked for. */
  readonly onRange: (from: number, to: number) => void;
  readonly error: Error | null;
  readonly refresh: () => Promise<void>;
}

interface Answer extends Due {
  readonly page: EntryPage;
  readonly at: Stamp;
}

/** The entries that fit, in order; filtered and sorted by main, asked page by page shortly after each tick. */
export function useEntries(order: EntryOrder): Entries {
  const client = useClient();
  const queries = useQueryClient();
  const [[first, last], setPages] = useState<readonly [number, number]>([0, 0]);
  const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const answers = useQueries({
    queries: pages.map((page) => ({
      ...asMainSays,
      queryKey: ['cache.entries', order.filter, order.sort, order.descending, page],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Answer> => {
        const answer = await client.call(
          'cache.entries',
          { ...order, offset: page * pageSize, limit: pageSize },
          signal,
        );
        return { page: answer, at: stampNow(), dueAt: nextStatisticsAt(performance.now()) };
      },
      structuralSharing: false,
      gcTime: 0,
      placeholderData: keepPreviousData<Answer>,
      refetchInterval: untilNext,
    })),
    combine: (results) => ({
      answers: results.map(({ data }) => data),
      error: results.find(({ error }) => error !== null)?.error ?? null,
    }),
  });
  const { answers: shown, error } = answers;
  const rowAt = useCallback(
    (index: number): ShownEntry | undefined => {
      const answer = shown[Math.floor(index / pageSize) - first];
      const entry = answer?.page.entries[index % pageSize];
      return answer && entry && { entry, at: answer.at };
    },
    [shown, first],
  );
  const onRange = useCallback((from: number, to: number) => {
    const next = [Math.floor(from / pageSize), Math.floor(Math.max(from, to - 1) / pageSize)] as const;
    setPages((now) => (now[0] === next[0] && now[1] === next[1] ? now : next));
  }, []);
  const totals = useMemo(() => shown.find((answer) => answer !== undefined)?.page, [shown]);
  const refresh = useCallback(() => queries.invalidateQueries({ queryKey: ['cache.entries'] }), [queries]);
  return { totals, rowAt, onRange, error, refresh };
}

/**
 * Every entry that fits, page after page, at most `most`. Entries come and go between two pages: one that moved to a
 * later page is there once.
 */
export async function allEntries(
  client: Client,
  order: EntryOrder,
  most: number,
): Promise<readonly ShownEntry[]> {
  const found = new Map<string, ShownEntry>();
  for (let offset = 0; found.size < most; offset += pageSize) {
    const { entries } = await client.call('cache.entries', { ...order, offset, limit: pageSize });
    const at = stampNow();
    for (const entry of entries) found.set(entry.key, { entry, at });
    if (entries.length < pageSize) break;
  }
  return [...found.values()].slice(0, most);
}
