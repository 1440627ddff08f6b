import { ArrowDown, ArrowUp } from 'lucide-react';

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

interface Props {
  readonly id: string;
  readonly title: string;
  readonly numeric: boolean;
  readonly sort: Sort | undefined;
  /** undefined: the column cannot be sorted. */
  readonly onSort: ((column: string) => void) | undefined;
}

/** A column's title; a button where the table can be sorted by it. */
export function ColumnHead({ id, title, numeric, sort, onSort }: Props) {
  const sorted = sort?.column === id;
  const Arrow = sort?.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={`col-${id}${numeric ? ' num' : ''}`}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {onSort ? (
        <button
          type="button"
          className="column-sort"
          data-sorted={sorted || undefined}
          onClick={() => onSort(id)}
        >
          {title}
          <Arrow size={12} aria-hidden="true" />
        </button>
      ) : (
        title
      )}
    </th>
  );
}

/** The next order when a column's title is pressed: numbers begin with the largest, names with A. */
export function sortBy(column: string, before: Sort, descendingFirst: boolean): Sort {
  return column === before.column
    ? { column, descending: !before.descending }
    : { column, descending: descendingFirst };
}
