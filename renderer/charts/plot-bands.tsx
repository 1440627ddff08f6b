import { useId } from 'react';
import { plot } from '../panels/chart-marks.ts';
import { bandsWithin, bandWords } from './bands.ts';
import type { Frame } from './chart-data.ts';

interface Props {
  readonly frame: Pick<Frame, 'from' | 'to' | 'bands'>;
  readonly width: number;
  readonly height: number;
  /** Writes what each band is where it is wide enough. */
  readonly named?: boolean;
}

/** px a letter takes at most. */
const letter = 7;

/** Hatches the times in which nothing could be sampled, so that a gap is seen to be no fault of the backend. */
export function PlotBands({ frame, width, height, named = false }: Props) {
  const hatch = useId();
  const shown = bandsWithin(frame);
  if (shown.length === 0) return null;
  const inner = width - plot.left - plot.right;
  const x = (at: number): number =>
    plot.left + ((at - frame.from) / Math.max(1, frame.to - frame.from)) * inner;
  return (
    <g>
      <defs>
        <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className="hatch" y2={6} />
        </pattern>
      </defs>
      {shown.map(({ kind, from, to }) => {
        const wide = Math.max(1, x(to) - x(from));
        const word = bandWords[kind];
        return (
          <g key={`${kind}${from}`}>
            <rect x={x(from)} y={0} width={wide} height={height} fill={`url(#${hatch})`} />
            {named && wide > letter * word.length + 8 && (
              <text className="band-label" x={x(from) + wide / 2} y={height - 6} textAnchor="middle">
                {word}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
