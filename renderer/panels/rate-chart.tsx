import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { HitRateHistory } from '../../shared/contract/cache.ts';
import type { HistoryRow } from './history-rows.ts';

export interface ChartProps {
  readonly rows: readonly HistoryRow[];
  readonly domain: readonly [number, number];
  readonly width: number;
}

interface Props extends ChartProps {
  readonly marks: HitRateHistory['marks'];
}

export const plot = { left: 34, right: 8 } as const;
const margin = { top: 14, right: plot.right, bottom: 0, left: 0 };
const percentTicks = [0, 50, 100];

/** Every 3 minutes on the wall clock. */
export function timeTicks([from, to]: readonly [number, number]): number[] {
  const step = 3 * 60_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Windowed hit rate with the cumulative one as a thin line behind it, and marks. */
export const RateChart = memo(function RateChart({ rows, domain, width, marks }: Props) {
  return (
    <LineChart width={width} height={152} data={[...rows]} margin={margin} accessibilityLayer={false}>
      <CartesianGrid vertical={false} className="grid" />
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
      {marks
        .filter(({ at }) => at >= domain[0] && at <= domain[1])
        .map(({ at, kind, label }) => (
          <ReferenceLine
            key={`${kind}${at}`}
            x={at}
            className={`mark-line mark-${kind}`}
            label={{ value: label, position: 'top', className: 'mark-label' }}
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
