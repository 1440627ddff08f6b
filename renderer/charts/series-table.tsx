import { DataTable } from '../ui/table/data-table.tsx';
import type { Column } from '../ui/table/data-table.tsx';
import { dash, zoneTexts } from '../ui/format.ts';
import type { Row, Series } from './chart-data.ts';
import { pointText } from './frame.ts';

interface Props {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  readonly unit: string;
  readonly format: (value: number) => string;
  /** ms a point stands for. */
  readonly bucketMs: number;
}

/** A chart's points as numbers, newest first. */
export function SeriesTable({ title, rows, series, unit, format, bucketMs }: Props) {
  const points = rows.filter((row) => Object.keys(row).length > 1);
  const [zone] = zoneTexts(points.at(-1)?.at ?? 0);
  const columns: readonly Column<Row>[] = [
    { id: 'time', title: `Time (${zone})`, names: true, cell: ({ at }) => pointText(at, bucketMs) },
    ...series.map(({ id, label }): Column<Row> => ({
      id,
      title: unit === '' ? label : `${label}, ${unit}`,
      numeric: true,
      cell: (row) => {
        const value = row[id] ?? null;
        return value === null ? dash : format(value);
      },
    })),
  ];
  return (
    <DataTable
      label={`${title}: points`}
      className="series-table"
      columns={columns}
      count={points.length}
      rowAt={(index) => points.at(-1 - index)}
      keyOf={({ at }) => String(at)}
    />
  );
}
