import { memo } from 'react';
import type { Ribbons } from '../../shared/contract/app.ts';

type Cell = Ribbons['cells'][keyof Ribbons['cells']][number];

const maxCells = 60;
const cellWords: Readonly<Record<Cell, string>> = {
  none: 'without data',
  live: 'live',
  late: 'late',
  failing: 'failing',
  stale: 'stale',
  paused: 'paused',
  unsupported: 'not reported',
};

/** The cells in words: "56 of 60 live, 4 stale". */
export function ribbonWords(cells: readonly Cell[]): string {
  if (cells.length === 0) return 'nothing recorded yet';
  const counts = new Map<Cell, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  if (counts.size === 1) return `all ${cellWords[cells[0] ?? 'none']}`;
  const ordered = [...counts].toSorted((a, b) => b[1] - a[1]);
  return ordered.map(([cell, n]) => `${n} ${cellWords[cell]}`).join(', ');
}

interface Props {
  readonly title: string;
  readonly cells: readonly Cell[];
  readonly intervalMs: number;
}

/** One mark a tick, newest at the right; height and shape tell the states apart, not colour alone. */
export const Ribbon = memo(function Ribbon({ title, cells, intervalMs }: Props) {
  const shown = cells.slice(-maxCells);
  const span = `${Math.round((maxCells * intervalMs) / 60_000)} min`;
  return (
    <>
      <span className="visually-hidden">{`${title}, last ${span}: ${ribbonWords(shown)}`}</span>
      <svg
        className="ribbon"
        viewBox={`0 0 ${maxCells * 6} 14`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {Array.from({ length: maxCells }, (_, column) => {
          const cell = shown[column - (maxCells - shown.length)] ?? null;
          return <Mark key={column} x={column * 6} cell={cell} />;
        })}
      </svg>
    </>
  );
});

function Mark({ x, cell }: { readonly x: number; readonly cell: Cell | null }) {
  switch (cell) {
    case null:
      return <rect className="cell-empty" x={x + 0.5} y={11.5} width={4} height={1} />;
    case 'none':
    case 'unsupported':
      return <rect className="cell-none" x={x + 0.5} y={9} width={4} height={3.5} />;
    case 'live':
      return <rect className="cell-live" x={x + 0.5} y={4} width={4} height={8.5} />;
    case 'late':
      return <rect className="cell-late" x={x + 0.5} y={7} width={4} height={5.5} />;
    case 'failing':
      return <path className="cell-failing" d={`M${x + 0.5} 0.5h4v4.5h-4zM${x + 0.5} 8h4v4.5h-4z`} />;
    case 'stale':
      return <path className="cell-stale" d={`M${x + 2.5} 0.5 L${x + 4.9} 12.5 H${x + 0.1} Z`} />;
    case 'paused':
      return <path className="cell-paused" d={`M${x + 0.5} 4h1.4v8.5h-1.4zM${x + 3.1} 4h1.4v8.5h-1.4z`} />;
  }
}
