import { memo } from 'react';
import { Line, LineChart, XAxis, YAxis } from 'recharts';
import { ChartGrid } from '../panels/chart-grid.tsx';
import { plot } from '../panels/chart-marks.ts';
import type { Frame, Row, Series } from './chart-data.ts';
import { drawnLine } from './drawn-line.tsx';
import { LonePoints } from './lone-points.tsx';
import { PlotBands } from './plot-bands.tsx';
import { PlotMarks } from './plot-marks.tsx';

interface Props {
  readonly frame: Frame;
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  readonly width: number;
  /** px */
  readonly height: number;
  readonly ceiling: number;
  readonly unit: string;
  /** Writes the value of a labelled line. */
  readonly format: (value: number) => string;
  /** Another plot stands right below: the label of 0 would touch its uppermost one. */
  readonly crowded: boolean;
}

const margin = { top: 14, right: plot.right, bottom: 0, left: plot.left };

/** Up to four lines over time, with what happened in between. */
export const LinePlot = memo(function LinePlot({
  frame,
  rows,
  series,
  width,
  height,
  ceiling,
  unit,
  format,
  crowded,
}: Props) {
  return (
    <LineChart width={width} height={height} data={[...rows]} margin={margin} accessibilityLayer={false}>
      {/* The chart's own grid and labels would be laid out again at each change. */}
      <PlotBands frame={frame} width={width} height={height} named />
      <ChartGrid
        width={width}
        values={[ceiling, ceiling / 2, 0]}
        top={margin.top}
        bottom={height}
        labelZero={!crowded}
        unit={unit}
        format={format}
      />
      <PlotMarks frame={frame} width={width} height={height} />
      <LonePoints
        frame={frame}
        rows={rows}
        series={series}
        width={width}
        y={(value) => height - (Math.min(value, ceiling) / ceiling) * (height - margin.top)}
      />
      <XAxis dataKey="at" type="number" domain={[frame.from, frame.to]} hide allowDataOverflow />
      <YAxis domain={[0, ceiling]} hide allowDataOverflow />
      {series.map(({ id }, index) => (
        <Line
          key={id}
          dataKey={id}
          shape={drawnLine}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          className={`chart-line line-${index + 1}`}
        />
      ))}
    </LineChart>
  );
});
