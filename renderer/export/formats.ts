import { headersOf } from './exportable.ts';
import type { Cell, ExportColumn } from './exportable.ts';
import { isoInZone } from './iso-time.ts';

/** Rows with the columns they are written in. */
export interface Table<Row> {
  readonly columns: readonly ExportColumn<Row>[];
  readonly rows: readonly Row[];
}

/** What a spreadsheet takes for the beginning of a formula, in its wide forms too. */
const formula = /^[=+\-@\t\r＝＋－＠]/;

/**
 * A cell as text for spreadsheets. Text that would run as a formula gets an apostrophe before it, as OWASP's "CSV
 * Injection" advises; numbers are written by us and stay numbers, with a point and unrounded.
 */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return isoInZone(cell.getTime());
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'boolean') return String(cell);
  return formula.test(cell) ? `'${cell}` : cell;
}

function linesOf<Row>({ columns, rows }: Table<Row>): readonly (readonly string[])[] {
  return [
    headersOf(columns).map(cellText),
    ...rows.map((row) => columns.map(({ value }) => cellText(value(row)))),
  ];
}

/**
 * RFC 4180: CRLF after every line, a header, quotes where a cell has a comma, a quote or a line break. A line of one
 * empty cell is quoted too: it would be read as no line.
 */
export function csvOf<Row>(table: Table<Row>): string {
  const alone = table.columns.length === 1;
  const quoted = (text: string): string =>
    /[",\r\n]/.test(text) || (alone && text === '') ? `"${text.replaceAll('"', '""')}"` : text;
  return linesOf(table)
    .map((line) => `${line.map(quoted).join(',')}\r\n`)
    .join('');
}

/** An array of objects with the titles of the CSV as names. Nothing is guarded: no reader of JSON runs formulas. */
export function jsonOf<Row>({ columns, rows }: Table<Row>): string {
  const headers = headersOf(columns);
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(({ value }, index) => [headers[index], jsonValue(value(row))])),
  );
  return `${JSON.stringify(objects, null, 2)}\n`;
}

function jsonValue(cell: Cell): string | number | boolean | null {
  return cell instanceof Date ? isoInZone(cell.getTime()) : cell;
}

/** For pasting as cells: what would part them is written as a blank. */
export function tsvOf<Row>(table: Table<Row>): string {
  return linesOf(table)
    .map((line) => line.map((text) => text.replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For pasting as a table into documents and messages. */
export function htmlOf<Row>(table: Table<Row>): string {
  const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
  const row = (line: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${line.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  const [head = [], ...body] = linesOf(table);
  return `<table><thead>${row(head, 'th')}</thead><tbody>${body.map((line) => row(line, 'td')).join('')}</tbody></table>`;
}
