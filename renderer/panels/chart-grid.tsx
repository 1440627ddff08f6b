import { memo } from 'react';
import { plot } from './chart-marks.ts';

interface Props {
  readonly width: number;
  /** What the labelled lines stand for. */
  readonly values: readonly number[];
  /** y of the first value and of 0, px. */
  readonly top: number;
  readonly bottom: number;
  readonly unit?: string;
  readonly format?: (value: number) => string;
  /** Labels 0 too: not where the next chart’s labels stand right below. */
  readonly labelZero?: boolean;
}

/** Horizontal lines with their labels at the left; `values` begin with the one at the top and end with 0. */
export const ChartGrid = memo(function ChartGrid({
  width,
  values,
  top,
  bottom,
  unit = '',
  format = String,
  labelZero = false,
}: Props) {
  const most = values[0] ?? 0;
  return values.map((value) => (
    <g key={value} transform={`translate(0 ${bottom - (value / Math.max(1, most)) * (bottom - top)})`}>
      <line className="chart-grid" x1={plot.left} x2={width - plot.right} />
      {(value > 0 || labelZero) && (
        <text className="tick" x={plot.left - 8} y={4} textAnchor="end">
          {value === 0 ? '0' : `${format(value)}${unit}`}
        </text>
      )}
    </g>
  ));
});
