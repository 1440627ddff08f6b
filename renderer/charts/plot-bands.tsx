import { useId } from 'react';
import { plot } from '../panels/chart-marks.ts';
import type { Frame } from './chart-data.ts';

interface Props {
  readonly frame: Pick<Frame, 'from' | 'to' | 'bands'>;
  readonly width: number;
  readonly height: number;
}

/** Hatches the times in which nothing could be sampled, so that a gap is seen to be no fault of the backend. */
export function PlotBands({ frame: { from, to, bands }, width, height }: Props) {
  const hatch = useId();
  const inner = width - plot.left - plot.right;
  const x = (at: number): number =>
    plot.left + Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from))) * inner;
  const shown = bands.filter((band) => band.to > from && band.from < to);
  if (shown.length === 0) return null;
  return (
    <g>
      <defs>
        <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className="hatch" y2={6} />
        </pattern>
      </defs>
      {shown.map((band) => (
        <rect
          key={`${band.kind}${band.from}`}
          className={`band band-${band.kind}`}
          x={x(band.from)}
          y={0}
          width={Math.max(1, x(band.to) - x(band.from))}
          height={height}
          fill={`url(#${hatch})`}
        />
      ))}
    </g>
  );
}
