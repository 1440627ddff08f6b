import type { CacheEntry, EntryQuery } from '../../../shared/contract/explorer.ts';
import { entryOrigins, entryStates } from '../../../shared/model/explorer.ts';
import type { EntryColumn } from '../../../shared/model/explorer.ts';
import { compileGlob, matchesGlob } from '../cache/glob.ts';

type Value = string | number | null;

/** What a column is sorted by: words of a closed list by their place in it. null: nothing to sort by. */
const valueOf: Readonly<Record<EntryColumn, (entry: CacheEntry) => Value>> = {
  key: ({ key }) => key,
  namespace: ({ namespace }) => namespace,
  state: ({ state }) => entryStates.indexOf(state),
  age: ({ age }) => age,
  ttlRemaining: ({ ttlRemaining }) => ttlRemaining,
  bytes: ({ bytes }) => bytes,
  hits: ({ hits }) => hits,
  lastHitAt: ({ lastHitAt }) => lastHitAt,
  origin: ({ origin }) => origin && entryOrigins.indexOf(origin),
};

/**
 * The keys that a filter means: a part of the key, or a glob over the whole of it where it has `*` or `?`. Upper and
 * lower case are alike, other than in a pattern that removes. Blank: every key.
 */
export function keyFilter(filter: string): (key: string) => boolean {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return () => true;
  if (!/[*?]/.test(wanted)) return (key) => key.toLowerCase().includes(wanted);
  const glob = compileGlob(wanted);
  return (key) => matchesGlob(glob, key.toLowerCase());
}

/**
 * One page of the entries that fit. What has no value in the sorted column comes last either way; ties go by key, so
 * that pages never overlap.
 */
export function queryEntries(
  entries: readonly CacheEntry[],
  { filter, sort, descending, offset, limit }: EntryQuery,
): { readonly matching: number; readonly entries: CacheEntry[] } {
  const fits = keyFilter(filter);
  const valueIn = valueOf[sort];
  const direction = descending ? -1 : 1;
  const rows = entries.filter(({ key }) => fits(key)).map((entry) => ({ entry, value: valueIn(entry) }));
  rows.sort((a, b) => {
    if (a.value !== b.value) {
      if (a.value === null) return 1;
      if (b.value === null) return -1;
      return a.value < b.value ? -direction : direction;
    }
    return a.entry.key < b.entry.key ? -1 : 1;
  });
  const page = rows.slice(offset, offset + limit).map(({ entry }) => entry);
  return { matching: rows.length, entries: page };
}
