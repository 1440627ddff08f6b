import { exportColumns, timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';
import { ageText, spanText } from '../../shared/model/age.ts';
import { spanBetween, useTicking } from '../live/ticker.ts';
import { bytesText, countText, dash } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import type { Column } from '../ui/table/data-table.tsx';
import { originWords, stateMarks, ttlText } from './words.ts';
import type { ShownEntry } from './use-entries.ts';

export const entryTableColumns: readonly Column<ShownEntry>[] = [
  {
    id: 'key',
    title: 'Key',
    sortable: true,
    names: true,
    cell: ({ entry }) => (
      <span className="mono" title={entry.key}>
        {entry.key}
      </span>
    ),
    value: ({ entry }) => entry.key,
  },
  {
    id: 'namespace',
    title: 'Namespace',
    sortable: true,
    cell: ({ entry }) => entry.namespace,
    value: ({ entry }) => entry.namespace,
  },
  {
    id: 'state',
    title: 'State',
    sortable: true,
    cell: (row) => <State {...row} />,
    value: ({ entry }) => stateMarks[entry.state].word,
  },
  {
    id: 'age',
    title: 'Data age',
    unit: 'ms',
    sortable: true,
    numeric: true,
    cell: (row) => <Age {...row} />,
    value: ({ entry }) => entry.dataAge,
  },
  {
    id: 'ttlRemaining',
    title: 'Time left',
    unit: 'ms',
    sortable: true,
    cell: (row) => <TimeLeft {...row} />,
    value: ({ entry }) => entry.ttlRemaining,
  },
  {
    id: 'bytes',
    title: 'Size',
    unit: 'bytes',
    sortable: true,
    numeric: true,
    cell: ({ entry }) => bytesText(entry.bytes),
    value: ({ entry }) => entry.bytes,
  },
  {
    id: 'hits',
    title: 'Hits',
    sortable: true,
    numeric: true,
    cell: ({ entry }) => countText(entry.hits),
    value: ({ entry }) => entry.hits,
  },
  {
    id: 'lastHitAt',
    title: 'Last hit',
    sortable: true,
    numeric: true,
    cell: (row) => <LastHit {...row} />,
    unit: 'ISO 8601',
    value: ({ entry }) => (entry.lastHitAt === null ? null : new Date(entry.lastHitAt)),
  },
  {
    id: 'origin',
    title: 'Came by',
    sortable: true,
    cell: ({ entry }) => (entry.origin === null ? dash : originWords[entry.origin]),
    value: ({ entry }) => (entry.origin === null ? null : originWords[entry.origin]),
  },
];

/** The same for an export, with what the page says by a bar and by the time it is looked at. */
export const entryExportColumns: readonly ExportColumn<ShownEntry>[] = [
  ...exportColumns(entryTableColumns),
  { title: 'Time to live', unit: 'ms', value: ({ entry }) => entry.ttl },
  timeColumn('As of', ({ at }) => at.wall),
];

function State({ entry, at }: ShownEntry) {
  const state = useTicking((now) => {
    const left = (entry.ttlRemaining ?? 0) - spanBetween(at, now);
    return entry.state === 'fresh' && left <= 0 ? 'expired' : entry.state;
  });
  const { glyph, word, role } = stateMarks[state];
  return (
    <span className="mark" data-role={role}>
      <span className="chip-glyph" aria-hidden="true">
        {glyph}
      </span>{' '}
      {word}
    </span>
  );
}

function Age({ entry, at }: ShownEntry) {
  return useTicking((now) =>
    entry.dataAge === null ? dash : spanText(entry.dataAge + spanBetween(at, now)),
  );
}

function TimeLeft({ entry, at }: ShownEntry) {
  const text = useTicking((now) => ttlText(entry, spanBetween(at, now)));
  const left = useTicking((now) => Math.max(0, Math.round((entry.ttlRemaining ?? 0) - spanBetween(at, now))));
  return <Meter label={`Time left of ${entry.key}`} value={left} max={entry.ttl ?? 1} text={text} />;
}

function LastHit({ entry, at }: ShownEntry) {
  const text = useTicking((now) =>
    entry.lastHitAt === null
      ? 'never'
      : ageText(Math.max(0, at.wall - entry.lastHitAt) + spanBetween(at, now)),
  );
  return <>{text}</>;
}
