import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import { countText, percentText } from '../ui/format.ts';
import { ceilingOf } from './chart-data.ts';
import type { Frame, Row } from './chart-data.ts';
import { ChartPanel } from './chart-panel.tsx';
import { outcomes, outcomeSeries, ratesOf } from './rates.ts';
import { StackPlot } from './stack-plot.tsx';

interface Props {
  readonly frame: Frame | undefined;
  /** undefined: nothing was answered yet. */
  readonly counts:
    | Readonly<
        Record<'hits' | 'staleHits' | 'misses' | 'coalesced' | 'prefetches', readonly (number | null)[]>
      >
    | undefined;
  /** Whose: within a sentence. */
  readonly whose: string;
  /** What is shown: "the last hour". */
  readonly when: string;
  readonly className?: string;
  readonly aside?: ReactNode;
  readonly error: Error | null;
  readonly lineHeight?: number;
}

/** How often a value was there, of what it is made up, and of how many lookups. */
export function HitRateChart({ frame, counts, whose, when, className, aside, error, lineHeight }: Props) {
  const shown = useMemo(() => {
    if (!counts) return undefined;
    const rates = ratesOf(counts);
    return {
      rates,
      series: [
        { id: 'rate', label: 'Hit rate', values: rates.windowed },
        { id: 'cumulative', label: 'cumulative', values: rates.cumulative },
      ],
      below: [...outcomeSeries(counts), { id: 'n', label: 'n', values: rates.lookups }],
    };
  }, [counts]);
  const from = frame?.from ?? 0;
  const to = frame?.to ?? 0;
  const bucketMs = frame?.bucketMs ?? 0;
  const bands = frame?.bands;
  const below = useCallback(
    (rows: readonly Row[], width: number) => (
      <StackPlot
        rows={rows}
        stack={outcomes}
        outline="prefetches"
        domain={[from, to]}
        rowMs={bucketMs}
        width={width}
        ceiling={ceilingOf(stackHeights(rows), 4)}
        {...(bands && { bands })}
      />
    ),
    [from, to, bucketMs, bands],
  );
  return (
    <ChartPanel
      title="Hit rate"
      frame={shown && frame}
      series={shown?.series ?? none}
      belowSeries={shown?.below ?? none}
      below={below}
      unit=" %"
      format={percentText}
      least={100}
      most={100}
      {...(className !== undefined && { className })}
      aside={aside}
      error={error}
      {...(lineHeight !== undefined && { lineHeight })}
      summary={summary(shown?.rates, whose, when)}
    />
  );
}

const none = [] as const;

function stackHeights(rows: readonly Row[]) {
  const sums = rows.map((row) => outcomes.reduce((sum, id) => sum + (row[id] ?? 0), 0));
  return [{ id: 'n', label: 'n', values: [...sums, ...rows.map((row) => row['prefetches'] ?? null)] }];
}

function summary(rates: ReturnType<typeof ratesOf> | undefined, whose: string, when: string): string {
  if (!rates) return '';
  if (rates.percent === null) return `${whose}: no requests in ${when}.`;
  const few = rates.n < 20 ? ', few samples' : '';
  return `${whose}: ${percentText(rates.percent)} % of ${countText(rates.n)} lookups hit in ${when}${few}.`;
}
