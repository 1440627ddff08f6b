import { memo } from 'react';
import { minuteText, timeText } from '../ui/format.ts';
import { plot } from './chart-marks.ts';
import { callsCeiling } from './history-rows.ts';
import type { HistoryRow } from './history-rows.ts';
import { timeTicks } from './rate-chart.tsx';
import type { ChartProps } from './rate-chart.tsx';

const height = 70;
const top = 6;
const bottom = 52;

/** The line as one path; a missing sample lifts the pen. */
function linePath(
  rows: readonly HistoryRow[],
  x: (at: number) => number,
  y: (calls: number) => number,
): string {
  let pen = 'M';
  let path = '';
  for (const { at, callsPerMinute } of rows) {
    if (callsPerMinute === null) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x(at).toFixed(1)} ${y(callsPerMinute).toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

/**
 * Backend calls in the trailing minute, with the time axis that all three charts share. One line needs no chart
 * library: drawn by hand it costs a twentieth of one.
 */
export const CallsChart = memo(function CallsChart({ rows, domain, width }: ChartProps) {
  const [from, to] = domain;
  const ceiling = callsCeiling(rows);
  const inner = width - plot.left - plot.right;
  const x = (at: number): number => plot.left + ((at - from) / Math.max(1, to - from)) * inner;
  const y = (calls: number): number => bottom - (calls / ceiling) * (bottom - top);
  const labelOf = to - from > 5 * 60_000 ? minuteText : timeText;
  return (
    <svg className="calls-chart" width={width} height={height}>
      {[ceiling, 0].map((calls) => (
        <g key={calls}>
          <line className="calls-grid" x1={plot.left} x2={width - plot.right} y1={y(calls)} y2={y(calls)} />
          <text className="tick" x={plot.left - 8} y={y(calls) + 4} textAnchor="end">
            {calls}
          </text>
        </g>
      ))}
      {timeTicks(domain)
        .filter((at) => x(at) < width - 24)
        .map((at) => (
          <text key={at} className="tick" x={x(at)} y={bottom + 15} textAnchor="middle">
            {labelOf(at)}
          </text>
        ))}
      <path className="line-calls" d={linePath(rows, x, y)} />
    </svg>
  );
});
