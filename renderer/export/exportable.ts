/** What a cell of an export can hold. A `Date` is written in ISO 8601 in the operator's zone; null is left empty. */
export type Cell = string | number | boolean | Date | null;

export interface ExportColumn<Row> {
  readonly title: string;
  /** Stands in brackets behind the title: numbers are written without one. */
  readonly unit?: string;
  readonly value: (row: Row) => Cell;
}

/** A table or chart as data, told once by the page that shows it. */
export interface Exportable<Row> {
  /** Part of the file's name: small letters and dashes. */
  readonly name: string;
  /** What it is called by: "Events". */
  readonly title: string;
  readonly columns: readonly ExportColumn<Row>[];
  /** All rows, also those that are not shown; it may stop once it has `most`. */
  readonly rows: (most: number) => readonly Row[] | Promise<readonly Row[]>;
}

/** Rows of one export: what a spreadsheet opens without a long wait. */
export const maxRows = 100_000;

/** A column of moments, told in UTC ms. */
export function timeColumn<Row>(title: string, at: (row: Row) => number | null): ExportColumn<Row> {
  return {
    title,
    unit: 'ISO 8601',
    value: (row) => {
      const ms = at(row);
      return ms === null ? null : new Date(ms);
    },
  };
}

/** When what a source shows was loaded: a number without a known age says little. */
export function asOf<Row>({
  reading: { loadedAt },
}: {
  readonly reading: { readonly loadedAt: number | null };
}): ExportColumn<Row> {
  return timeColumn('As of', () => loadedAt);
}

/** A column of a table on a page; what has no `value` is left out: buttons, or what another column says. */
interface ShownColumn<Row> {
  readonly title: string;
  readonly unit?: string;
  readonly value?: (row: Row) => Cell;
}

/** The columns of a table that have values to export. */
export function exportColumns<Row>(columns: readonly ShownColumn<Row>[]): readonly ExportColumn<Row>[] {
  return columns.flatMap(({ title, unit, value }) =>
    value ? [{ title, value, ...(unit !== undefined && { unit }) }] : [],
  );
}

/** "Size (bytes)"; what would stand there twice is counted, so that no reader drops one of the two. */
export function headersOf<Row>(columns: readonly ExportColumn<Row>[]): readonly string[] {
  const used = new Map<string, number>();
  return columns.map(({ title, unit }) => {
    const header = unit === undefined ? title : `${title} (${unit})`;
    const before = used.get(header) ?? 0;
    used.set(header, before + 1);
    return before === 0 ? header : `${header} ${before + 1}`;
  });
}

export interface Gathered<Row> {
  readonly rows: readonly Row[];
  /** There are more than can be exported. */
  readonly cut: boolean;
}

/** All rows, or the first of them. */
export async function gather<Row>({ rows }: Pick<Exportable<Row>, 'rows'>): Promise<Gathered<Row>> {
  const got = await rows(maxRows + 1);
  return got.length > maxRows ? { rows: got.slice(0, maxRows), cut: true } : { rows: got, cut: false };
}
