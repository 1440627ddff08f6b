import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Stream, StreamList } from '../../shared/contract/fleet.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { asOf } from '../export/exportable.ts';
import { usePaused } from '../live/feed.ts';
import { useFound } from '../live/found.ts';
import type { Source } from '../live/source.ts';
import { usePoll } from '../live/use-poll.ts';
import { engineName } from '../panels/engines-words.ts';
import { countText, plural } from '../ui/format.ts';
import { sortBy } from '../ui/table/column-head.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import { useClaims } from '../ui/use-unsure.ts';
import { failureWordsOf } from '../ui/words.ts';
import { ClockContext } from './age-of.tsx';
import { LatestChanges } from './latest-changes.tsx';
import { OpenedContext, useOpened } from './opened.tsx';
import type { Opened } from './opened.tsx';
import { inOrder } from './order.ts';
import { StopStreams } from './stop-streams.tsx';
import {
  EngineNamesContext,
  streamColumns,
  streamExport,
  streamFits,
  streamLargestFirst,
  streamShown,
  streamSort,
} from './stream-columns.tsx';
import type { EngineNames, StreamShown } from './stream-columns.tsx';
import { StreamDetail } from './stream-detail.tsx';
import { shortKey } from './stream-words.ts';
import { StreamsStrip } from './streams-strip.tsx';
import { TableTools } from './table-tools.tsx';

const serverKinds = ['stream'] as const;
const ownKinds = ['action'] as const;
const bySince = { column: 'since', descending: false };
const none: readonly Stream[] = [];
const shownWords: Readonly<Record<StreamShown, string>> = { running: 'Running', ended: 'Ended', all: 'All' };

/** Every stream the orchestrator lists, and what can be done with them. */
export function StreamsTab() {
  const list = usePoll('streams.list');
  const names = useEngineNames();
  const paused = usePaused();
  const opened = useOpened();
  useFound('stream', opened.open);
  const chosen = list.reading.value?.streams.find(({ id }) => id === opened.id);
  return (
    <ClockContext value={list}>
      <EngineNamesContext value={names}>
        <StreamsStrip list={list} paused={paused} />
        <LatestChanges server={serverKinds} own={ownKinds} />
        <div className="with-detail" data-open={opened.id !== null || undefined}>
          <OpenedContext value={opened}>
            <StreamTable list={list} names={names} paused={paused} opened={opened} />
          </OpenedContext>
          {opened.id !== null && <StreamDetail id={opened.id} stream={chosen} opened={opened} />}
        </div>
      </EngineNamesContext>
    </ClockContext>
  );
}

/** The same map as long as no engine comes, goes or is named anew: all rows are drawn again with another. */
function useEngineNames(): EngineNames {
  const engines = usePoll('engines.list').reading.value?.engines;
  const text = engines?.map((engine) => `${engine.id} ${engineName(engine)}`).join('\n') ?? '';
  return useMemo(
    () =>
      new Map(
        text === ''
          ? []
          : text.split('\n').map((line): [string, string] => {
              const space = line.indexOf(' ');
              return [line.slice(0, space), line.slice(space + 1)];
            }),
      ),
    [text],
  );
}

interface TableProps {
  readonly list: Source<StreamList>;
  readonly names: EngineNames;
  readonly paused: boolean;
  readonly opened: Opened;
}

function StreamTable({ list, names, paused, opened }: TableProps) {
  const claims = useClaims(list, paused);
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<StreamShown>('running');
  const [sort, setSort] = useState(bySince);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  const streams = list.reading.value?.streams ?? none;
  const shown = useMemo(() => {
    const fitting = streams.filter((stream) => streamFits(stream, { state, wanted }, names));
    return inOrder(fitting, streamSort(sort.column, names), sort.descending);
  }, [streams, names, state, wanted, sort]);
  const toggle = useCallback((id: string) => {
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  // Only of what is seen: nobody is to stop what a filter hides.
  const chosen = useMemo(() => shown.filter(({ id }) => selected.has(id)), [shown, selected]);
  const all = shown.length > 0 && chosen.length === shown.length;
  const selection = {
    selected,
    toggle,
    all: {
      chosen: all,
      toggle: () => setSelected(all ? new Set() : new Set(shown.map(({ id }) => id))),
    },
  };
  const narrowed = wanted !== '' || state !== 'all';
  const total = plural(streams.length, 'stream', 'streams');
  return (
    <section className="panel fleet-table" aria-label="Streams" data-unsure={!claims || undefined}>
      <TableTools
        label="Filter streams"
        placeholder="Key, engine or id"
        value={typed}
        onChange={setTyped}
        count={narrowed ? `${countText(shown.length)} of ${total}` : total}
      >
        <fieldset className="segments bare">
          <legend className="visually-hidden">State</legend>
          {streamShown.map((one) => (
            <label key={one} className="segment">
              <input
                type="radio"
                name="streams-shown"
                className="visually-hidden"
                checked={state === one}
                onChange={() => setState(one)}
              />
              {shownWords[one]}
            </label>
          ))}
        </fieldset>
        <ExportMenu
          of={{
            name: 'streams',
            title: 'Streams',
            columns: [...streamExport(names), asOf(list)],
            rows: () => shown,
          }}
          empty={shown.length === 0}
        />
        <StopStreams streams={chosen} onSent={() => setSelected(new Set())} />
      </TableTools>
      {shown.length === 0 ? (
        <p className="empty table-space">{emptyWords(list, { wanted, state })}</p>
      ) : (
        <DataTable
          label="Table of streams"
          className="fleet-streams"
          columns={streamColumns}
          count={shown.length}
          rowAt={(index) => shown[index]}
          keyOf={({ id }) => id}
          nameOf={shortKey}
          sort={sort}
          onSort={(column) => setSort(sortBy(column, sort, streamLargestFirst.includes(column)))}
          selection={selection}
          onOpen={({ id }) => opened.open(id)}
        />
      )}
    </section>
  );
}

function emptyWords(
  list: Source<StreamList>,
  { wanted, state }: { readonly wanted: string; readonly state: StreamShown },
): string {
  const { value, supported, failure } = list.reading;
  if (value === null) {
    if (!supported) return 'This backend does not list streams.';
    if (failure) return `No list yet. Last try: ${failureWordsOf(list) ?? ''}.`;
    return list.callError ?? 'Not loaded yet.';
  }
  if (value.streams.length === 0) return 'No stream runs, and none has ended a short time ago.';
  if (wanted !== '') return `No stream fits “${wanted}”.`;
  return state === 'running' ? 'No stream runs.' : 'None has ended a short time ago.';
}
