import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { frameOf, whenOf } from './frame.ts';
import { HitRateChart } from './hit-rate-chart.tsx';
import type { TimeRange } from './time-range.ts';
import { useBands, useHistory } from './use-history.ts';

interface Props {
  readonly range: TimeRange;
  readonly className: string;
  readonly aside: ReactNode;
}

/** The hit rate of everything over a range of the recorded history. */
export function RangedHitRate({ range, className, aside }: Props) {
  const { data, range: shown, error } = useHistory(range);
  const bands = useBands(range);
  const frame = useMemo(() => data && frameOf(data, data.marks, bands), [data, bands]);
  return (
    <HitRateChart
      frame={frame}
      counts={data?.series}
      whose="All resources"
      when={whenOf(shown)}
      className={className}
      aside={aside}
      error={error}
      lineHeight={132} // as high as the chart of the last 15 minutes
    />
  );
}
