import type { Client } from '../../shared/rpc/client.ts';
import { plural } from '../ui/format.ts';
import { deliver } from './deliver.ts';
import { gather, maxRows } from './exportable.ts';
import type { Exportable, Gathered } from './exportable.ts';
import { fileName } from './file-name.ts';
import { csvOf, htmlOf, jsonOf, tsvOf } from './formats.ts';
import { pictureOf } from './picture.ts';

export type Format = 'csv' | 'json' | 'png' | 'copy';

export interface Job<Row> {
  readonly client: Client;
  /** Name of the profile, for the file's. */
  readonly profile: string;
  readonly of: Exportable<Row>;
  readonly format: Format;
  /** The drawn chart, and the time it shows in words; null: there is none to be drawn. */
  readonly chart: { readonly figure: HTMLElement; readonly range: string } | null;
}

export interface Said {
  readonly title: string;
  readonly body: string;
}

/**
 * Writes a table or chart and gives it to the operator.
 * @returns what to tell of it; null: they chose no place to put it
 */
export async function runExport<Row>(job: Job<Row>): Promise<Said | null> {
  const { of, format } = job;
  if (format === 'png') return savePicture(job);
  if (format === 'copy') return copyTable(of);
  const gathered = await gather(of);
  const table = { columns: of.columns, rows: gathered.rows };
  return save(job, rowsWords('Exported', gathered), {
    content: format === 'csv' ? csvOf(table) : jsonOf(table),
    encoding: 'utf8',
    type: format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json',
  });
}

async function savePicture<Row>(job: Job<Row>): Promise<Said | null> {
  if (!job.chart) throw new Error('Show it as a chart first.');
  const content = await pictureOf(job.chart.figure, { title: job.of.title, range: job.chart.range });
  return save(job, 'Exported the chart', { content, encoding: 'base64', type: 'image/png' });
}

interface Content {
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
  readonly type: string;
}

async function save<Row>(
  { client, of, profile, format }: Job<Row>,
  title: string,
  content: Content,
): Promise<Said | null> {
  const name = fileName(of.name, profile, Date.now(), format);
  const body = await deliver(client, { name, ...content });
  return body === null ? null : { title, body };
}

/** As text and as a table: what it is pasted into takes the one it knows. */
async function copyTable<Row>(of: Exportable<Row>): Promise<Said> {
  const gathering = gather(of);
  const blob = async (
    type: string,
    write: (table: Parameters<typeof tsvOf<Row>>[0]) => string,
  ): Promise<Blob> => new Blob([write({ columns: of.columns, rows: (await gathering).rows })], { type });
  // Given as promises: the browser allows it for a moment after the press alone, and rows may come page by page.
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/plain': blob('text/plain', tsvOf),
      'text/html': blob('text/html', htmlOf),
    }),
  ]);
  return { title: rowsWords('Copied', await gathering), body: 'Paste it into a spreadsheet or a message.' };
}

/** "Exported 42 rows", and honestly where there were more. */
function rowsWords<Row>(verb: string, { rows, cut }: Gathered<Row>): string {
  return cut
    ? `${verb} the first ${plural(maxRows, 'row', 'rows')}: there are more`
    : `${verb} ${plural(rows.length, 'row', 'rows')}`;
}
