import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { HitRateHistory } from '../../shared/contract/cache.ts';
import type { HistoryRow } from './history-rows.ts';
import { placeMarks, plot } from './chart-marks.ts';
import type { PlacedMark } from './chart-marks.ts';

export interface ChartProps {
  readonly rows: readonly HistoryRow[];
  readonly domain: readonly [number, number];
  readonly width: number;
}

interface Props extends ChartProps {
  readonly marks: HitRateHistory['marks'];
}

const margin = { top: 14, right: plot.right, bottom: 0, left: 0 };
const percentTicks = [0, 50, 100];

/** Whole half minutes, minutes or three minutes of the wall clock, by how much time is shown. */
export function timeTicks([from, to]: readonly [number, number]): number[] {
  const step = to - from > 10 * 60_000 ? 180_000 : to - from > 5 * 60_000 ? 60_000 : 30_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Windowed hit rate with the cumulative one as a thin line behind it, and marks. */
export const RateChart = memo(function RateChart({ rows, domain, width, marks }: Props) {
  return (
    <LineChart width={width} height={140} data={[...rows]} margin={margin} accessibilityLayer={false}>
      <CartesianGrid vertical={false} />
      <XAxis dataKey="at" type="number" domain={[...domain]} hide ticks={timeTicks(domain)} />
      <YAxis
        domain={[0, 100]}
        ticks={percentTicks}
        width={plot.left}
        tickLine={false}
        axisLine={false}
        unit=" %"
        tick={{ className: 'tick' }}
        allowDataOverflow
      />
      {placeMarks(marks, domain, width).map(({ at, kind, text, anchor }) => (
        <ReferenceLine
          key={`${kind}${at}`}
          x={at}
          className={`mark-line mark-${kind}`}
          label={<MarkLabel text={text} anchor={anchor} />}
        />
      ))}
      <Line
        dataKey="cumulative"
        type="linear"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
        connectNulls={false}
        className="line-cumulative"
      />
      <Line
        dataKey="rate"
        type="linear"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
        connectNulls={false}
        className="line-rate"
      />
    </LineChart>
  );
});

interface MarkLabelProps extends Pick<PlacedMark, 'text' | 'anchor'> {
  /** Put in by the chart: where the line stands. */
  readonly viewBox?: { readonly x?: number };
}

function MarkLabel({ viewBox, text, anchor }: MarkLabelProps) {
  if (text === '') return null;
  return (
    <text x={viewBox?.x ?? 0} y={10} textAnchor={anchor} className="mark-label">
      {text}
    </text>
  );
}
