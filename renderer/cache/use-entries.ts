import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { CacheEntry, EntryPage, EntryQuery } from '../../shared/contract/explorer.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { useClient } from '../live/client-context.ts';
import { asMainSays, untilNext } from '../live/use-poll.ts';
import type { Due } from '../live/use-poll.ts';
import { nextStatisticsAt } from '../live/schedule.ts';
import { stampNow } from '../live/ticker.ts';
import { changeSoon } from '../live/together.ts';
import type { Stamp } from '../live/ticker.ts';
import { useVisible } from '../ui/use-visible.ts';

/** Rows asked for at once: what the contract allows, and more than any window shows. */
const asked = 200;
/** Rows kept ready above those that are seen; also how far one scrolls before others are asked for. */
const ahead = 50;

export type EntryOrder = Pick<EntryQuery, 'filter' | 'sort' | 'descending'>;

/** An entry and when main told of it: its ages count on from then. */
export interface ShownEntry {
  readonly entry: CacheEntry;
  readonly at: Stamp;
}

/** One answer: rows of one moment, so that none is twice among them. */
export interface EntryAnswer extends Due, Pick<EntryPage, 'matching' | 'total' | 'bytes'> {
  /** What was asked, which while the next answer is under way is not what is asked. */
  readonly order: EntryOrder;
  readonly offset: number;
  readonly rows: readonly ShownEntry[];
}

interface Entries {
  /** undefined: nothing was answered yet. */
  readonly answer: EntryAnswer | undefined;
  /** undefined: it is not loaded yet. */
  readonly rowAt: (index: number) => ShownEntry | undefined;
  /** Tells which rows are seen; only what is around them is asked for. */
  readonly onRange: (from: number) => void;
  readonly error: Error | null;
}

/** The entries that fit, in order; filtered and sorted by main, asked anew shortly after each tick. */
export function useEntries({ filter, sort, descending }: EntryOrder): Entries {
  const client = useClient();
  const visible = useVisible();
  const question = JSON.stringify([filter, sort, descending]);
  const [window, setWindow] = useState({ question, offset: 0 });
  if (window.question !== question) setWindow({ question, offset: 0 });
  const offset = window.question === question ? window.offset : 0;
  const { data: answer, error } = useQuery({
    ...asMainSays,
    queryKey: ['cache.entries', question, offset],
    queryFn: async ({ signal, client: queries, queryKey }): Promise<EntryAnswer> => {
      const order = { filter, sort, descending };
      const page = await client.call('cache.entries', { ...order, offset, limit: asked }, signal);
      const at = stampNow();
      if (queries.getQueryData(queryKey) === undefined) changeSoon();
      return {
        matching: page.matching,
        total: page.total,
        bytes: page.bytes,
        order,
        offset,
        rows: page.entries.map((entry) => ({ entry, at })),
        dueAt: nextStatisticsAt(performance.now()),
      };
    },
    enabled: visible,
    structuralSharing: false,
    gcTime: 0,
    placeholderData: keepPreviousData,
    refetchInterval: untilNext,
  });
  const rowAt = useCallback((index: number) => answer?.rows[index - answer.offset], [answer]);
  const onRange = useCallback((from: number) => {
    const next = Math.max(0, Math.floor(from / ahead) - 1) * ahead;
    setWindow((now) => (now.offset === next ? now : { ...now, offset: next }));
  }, []);
  return { answer, rowAt, onRange, error };
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
  for (let offset = 0; found.size < most; offset += asked) {
    const { entries } = await client.call('cache.entries', { ...order, offset, limit: asked });
    const at = stampNow();
    for (const entry of entries) found.set(entry.key, { entry, at });
    if (entries.length < asked) break;
  }
  return [...found.values()].slice(0, most);
}
