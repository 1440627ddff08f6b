import { plot } from '../panels/chart-marks.ts';
import type { Frame, Row, Series } from './chart-data.ts';

interface Props {
  readonly frame: Pick<Frame, 'from' | 'to' | 'bucketMs'>;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  readonly width: number;
  readonly y: (value: number) => number;
}

/** Points without a neighbour, which a line has nothing to lead to: each as wide as the time it stands for. */
export function LonePoints({ frame: { from, to, bucketMs }, rows, series, width, y }: Props) {
  const inner = width - plot.left - plot.right;
  const x = (at: number): number =>
    plot.left + (Math.min(to, Math.max(from, at)) - from) * (inner / Math.max(1, to - from));
  return series.map(({ id }, index) => {
    const known = (row: Row | undefined): boolean => (row?.[id] ?? null) !== null;
    const path = rows
      .filter((row, n) => known(row) && !known(rows[n - 1]) && !known(rows[n + 1]))
      .map((row) => `M${x(row.at - bucketMs / 2)} ${y(row[id] ?? 0)}H${x(row.at + bucketMs / 2)}`)
      .join('');
    return (
      path !== '' && (
        <g key={id} className={`chart-line line-${index + 1}`}>
          <path d={path} />
        </g>
      )
    );
  });
}
