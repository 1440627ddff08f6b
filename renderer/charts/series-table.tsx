import { DataTable } from '../ui/table/data-table.tsx';
import type { Column } from '../ui/table/data-table.tsx';
import { countText, dash, zoneTexts } from '../ui/format.ts';
import type { Row, Series } from './chart-data.ts';
import { pointText } from './frame.ts';

interface Props {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  /** Further series, which are counts. */
  readonly counts: readonly Series[];
  readonly unit: string;
  readonly format: (value: number) => string;
  /** ms a point stands for. */
  readonly bucketMs: number;
  /** px: that of the chart, so that nothing moves. */
  readonly height: number;
}

/** A chart's points as numbers, newest first. */
export function SeriesTable({ title, rows, series, counts, unit, format, bucketMs, height }: Props) {
  const points = rows.filter((row) => Object.keys(row).length > 1);
  const [zone] = zoneTexts(points.at(-1)?.at ?? 0);
  const columns: readonly Column<Row>[] = [
    { id: 'time', title: `Time (${zone})`, names: true, cell: ({ at }) => pointText(at, bucketMs) },
    ...series.map(({ id, label }) => columnOf(id, unit === '' ? label : `${label}, ${unit}`, format)),
    ...counts.map(({ id, label }) => columnOf(id, label, countText)),
  ];
  return (
    <DataTable
      label={`${title}: points`}
      className="series-table"
      columns={columns}
      count={points.length}
      rowAt={(index) => points.at(-1 - index)}
      keyOf={({ at }) => String(at)}
      height={height}
    />
  );
}

function columnOf(id: string, title: string, format: (value: number) => string): Column<Row> {
  return {
    id,
    title,
    numeric: true,
    cell: (row) => {
      const value = row[id] ?? null;
      return value === null ? dash : format(value);
    },
  };
}
