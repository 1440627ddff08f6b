import { dayText, minuteText } from '../ui/format.ts';
import { zoneOffset } from '../ui/zone.ts';
import { plot } from '../panels/chart-marks.ts';
import { timeTicks } from './chart-data.ts';
import type { Frame } from './chart-data.ts';

interface Props {
  readonly frame: Pick<Frame, 'from' | 'to'>;
  readonly width: number;
}

/** px */
const axisHeight = 18;
const day = 86_400_000;
/** px a label takes. */
const room = 72;

/** The labels below a plot: times of the day, or days where more than two are shown. */
export function TimeAxis({ frame, width }: Props) {
  const { from, to } = frame;
  const inner = width - plot.left - plot.right;
  const x = (at: number): number => plot.left + ((at - from) / Math.max(1, to - from)) * inner;
  const days = to - from > 2 * day;
  const count = Math.max(2, Math.floor(inner / (days ? room + 16 : room)));
  return (
    <svg className="chart-svg" width={width} height={axisHeight}>
      {timeTicks(frame, count, zoneOffset(to))
        .filter((at) => x(at) < width - 24)
        .map((at) => (
          <text key={at} className="tick" x={x(at)} y={14} textAnchor="middle">
            {days ? dayText(at).replace(/ \d{4}$/, '') : minuteText(at)}
          </text>
        ))}
    </svg>
  );
}
