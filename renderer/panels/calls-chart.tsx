import { memo } from 'react';
import { minuteText, timeText } from '../ui/format.ts';
import { ChartGrid } from './chart-grid.tsx';
import { plot } from './chart-marks.ts';
import { callsCeiling } from './history-rows.ts';
import type { HistoryRow } from './history-rows.ts';
import type { ChartProps } from './rate-chart.tsx';

const height = 70;
const top = 6;
const bottom = 52;

/** Whole half minutes, minutes or three minutes of the wall clock, by how much time is shown. */
function timeTicks([from, to]: readonly [number, number]): number[] {
  const step = to - from > 10 * 60_000 ? 180_000 : to - from > 5 * 60_000 ? 60_000 : 30_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

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
    <svg className="chart-svg" width={width} height={height}>
      <ChartGrid width={width} values={[ceiling, 0]} top={top} bottom={bottom} labelZero />
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
