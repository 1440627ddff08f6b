import { memo } from 'react';
import { ChartGrid } from './chart-grid.tsx';
import { plot } from './chart-marks.ts';
import { lookupsCeiling } from './history-rows.ts';
import type { HistoryRow } from './history-rows.ts';
import type { ChartProps } from './rate-chart.tsx';

const height = 72;
const top = 6;
/** Lookups by outcome, stacked from the best upwards. */
const stack = ['hits', 'coalesced', 'staleHits', 'misses'] as const;

type Outcome = (typeof stack)[number];

/** One tick's place in the plot, whole px, so that neighbours meet without a seam. */
interface Column {
  readonly row: HistoryRow;
  readonly left: number;
  readonly right: number;
}

/** A column reaches half way to its neighbours; beside a gap it ends at its own moment. */
function columnsOf(rows: readonly HistoryRow[], x: (at: number) => number): readonly Column[] {
  return rows.flatMap((row, index) => {
    if (row.hits === null) return [];
    const edge = (beside: HistoryRow | undefined): number =>
      Math.round(beside && beside.hits !== null ? (x(row.at) + x(beside.at)) / 2 : x(row.at));
    return [{ row, left: edge(rows[index - 1]), right: edge(rows[index + 1]) }];
  });
}

function stackPaths(columns: readonly Column[], y: (lookups: number) => string): Record<Outcome, string> {
  const paths: Record<Outcome, string> = { hits: '', coalesced: '', staleHits: '', misses: '' };
  for (const { row, left, right } of columns) {
    let below = 0;
    for (const name of stack) {
      const above = below + (row[name] ?? 0);
      if (above > below) paths[name] += `M${left} ${y(above)}H${right}V${y(below)}H${left}z`;
      below = above;
    }
  }
  return paths;
}

/** The line goes on where a column begins at the end of the one before. */
function prefetchPath(columns: readonly Column[], y: (lookups: number) => string): string {
  let end: number | null = null;
  let path = '';
  for (const { row, left, right } of columns) {
    path += `${left === end ? 'L' : 'M'}${left} ${y(row.prefetches ?? 0)}H${right}`;
    end = right;
  }
  return path;
}

/**
 * Lookups of each tick by outcome, the prefetches beside them as an outline. Drawn by hand like the calls: a chart
 * library takes longer to stack 180 ticks than the rest of the page takes to draw a whole poll.
 */
export const OutcomeChart = memo(function OutcomeChart({ rows, domain, width }: ChartProps) {
  const [from, to] = domain;
  const ceiling = lookupsCeiling(rows);
  const inner = width - plot.left - plot.right;
  const x = (at: number): number => plot.left + ((at - from) / Math.max(1, to - from)) * inner;
  const y = (lookups: number): string => (height - (lookups / ceiling) * (height - top)).toFixed(1);
  const columns = columnsOf(rows, x);
  const paths = stackPaths(columns, y);
  return (
    <svg className="chart-svg" width={width} height={height} overflow="visible">
      <ChartGrid width={width} values={[ceiling, 0]} top={top} bottom={height} />
      {stack.map((name) => (
        <g key={name} className={`area-${name}`}>
          <path d={paths[name]} />
        </g>
      ))}
      <g className="line-prefetches">
        <path d={prefetchPath(columns, y)} fill="none" />
      </g>
    </svg>
  );
});
