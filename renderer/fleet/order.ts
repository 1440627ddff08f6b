/** What rows are put in order by. */
export type SortValue = string | number | null;

/** Fast, and the same for everyone: what is sorted here are numbers, ranks, keys in hexadecimal digits. */
function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The rows in order; what is missing comes last in both directions, and equal ones keep the order they had.
 * Each value is asked for once, whatever the number of comparisons.
 */
export function inOrder<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  descending: boolean,
): readonly Row[] {
  const keyed = rows.map((row) => ({ row, value: valueOf(row) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    const by = compare(a.value, b.value);
    return descending ? -by : by;
  });
  return keyed.map(({ row }) => row);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The place of each name among all of them, as people sort names: engine-9 before engine-10. */
export function ranksOf(names: Iterable<string>): ReadonlyMap<string, number> {
  const sorted = [...new Set(names)].toSorted((a, b) => collator.compare(a, b));
  return new Map(sorted.map((name, rank) => [name, rank]));
}
