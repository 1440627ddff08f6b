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
  },
  { id: 'namespace', title: 'Namespace', sortable: true, cell: ({ entry }) => entry.namespace },
  { id: 'state', title: 'State', sortable: true, cell: (row) => <State {...row} /> },
  { id: 'age', title: 'Data age', sortable: true, numeric: true, cell: (row) => <Age {...row} /> },
  { id: 'ttlRemaining', title: 'Time left', sortable: true, cell: (row) => <TimeLeft {...row} /> },
  { id: 'bytes', title: 'Size', sortable: true, numeric: true, cell: ({ entry }) => bytesText(entry.bytes) },
  { id: 'hits', title: 'Hits', sortable: true, numeric: true, cell: ({ entry }) => countText(entry.hits) },
  {
    id: 'lastHitAt',
    title: 'Last hit',
    sortable: true,
    numeric: true,
    cell: (row) => <LastHit {...row} />,
  },
  {
    id: 'origin',
    title: 'Came by',
    sortable: true,
    cell: ({ entry }) => (entry.origin === null ? dash : originWords[entry.origin]),
  },
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
