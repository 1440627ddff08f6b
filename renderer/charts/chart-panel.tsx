import { ChartLine, Table2 } from 'lucide-react';
import { memo, useMemo, useRef, useState } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { ExportMenu } from '../export/export-menu.tsx';
import { plot } from '../panels/chart-marks.ts';
import { countText, dash } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { useWidth } from '../ui/use-size.ts';
import { bandsText } from './bands.ts';
import { chartExport, rangeText } from './chart-export.ts';
import { ceilingOf, nearest, rowsOf } from './chart-data.ts';
import type { Frame, Row, Series } from './chart-data.ts';
import { pointText } from './frame.ts';
import { LinePlot } from './line-plot.tsx';
import { SeriesTable } from './series-table.tsx';
import { TimeAxis } from './time-axis.tsx';

interface Props {
  readonly title: string;
  /** undefined: nothing was answered yet. */
  readonly frame: Frame | undefined;
  readonly series: readonly Series[];
  /** Behind numbers: " %", " ms". Empty where `format` writes it. */
  readonly unit: string;
  /** Of the numbers themselves, where `format` writes it. */
  readonly exportUnit?: string;
  readonly format: (value: number) => string;
  /** The axis reaches at least so far. */
  readonly least: number;
  /** What the values cannot be above: 100 for percent. */
  readonly most?: number;
  /** Why nothing newer could be asked. */
  readonly error?: Error | null;
  /** The chart in one sentence, for those who do not see it and those who have no time. */
  readonly summary: string;
  readonly aside?: ReactNode;
  readonly className?: string;
  /** A further plot below the lines, of the same width and times. */
  readonly below?: (rows: readonly Row[], width: number) => ReactNode;
  /** What `below` draws: in the table and in the line that reads values. */
  readonly belowSeries?: readonly Series[];
  /** px of the lines. */
  readonly lineHeight?: number;
}

const usualLineHeight = 112;
/** px of a table where no chart was drawn before it. */
const leastTableHeight = 160;

const none: readonly Series[] = [];

/** One question over time: lines, what they are now, a sentence, and the same as a table. */
export const ChartPanel = memo(function ChartPanel(props: Props) {
  const { title, frame, series, belowSeries = none, unit, format, summary, aside, error } = props;
  const { exportUnit = unit.trim() } = props;
  const chart = useRef<HTMLDivElement>(null);
  /** px: as high as the chart that it stands for, so that nothing moves. null: the chart is shown. */
  const [tableHeight, setTableHeight] = useState<number | null>(null);
  const asTable = tableHeight !== null;
  const rows = useMemo(
    () => (frame ? rowsOf(frame, [...series, ...belowSeries]) : []),
    [frame, series, belowSeries],
  );
  const Icon = asTable ? ChartLine : Table2;
  const empty = rows.length === 0;
  return (
    <Panel
      title={title}
      className={`chart-panel ${props.className ?? ''}`}
      aside={aside}
      actions={
        <>
          <button
            type="button"
            className="button small"
            onClick={() =>
              setTableHeight(asTable ? null : Math.max(leastTableHeight, chart.current?.offsetHeight ?? 0))
            }
            aria-pressed={asTable}
            disabled={empty}
          >
            <Icon size={14} aria-hidden="true" />
            {asTable ? 'Show as chart' : 'Show as table'}
          </button>
          <ExportMenu
            of={chartExport({ title, rows, series, unit: exportUnit, counts: belowSeries })}
            range={frame ? rangeText(frame) : ''}
            empty={empty}
          />
        </>
      }
    >
      {!frame || empty ? (
        <p className="empty plot-space">
          {error
            ? `The history could not be read: ${error.message}`
            : frame
              ? 'Nothing was sampled in this time.'
              : 'Asking for samples…'}
        </p>
      ) : tableHeight !== null ? (
        <SeriesTable
          title={title}
          rows={rows}
          series={series}
          counts={belowSeries}
          unit={unit.trim()}
          format={format}
          bucketMs={frame.bucketMs}
          height={tableHeight}
        />
      ) : (
        <div ref={chart}>
          <Plot {...props} frame={frame} rows={rows} />
        </div>
      )}
      <p className="explanation">
        {error && !empty ? `Not up to date: ${error.message} ` : ''}
        {summary}
      </p>
    </Panel>
  );
});

interface PlotProps extends Props {
  readonly frame: Frame;
  readonly rows: readonly Row[];
}

function Plot({
  frame,
  rows,
  series,
  belowSeries = none,
  unit,
  format,
  least,
  most,
  summary,
  below,
  lineHeight = usualLineHeight,
}: PlotProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState<number | null>(null);
  const ceiling = useMemo(
    () => Math.min(most ?? Number.POSITIVE_INFINITY, ceilingOf(series, least)),
    [series, least, most],
  );
  const hatched = useMemo(() => bandsText(frame), [frame]);
  const inner = width - plot.left - plot.right;
  const row = pointed === null ? (rows.at(-1) ?? null) : nearest(rows, pointed);
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - plot.left;
    setPointed(frame.from + (Math.min(inner, Math.max(0, x)) / Math.max(1, inner)) * (frame.to - frame.from));
  };
  const write = (value: number | null | undefined): string =>
    value === null || value === undefined ? dash : `${format(value)}${unit}`;
  const left = row && plot.left + ((row.at - frame.from) / Math.max(1, frame.to - frame.from)) * inner;
  return (
    <figure className="plot" aria-label={hatched === null ? summary : `${summary} Hatched: ${hatched}.`}>
      <figcaption className="plot-read" aria-hidden="true">
        <span className="plot-at">{row ? pointText(row.at, frame.bucketMs) : dash}</span>
        {series.map(({ id, label }, index) => (
          <span key={id} className={`plot-key key-${index + 1}`}>
            <i /> {label} <b>{write(row?.[id])}</b>
          </span>
        ))}
        {belowSeries.map(({ id, label }) => (
          <span key={id} className={`plot-key key-${id}`}>
            <i /> {label} <b>{typeof row?.[id] === 'number' ? countText(row[id]) : dash}</b>
          </span>
        ))}
        {hatched !== null && (
          <span className="plot-key key-band">
            <i /> {hatched}
          </span>
        )}
      </figcaption>
      <div
        className="plot-area"
        ref={box}
        aria-hidden="true"
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        {width > 0 && (
          <>
            <LinePlot
              frame={frame}
              rows={rows}
              series={series}
              width={width}
              height={lineHeight}
              ceiling={ceiling}
              unit={unit}
              format={format}
              crowded={below !== undefined}
            />
            {below?.(rows, width)}
            <TimeAxis frame={frame} width={width} />
            {pointed !== null && left !== null && <span className="plot-cursor" style={{ left }} />}
          </>
        )}
      </div>
    </figure>
  );
}
