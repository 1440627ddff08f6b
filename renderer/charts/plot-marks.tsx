import { placeMarks, plot } from '../panels/chart-marks.ts';
import type { Frame } from './chart-data.ts';

interface Props {
  readonly frame: Pick<Frame, 'from' | 'to' | 'marks'>;
  readonly width: number;
  readonly height: number;
}

/** What happened, as lines with a word each as far as there is room. */
export function PlotMarks({ frame: { from, to, marks }, width, height }: Props) {
  const inner = width - plot.left - plot.right;
  return placeMarks(marks, [from, to], width).map(({ at, kind, text, anchor }, index) => {
    const x = plot.left + ((at - from) / Math.max(1, to - from)) * inner;
    return (
      <g key={`${kind}${at} ${index}`} className={`mark-line mark-${kind}`}>
        <line x1={x} x2={x} y1={text === '' ? 8 : 14} y2={height} />
        {text !== '' && (
          <text x={x} y={10} textAnchor={anchor} className="mark-label">
            {text}
          </text>
        )}
      </g>
    );
  });
}
