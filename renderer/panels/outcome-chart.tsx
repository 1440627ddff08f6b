import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import { lookupsCeiling } from './history-rows.ts';
import { plot } from './chart-marks.ts';
import type { ChartProps } from './rate-chart.tsx';

const margin = { top: 6, right: plot.right, bottom: 0, left: 0 };
/** Lookups by outcome, stacked from the best upwards. Areas, because bars cost four times as much. */
const stack = ['hits', 'coalesced', 'staleHits', 'misses'] as const;

/** Lookups of each tick by outcome, the prefetches beside them as an outline. */
export const OutcomeChart = memo(function OutcomeChart({ rows, domain, width }: ChartProps) {
  const ceiling = lookupsCeiling(rows);
  return (
    <ComposedChart width={width} height={72} data={[...rows]} margin={margin} accessibilityLayer={false}>
      <CartesianGrid vertical={false} />
      <XAxis dataKey="at" type="number" domain={[...domain]} hide />
      <YAxis
        domain={[0, ceiling]}
        ticks={[0, ceiling]}
        width={plot.left}
        tickLine={false}
        axisLine={false}
        tick={{ className: 'tick' }}
        allowDataOverflow
      />
      {stack.map((name) => (
        <Area
          key={name}
          dataKey={name}
          stackId="lookups"
          type="step"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          connectNulls={false}
          className={`area-${name}`}
        />
      ))}
      <Line
        dataKey="prefetches"
        type="step"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
        connectNulls={false}
        className="line-prefetches"
      />
    </ComposedChart>
  );
});
