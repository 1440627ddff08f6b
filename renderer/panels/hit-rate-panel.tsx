import { ChartLine, Table2 } from 'lucide-react';
import { Suspense, lazy, memo, useMemo, useState } from 'react';
import type { HitRateHistory } from '../../shared/contract/cache.ts';
import { useStatistics } from '../live/use-poll.ts';
import { percentText } from '../ui/format.ts';
import { rangeText } from '../charts/chart-export.ts';
import { RangeSwitch } from '../charts/range-switch.tsx';
import { sampleMs, useTimeRange } from '../charts/time-range.ts';
import { outcomes } from '../charts/rates.ts';
import { StackPlot } from '../charts/stack-plot.tsx';
import { ExportMenu } from '../export/export-menu.tsx';
import { Panel } from '../ui/panel.tsx';
import { useWidth } from '../ui/use-size.ts';
import { useWhileVisible } from '../ui/use-visible.ts';
import {
  historyColumns,
  historyDomain,
  historyRows,
  historySummary,
  lookupsCeiling,
} from './history-rows.ts';
import type { HistoryRow } from './history-rows.ts';
import { HistoryTable } from './history-table.tsx';
import { CallsChart } from './calls-chart.tsx';
import { RateChart } from './rate-chart.tsx';

const RangedHitRate = lazy(async () => ({
  default: (await import('../charts/ranged-hit-rate.tsx')).RangedHitRate,
}));

/** The hit rate of the app cache over the time that is chosen; of the last 15 minutes as it happens. */
export function HitRatePanel() {
  const range = useTimeRange();
  if (range === '15m') return <LastMinutes />;
  return (
    <Suspense fallback={<LastMinutes />}>
      <RangedHitRate range={range} className="hit-rate" aside={<RangeSwitch />} />
    </Suspense>
  );
}

/** The last 15 minutes: rate, what it is made of, and what the backend saw of it. */
const LastMinutes = memo(function LastMinutes() {
  const history = useWhileVisible(useStatistics('cache.history'));
  const [asTable, setAsTable] = useState(false);
  const Icon = asTable ? ChartLine : Table2;
  const rows = useMemo(() => (history ? historyRows(history) : []), [history]);
  const [from, to] = historyDomain(rows);
  return (
    <Panel
      title="Hit rate"
      aside={<RangeSwitch />}
      className="hit-rate"
      actions={
        <>
          <button
            type="button"
            className="button small"
            onClick={() => setAsTable(!asTable)}
            aria-pressed={asTable}
            disabled={!history}
          >
            <Icon size={14} aria-hidden="true" />
            {asTable ? 'Show as chart' : 'Show as table'}
          </button>
          <ExportMenu
            of={{
              name: 'hit-rate',
              title: 'Hit rate',
              columns: historyColumns,
              rows: () => rows.filter(({ hits }) => hits !== null),
            }}
            range={rangeText({ from, to })}
            empty={rows.length === 0}
          />
        </>
      }
    >
      {!history || history.at.length === 0 ? (
        <p className="empty chart-space">No samples yet. The first comes with the next poll.</p>
      ) : (
        <History history={history} rows={rows} asTable={asTable} />
      )}
    </Panel>
  );
});

interface HistoryProps {
  readonly history: HitRateHistory;
  readonly rows: readonly HistoryRow[];
  readonly asTable: boolean;
}

function History({ history, rows, asTable }: HistoryProps) {
  return (
    <>
      {asTable ? <HistoryTable rows={rows} /> : <Charts rows={rows} marks={history.marks} />}
      <p className="explanation">{history.explanation}</p>
    </>
  );
}

interface ChartsProps {
  readonly rows: readonly HistoryRow[];
  readonly marks: HitRateHistory['marks'];
}

function Charts({ rows, marks }: ChartsProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const domain = useMemo(() => historyDomain(rows), [rows]);
  const last = rows.at(-1);
  const rate = last?.rate ?? null;
  const total = last?.cumulative ?? null;
  const [rateAt, totalAt] = spread(rate ?? 50, total ?? 50);
  return (
    <figure className="charts" aria-label={historySummary(rows)}>
      <div className="plots" ref={box} aria-hidden="true">
        {width > 0 && (
          <>
            <RateChart rows={rows} domain={domain} width={width} marks={marks} />
            <StackPlot
              rows={rows}
              stack={outcomes}
              outline="prefetches"
              domain={domain}
              rowMs={sampleMs}
              width={width}
              ceiling={lookupsCeiling(rows)}
            />
            <CallsChart rows={rows} domain={domain} width={width} />
          </>
        )}
      </div>
      <div className="ends" aria-hidden="true">
        <div className="ends-rate">
          <End
            className="end-rate"
            top={100 - rateAt}
            text="1 min"
            value={rate === null ? '—' : `${percentText(rate)} %`}
          />
          <End
            className="end-cumulative"
            top={100 - totalAt}
            text="all"
            value={total === null ? '—' : `${percentText(total)} %`}
          />
        </div>
        <ul className="ends-outcomes">
          <Key className="key-misses" text="miss" value={last?.misses} />
          <Key className="key-staleHits" text="stale" value={last?.staleHits} />
          <Key className="key-coalesced" text="joined" value={last?.coalesced} />
          <Key className="key-hits" text="hit" value={last?.hits} />
          <Key className="key-prefetches" text="prefetch" value={last?.prefetches} />
        </ul>
        <ul className="ends-calls">
          <Key className="key-calls" text="calls/min" value={last?.callsPerMinute} />
        </ul>
      </div>
    </figure>
  );
}

/** Keeps the two labels at the ends of their lines at least a line of text apart. */
function spread(rate: number, total: number): readonly [number, number] {
  const apart = 13;
  if (Math.abs(rate - total) >= apart) return [rate, total];
  const middle = Math.min(100 - apart / 2, Math.max(apart / 2, (rate + total) / 2));
  const up = middle + apart / 2;
  const down = middle - apart / 2;
  return rate >= total ? [up, down] : [down, up];
}

interface EndProps {
  readonly className: string;
  readonly top: number;
  readonly text: string;
  readonly value: string;
}

function End({ className, top, text, value }: EndProps) {
  return (
    <span className={`end ${className}`} style={{ top: `${top}%` }}>
      <i /> {text} <b>{value}</b>
    </span>
  );
}

function Key({
  className,
  text,
  value,
}: {
  className: string;
  text: string;
  value: number | null | undefined;
}) {
  return (
    <li className={className}>
      <i /> {text} <b>{value ?? '—'}</b>
    </li>
  );
}
