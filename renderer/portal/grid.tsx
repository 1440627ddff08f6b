import type { ReactNode } from 'react';
import type { Cell, ExportColumn } from '../export/exportable.ts';
import { dash } from '../ui/format.ts';

export interface Column<T> {
  readonly head: string;
  /** What it is as data; null: not reported. */
  readonly value: (item: T) => Cell;
  /** Of the value in an export. */
  readonly unit?: string;
  /** How it is drawn, where not as the value's own text. */
  readonly cell?: (item: T) => ReactNode;
  /** Numbers stand at the right. */
  readonly num?: boolean;
  readonly mono?: boolean;
}

/** The columns for an export. */
export function exported<T>(columns: readonly Column<T>[]): readonly ExportColumn<T>[] {
  return columns.map(({ head, value, unit }) => ({
    title: head,
    value,
    ...(unit !== undefined && { unit }),
  }));
}

interface Props<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string | number;
  /** Rows above the items, as wide as the table. */
  readonly before?: readonly ReactNode[];
}

/** A table that scrolls within its block, also by keyboard; the first column names its row. */
export function Grid<T>({ label, columns, items, keyOf, before = [] }: Props<T>) {
  return (
    <section className="scroll grid" aria-label={`${label}, table`} tabIndex={0}>
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ head, num }) => (
              <th key={head} scope="col" className={num ? 'num' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before.map((row, index) => (
            // They are few, have no state and come all at once.
            <tr key={`before ${String(index)}`} className="grid-said">
              <td colSpan={columns.length}>
                <div className="grid-said-text">{row}</div>
              </td>
            </tr>
          ))}
          {items.map((item) => (
            <Row key={keyOf(item)} item={item} columns={columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row<T>({ item, columns }: { readonly item: T; readonly columns: readonly Column<T>[] }) {
  return (
    <tr>
      {columns.map(({ head, value, cell, num, mono }, index) => {
        const name = [num ? 'num' : '', mono ? 'mono' : ''].filter(Boolean).join(' ') || undefined;
        const content = (cell ? cell(item) : plainText(value(item))) ?? dash;
        return index === 0 ? (
          <th key={head} scope="row" className={name}>
            {content}
          </th>
        ) : (
          <td key={head} className={name}>
            {content}
          </td>
        );
      })}
    </tr>
  );
}

function plainText(value: Cell): string | null {
  return value === null ? null : String(value);
}
