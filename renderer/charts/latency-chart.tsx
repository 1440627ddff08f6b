import { useMemo } from 'react';
import { durationText } from '../ui/format.ts';
import type { Frame } from './chart-data.ts';
import { ChartPanel } from './chart-panel.tsx';
import { extentOf } from './rates.ts';

type Times = Readonly<Record<'hitP50' | 'hitP95' | 'loadP50' | 'loadP95', readonly (number | null)[]>>;

interface Props {
  readonly frame: Frame | undefined;
  readonly times: Times | undefined;
  readonly whose: string;
  readonly when: string;
  readonly error: Error | null;
}

/** What an answer takes from the cache and by loading. */
export function LatencyChart({ frame, times, whose, when, error }: Props) {
  const series = useMemo(
    () =>
      times
        ? [
            { id: 'loadP95', label: 'Loaded p95', values: times.loadP95 },
            { id: 'loadP50', label: 'Loaded p50', values: times.loadP50 },
            { id: 'hitP95', label: 'Cached p95', values: times.hitP95 },
            { id: 'hitP50', label: 'Cached p50', values: times.hitP50 },
          ]
        : none,
    [times],
  );
  return (
    <ChartPanel
      title="Answer time"
      frame={times && frame}
      series={series}
      unit=""
      exportUnit="ms"
      format={durationText}
      least={10}
      lineHeight={lineHeight}
      error={error}
      summary={times ? summary(times, whose, when) : ''}
    />
  );
}

const none = [] as const;
/** px: as high as the hit rate with its counts, beside which it stands. */
const lineHeight = 184;

/** "< 0.1 ms" says it already. */
function atMost(text: string): string {
  return text.startsWith('<') ? text : `at most ${text}`;
}

function summary(times: Times, whose: string, when: string): string {
  const loaded = extentOf(times.loadP95);
  const cached = extentOf(times.hitP95);
  const load = loaded
    ? `95 % of loads took at most ${durationText(loaded.most)}, ${durationText(loaded.last)} lately`
    : 'nothing was loaded';
  const hit = cached
    ? `from the cache ${atMost(durationText(cached.most))} (one hit in 16 is timed)`
    : 'no hit was timed';
  return `${whose} in ${when}: ${load}; ${hit}.`;
}
