import { memo } from 'react';
import { ChartGrid } from '../panels/chart-grid.tsx';
import { plot } from '../panels/chart-marks.ts';
import { countText } from '../ui/format.ts';
import { PlotBands } from './plot-bands.tsx';
import type { Frame } from './chart-data.ts';

/** A point that may be missing: a row whose stacked values are null is a gap. */
export type StackRow = { readonly at: number } & Readonly<Record<string, number | null>>;

interface Props {
  readonly rows: readonly StackRow[];
  /** Ids of what is stacked, from the bottom up; class `area-<id>`. */
  readonly stack: readonly string[];
  /** Id of what is drawn as an outline beside them; class `line-<id>`. */
  readonly outline?: string;
  readonly domain: readonly [number, number];
  /** ms a row stands for: how wide one without a neighbour is drawn. */
  readonly rowMs: number;
  readonly bands?: Frame['bands'];
  readonly width: number;
  readonly ceiling: number;
}

const stackHeight = 72;
const top = 6;
const noBands: Frame['bands'] = [];

/** One row's place in the plot, whole px, so that neighbours meet without a seam. */
interface Column {
  readonly row: StackRow;
  readonly left: number;
  readonly right: number;
}

function isGap(row: StackRow, stack: readonly string[]): boolean {
  return stack.every((id) => (row[id] ?? null) === null);
}

/** A column reaches half way to its neighbours, and as far where it has none. */
function columnsOf(
  rows: readonly StackRow[],
  stack: readonly string[],
  x: (at: number) => number,
  rowMs: number,
): readonly Column[] {
  return rows.flatMap((row, index) => {
    if (isGap(row, stack)) return [];
    const edge = (beside: StackRow | undefined, reach: number): number =>
      Math.round(x(beside && !isGap(beside, stack) ? (row.at + beside.at) / 2 : row.at + reach));
    return [{ row, left: edge(rows[index - 1], -rowMs / 2), right: edge(rows[index + 1], rowMs / 2) }];
  });
}

function stackPaths(
  columns: readonly Column[],
  stack: readonly string[],
  y: (value: number) => string,
): readonly string[] {
  const paths = stack.map(() => '');
  for (const { row, left, right } of columns) {
    let below = 0;
    for (const [index, id] of stack.entries()) {
      const above = below + (row[id] ?? 0);
      if (above > below) paths[index] += `M${left} ${y(above)}H${right}V${y(below)}H${left}z`;
      below = above;
    }
  }
  return paths;
}

/** The line goes on where a column begins at the end of the one before. */
function outlinePath(columns: readonly Column[], id: string, y: (value: number) => string): string {
  let end: number | null = null;
  let path = '';
  for (const { row, left, right } of columns) {
    path += `${left === end ? 'L' : 'M'}${left} ${y(row[id] ?? 0)}H${right}`;
    end = right;
  }
  return path;
}

/**
 * Counts of each point on top of each other. Drawn by hand: a chart library takes longer to stack 180 points than the
 * rest of the page takes to draw a whole poll.
 */
export const StackPlot = memo(function StackPlot(props: Props) {
  const { rows, stack, outline, domain, rowMs, bands = noBands, width, ceiling } = props;
  const [from, to] = domain;
  const inner = width - plot.left - plot.right;
  const x = (at: number): number =>
    plot.left + ((Math.min(to, Math.max(from, at)) - from) / Math.max(1, to - from)) * inner;
  const y = (value: number): string => (stackHeight - (value / ceiling) * (stackHeight - top)).toFixed(1);
  const columns = columnsOf(rows, stack, x, rowMs);
  const paths = stackPaths(columns, stack, y);
  return (
    <svg className="chart-svg" width={width} height={stackHeight} overflow="visible">
      <PlotBands frame={{ from, to, bands }} width={width} height={stackHeight} />
      <ChartGrid width={width} values={[ceiling, 0]} top={top} bottom={stackHeight} format={countText} />
      {stack.map((id, index) => (
        <g key={id} className={`area-${id}`}>
          <path d={paths[index]} />
        </g>
      ))}
      {outline !== undefined && (
        <g className={`line-${outline}`}>
          <path d={outlinePath(columns, outline, y)} fill="none" />
        </g>
      )}
    </svg>
  );
});
