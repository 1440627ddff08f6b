import { timeColumn } from '../export/exportable.ts';
import type { Exportable } from '../export/exportable.ts';
import { dateTimeText, zoneTexts } from '../ui/format.ts';
import type { Frame, Row, Series } from './chart-data.ts';

interface Plotted {
  /** Of the chart, with the words of what is chosen: "Hit rate". */
  readonly title: string;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  /** Of all series: "%". Empty: none. */
  readonly unit: string;
  /** Series with no unit: counts beside percents. */
  readonly counts: readonly Series[];
}

/** The points of a chart, oldest first; gaps are no points. */
export function chartExport({ title, rows, series, unit, counts }: Plotted): Exportable<Row> {
  const column = ({ id, label, name = label }: Series, unit: string) => ({
    title: name,
    ...(unit !== '' && { unit }),
    value: (row: Row) => row[id] ?? null,
  });
  return {
    name: title,
    title,
    columns: [
      timeColumn('Time', ({ at }) => at),
      ...series.map((one) => column(one, unit)),
      ...counts.map((one) => column(one, '')),
    ],
    rows: () => rows.filter((row) => Object.keys(row).length > 1),
  };
}

/** "15 Jan 13:03:07 – 15 Jan 14:03:07 CET": what stands on a picture, which is looked at later. */
export function rangeText({ from, to }: Pick<Frame, 'from' | 'to'>): string {
  return `${dateTimeText(from)} – ${dateTimeText(to)} ${zoneTexts(to)[0]}`;
}
