import { memo } from 'react';
import { spanText } from '../../shared/model/age.ts';
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
function ribbonWords(cells: readonly Cell[]): string {
  if (cells.length === 0) return 'nothing recorded yet';
  const counts = new Map<Cell, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  if (counts.size === 1) return `all ${cellWords[cells[0] ?? 'none']}`;
  const ordered = [...counts].toSorted((a, b) => b[1] - a[1]);
  return ordered.map(([cell, n]) => `${n} ${cellWords[cell]}`).join(', ');
}

/** "Last 5 min: 56 live, 4 stale"; only as long as there was something to record. */
export function ribbonSentence(cells: readonly Cell[], intervalMs: number): string {
  const shown = cells.slice(-maxCells);
  const known = shown.slice(
    Math.max(
      0,
      shown.findIndex((cell) => cell !== 'none'),
    ),
  );
  if (known.every((cell) => cell === 'none')) return 'Nothing recorded yet.';
  if (known.every((cell) => cell === 'unsupported')) return 'Nothing to record.';
  const ms = known.length * intervalMs;
  return `Last ${ms % 60_000 === 0 ? `${ms / 60_000} min` : spanText(ms)}: ${ribbonWords(known)}`;
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
  // One path for each state: 60 marks cost no more than the few states among them.
  const paths = new Map<Cell | 'empty', string>();
  for (let column = 0; column < maxCells; column += 1) {
    const cell = shown[column - (maxCells - shown.length)] ?? 'empty';
    paths.set(cell, (paths.get(cell) ?? '') + markOf(cell, column * 6));
  }
  return (
    <>
      <span className="visually-hidden">{`${title}, last ${span}: ${ribbonWords(shown)}`}</span>
      <svg
        className="ribbon"
        viewBox={`0 0 ${maxCells * 6} 14`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {[...paths].map(([cell, d]) => (
          <path key={cell} className={`cell-${cell}`} d={d} />
        ))}
      </svg>
    </>
  );
});

function markOf(cell: Cell | 'empty', x: number): string {
  switch (cell) {
    case 'empty':
      return `M${x + 0.5} 11.5h4v1h-4z`;
    case 'none':
    case 'unsupported':
      return `M${x + 0.5} 9h4v3.5h-4z`;
    case 'live':
      return `M${x + 0.5} 4h4v8.5h-4z`;
    case 'late':
      return `M${x + 0.5} 7h4v5.5h-4z`;
    case 'failing':
      return `M${x + 0.5} 0.5h4v4.5h-4zM${x + 0.5} 8h4v4.5h-4z`;
    case 'stale':
      return `M${x + 2.5} 0.5L${x + 4.9} 12.5H${x + 0.1}z`;
    case 'paused':
      return `M${x + 0.5} 4h1.4v8.5h-1.4zM${x + 3.1} 4h1.4v8.5h-1.4z`;
  }
}
