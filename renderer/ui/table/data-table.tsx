import { memo, useEffect, useLayoutEffect, useRef } from 'react';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import type { Cell } from '../../export/exportable.ts';
import { ColumnHead } from './column-head.tsx';
import type { Sort } from './column-head.tsx';
import { indexOf, useActiveRow } from './active-row.ts';
import { useVirtualRows } from './virtual-rows.ts';

export interface Column<Row> {
  /** Also the class of its cells. */
  readonly id: string;
  readonly title: string;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  /** What the row is called by. */
  readonly names?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** What an export has of it, in `unit`; undefined: nothing. */
  readonly value?: (row: Row) => Cell;
  readonly unit?: string;
}

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
  /** null: it cannot be told, because not all rows are loaded. */
  readonly all: { readonly chosen: boolean; readonly toggle: () => void } | null;
}

interface Props<Row> {
  /** What the table is called by. */
  readonly label: string;
  readonly className?: string;
  /** px; else as high as the window leaves room for. */
  readonly height?: number;
  readonly columns: readonly Column<Row>[];
  /** How many rows there are; those that are not loaded yet are drawn as dashes. */
  readonly count: number;
  readonly rowAt: (index: number) => Row | undefined;
  readonly keyOf: (row: Row) => string;
  /** What a row is called, for the checkbox in front of it. */
  readonly nameOf?: (row: Row) => string;
  readonly sort?: Sort;
  readonly onSort?: (column: string) => void;
  /** What the rows are the answer to: another one begins at its top. */
  readonly question?: string;
  readonly selection?: Selection;
  /** Told which rows are drawn, `to` not included, so that they can be loaded. */
  readonly onRange?: (from: number, to: number) => void;
  /** Enter on a row. */
  readonly onOpen?: (row: Row) => void;
  /** Del on a row. */
  readonly onDelete?: (row: Row) => void;
}

/**
 * A table of any length: only the rows that are seen are in the document. J and K, or the arrow keys, go from row to
 * row; Space selects, Enter opens, Del deletes, where the page offers it.
 */
export function DataTable<Row>(props: Props<Row>) {
  const { label, className, columns, count, rowAt, keyOf, nameOf, sort, onSort, selection, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const { from, to, before, after, scrollTo } = useVirtualRows(scroller, count);
  const drawn = Array.from({ length: to - from }, (_, n) => rowAt(from + n));
  const keys = drawn.map((row) => (row === undefined ? null : keyOf(row)));
  const { active, onKeyDown, onFocus, onBlur, reset } = useActiveRow({ table, count, from, keys, scrollTo });
  useEffect(() => onRange?.(from, to), [onRange, from, to]);
  const answered = useRef(props.question);
  useLayoutEffect(() => {
    if (answered.current === props.question) return;
    answered.current = props.question;
    if (scroller.current) scroller.current.scrollTop = 0;
    reset();
  });

  function act(event: KeyboardEvent): void {
    if (onKeyDown(event)) return;
    // A button within the row has keys of its own.
    const index = event.target instanceof HTMLTableRowElement ? indexOf(event.target) : null;
    const row = index === null ? undefined : rowAt(index);
    if (row === undefined) return;
    if (event.key === 'Enter' && props.onOpen) props.onOpen(row);
    else if (event.key === 'Delete' && props.onDelete) props.onDelete(row);
    else if (event.key === ' ' && selection) selection.toggle(keyOf(row));
    else return;
    event.preventDefault();
  }

  return (
    <div className={`data-scroll ${className ?? ''}`} ref={scroller} style={heightStyle(props.height)}>
      <table
        className="table data-table"
        role="grid"
        aria-multiselectable={selection ? true : undefined}
        aria-rowcount={count + 1}
        aria-label={label}
        ref={table}
        // Takes the focus while the row that has it is scrolled out of the document.
        tabIndex={active >= from && active < to ? -1 : 0}
        onKeyDown={act}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        <colgroup>
          {selection && <col className="col-select" />}
          {columns.map(({ id }) => (
            <col key={id} className={`col-${id}`} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {selection && (
              <th scope="col" className="col-select">
                {selection.all && (
                  <label className="pick">
                    <input
                      type="checkbox"
                      aria-label="Select all"
                      checked={selection.all.chosen}
                      onChange={selection.all.toggle}
                    />
                  </label>
                )}
              </th>
            )}
            {columns.map(({ id, title, numeric = false, sortable = false }) => (
              <ColumnHead
                key={id}
                id={id}
                title={title}
                numeric={numeric}
                sort={sort}
                onSort={sortable ? onSort : undefined}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={before} />
          {drawn.map((row, n) => {
            const key = keys[n] ?? null;
            return (
              <TableRow
                key={key ?? `row ${from + n}`}
                index={from + n}
                row={row}
                columns={columns}
                isActive={from + n === active}
                rowKey={key}
                name={row === undefined ? '' : (nameOf?.(row) ?? '')}
                selected={key !== null && selection?.selected.has(key) === true}
                onToggle={selection?.toggle}
              />
            );
          })}
          <Space height={after} />
        </tbody>
      </table>
    </div>
  );
}

function heightStyle(height: number | undefined): CSSProperties | undefined {
  return height === undefined ? undefined : { height, minHeight: height, maxHeight: height };
}

/** Stands for the rows that are not drawn, so that the scroll bar is as long as the table. */
function Space({ height }: { readonly height: number }) {
  return height === 0 ? null : <tr className="data-space" aria-hidden="true" style={{ height }} />;
}

interface RowProps<Row> {
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  /** null: it is not loaded yet. */
  readonly rowKey: string | null;
  readonly name: string;
  readonly selected: boolean;
  /** undefined: rows cannot be selected. */
  readonly onToggle: ((key: string) => void) | undefined;
}

const TableRow = memo(PlainRow) as typeof PlainRow;

function PlainRow<Row>({ index, row, columns, isActive, rowKey, name, selected, onToggle }: RowProps<Row>) {
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={onToggle ? selected : undefined}
      tabIndex={isActive ? 0 : -1}
    >
      {onToggle && (
        <td className="col-select">
          <label className="pick">
            <input
              type="checkbox"
              aria-label={`Select ${name}`}
              disabled={rowKey === null}
              checked={selected}
              onChange={() => {
                if (rowKey !== null) onToggle(rowKey);
              }}
            />
          </label>
        </td>
      )}
      {columns.map(({ id, numeric, names, cell }) => {
        const className = `col-${id}${numeric ? ' num' : ''}`;
        const content = row === undefined ? '…' : cell(row);
        return names ? (
          <th key={id} scope="row" className={className}>
            {content}
          </th>
        ) : (
          <td key={id} className={className}>
            {content}
          </td>
        );
      })}
    </tr>
  );
}
