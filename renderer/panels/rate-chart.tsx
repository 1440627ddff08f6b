import { memo, useMemo } from 'react';
import { Line, LineChart, XAxis, YAxis } from 'recharts';
import type { HitRateHistory } from '../../shared/contract/cache.ts';
import { drawnLine } from '../charts/drawn-line.tsx';
import { PlotMarks } from '../charts/plot-marks.tsx';
import type { HistoryRow } from './history-rows.ts';
import { ChartGrid } from './chart-grid.tsx';
import { plot } from './chart-marks.ts';

export interface ChartProps {
  readonly rows: readonly HistoryRow[];
  readonly domain: readonly [number, number];
  readonly width: number;
}

interface Props extends ChartProps {
  readonly marks: HitRateHistory['marks'];
}

const height = 140;
const margin = { top: 14, right: plot.right, bottom: 0, left: plot.left };
const percents = [100, 50, 0];
const percentDomain = [0, 100];

/** ms between the points that are drawn: the rate is that of a trailing minute, and shows no more with twice as many. */
const drawnEvery = 10_000;

/** The newest row, those beside a gap, and of the others what falls on the step, whichever row is the newest. */
function thinned(rows: readonly HistoryRow[]): HistoryRow[] {
  return rows.filter(
    ({ at, rate }, index) =>
      index === rows.length - 1 ||
      rate === null ||
      at % drawnEvery < drawnEvery / 2 ||
      rows[index - 1]?.rate === null ||
      rows[index + 1]?.rate === null,
  );
}

/** Windowed hit rate with the cumulative one as a thin line behind it, and marks. */
export const RateChart = memo(function RateChart({ rows, domain, width, marks }: Props) {
  const drawn = useMemo(() => thinned(rows), [rows]);
  return (
    <LineChart width={width} height={height} data={drawn} margin={margin} accessibilityLayer={false}>
      {/* The chart's own grid and labels would be laid out again at each poll. */}
      <ChartGrid width={width} values={percents} top={margin.top} bottom={height} unit=" %" />
      <PlotMarks frame={{ from: domain[0], to: domain[1], marks }} width={width} height={height} />
      <XAxis dataKey="at" type="number" domain={[...domain]} hide />
      <YAxis domain={percentDomain} hide allowDataOverflow />
      <Line
        dataKey="cumulative"
        shape={drawnLine}
        dot={false}
        activeDot={false}
        isAnimationActive={false}
        className="line-cumulative"
      />
      <Line
        dataKey="rate"
        shape={drawnLine}
        dot={false}
        activeDot={false}
        isAnimationActive={false}
        className="line-rate"
      />
    </LineChart>
  );
});
