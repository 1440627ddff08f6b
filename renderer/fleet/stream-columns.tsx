import { createContext, use } from 'react';
import type { Stream } from '../../shared/contract/fleet.ts';
import { timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';
import { WordMark } from '../panels/engines-mark.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { countText, dash } from '../ui/format.ts';
import type { Column } from '../ui/table/data-table.tsx';
import { AgeOf } from './age-of.tsx';
import { BufferBar } from './buffer-bar.tsx';
import { OpenButton } from './opened.tsx';
import { ranksOf } from './order.ts';
import type { SortValue } from './order.ts';
import { behindOf, keyTypeWords, shortKey, shortKeyTypes, streamState } from './stream-words.ts';
import { mebibytesText } from './units.ts';

/** What engines are called, by their id: streams know the id alone. */
export type EngineNames = ReadonlyMap<string, string>;
export const EngineNamesContext = createContext<EngineNames>(new Map());

export function engineOf({ engineId }: Pick<Stream, 'engineId'>, names: EngineNames): string | null {
  return engineId === null ? null : (names.get(engineId) ?? engineId.slice(0, 12));
}

function EngineCell({ stream }: { readonly stream: Stream }) {
  return <>{engineOf(stream, use(EngineNamesContext)) ?? dash}</>;
}

export const streamColumns: readonly Column<Stream>[] = [
  {
    id: 'key',
    title: 'Key',
    sortable: true,
    names: true,
    cell: (stream) => (
      <span className="stream-key" title={stream.key}>
        <OpenButton id={stream.id} mono>
          {shortKey(stream)}
        </OpenButton>
        <span className="muted" title={keyTypeWords[stream.keyType]}>
          {shortKeyTypes[stream.keyType]}
        </span>
        <CopyButton text={() => stream.key} className="icon-button" label={`Copy key ${shortKey(stream)}`} />
      </span>
    ),
  },
  { id: 'state', title: 'State', sortable: true, cell: (stream) => <WordMark mark={streamState(stream)} /> },
  { id: 'engine', title: 'Engine', sortable: true, cell: (stream) => <EngineCell stream={stream} /> },
  numeric('peers', 'Peers', ({ peers }) => (peers === null ? dash : countText(peers))),
  numeric('down', 'Down, MiB/s', ({ speedDown }) => mebibytesText(speedDown)),
  numeric('up', 'Up, MiB/s', ({ speedUp }) => mebibytesText(speedUp)),
  numeric('downloaded', 'Downloaded, MiB', ({ downloaded }) => mebibytesText(downloaded)),
  {
    id: 'buffer',
    title: 'Buffer',
    sortable: true,
    cell: (stream) => <BufferBar name={shortKey(stream)} buffer={stream.buffer} />,
  },
  {
    id: 'since',
    title: 'Since',
    sortable: true,
    numeric: true,
    cell: ({ startedAt }) => <AgeOf at={startedAt} />,
  },
];

function numeric(id: string, title: string, cell: (stream: Stream) => string): Column<Stream> {
  return { id, title, sortable: true, numeric: true, cell };
}

/** As data: every field, in units that calculate. */
export function streamExport(names: EngineNames): readonly ExportColumn<Stream>[] {
  return [
    { title: 'Id', value: ({ id }) => id },
    { title: 'Key type', value: ({ keyType }) => keyTypeWords[keyType] },
    { title: 'Key', value: ({ key }) => key },
    { title: 'State', value: (stream) => streamState(stream).word },
    { title: 'Engine', value: (stream) => engineOf(stream, names) },
    { title: 'Engine id', value: ({ engineId }) => engineId },
    { title: 'Live', value: ({ live }) => live },
    { title: 'Peers', value: ({ peers }) => peers },
    { title: 'Down', unit: 'bytes/s', value: ({ speedDown }) => speedDown },
    { title: 'Up', unit: 'bytes/s', value: ({ speedUp }) => speedUp },
    { title: 'Downloaded', unit: 'bytes', value: ({ downloaded }) => downloaded },
    { title: 'Uploaded', unit: 'bytes', value: ({ uploaded }) => uploaded },
    { title: 'Behind live', unit: 's', value: ({ buffer }) => buffer && behindOf(buffer) },
    timeColumn('Started', ({ startedAt }) => startedAt),
    timeColumn('Ended', ({ endedAt }) => endedAt),
  ];
}

/** What is sorted with the largest first. */
export const streamLargestFirst: readonly string[] = ['peers', 'down', 'up', 'downloaded', 'buffer'];

/** By what a column is sorted. The buffer by how far behind live it is; since by its moment, the youngest first. */
export function streamSort(column: string, names: EngineNames): (stream: Stream) => SortValue {
  switch (column) {
    case 'state':
      return ({ endedAt }) => (endedAt === null ? 0 : 1);
    case 'engine': {
      const ranks = ranksOf(names.values());
      return (stream) => ranks.get(engineOf(stream, names) ?? '') ?? null;
    }
    case 'peers':
      return ({ peers }) => peers;
    case 'down':
      return ({ speedDown }) => speedDown;
    case 'up':
      return ({ speedUp }) => speedUp;
    case 'downloaded':
      return ({ downloaded }) => downloaded;
    case 'buffer':
      return ({ buffer }) => buffer && behindOf(buffer);
    case 'key':
      return ({ key }) => key;
    default:
      return ({ startedAt }) => (startedAt === null ? null : -startedAt);
  }
}

export const streamShown = ['running', 'ended', 'all'] as const;
export type StreamShown = (typeof streamShown)[number];

/** Those in the wanted state that have what was typed in their key, kind of key, engine or id. */
export function streamFits(
  stream: Stream,
  { state, wanted }: { readonly state: StreamShown; readonly wanted: string },
  names: EngineNames,
): boolean {
  if (state !== 'all' && (stream.endedAt === null) !== (state === 'running')) return false;
  if (wanted === '') return true;
  return [stream.key, stream.id, keyTypeWords[stream.keyType], engineOf(stream, names)].some(
    (one) => one !== null && one.toLowerCase().includes(wanted),
  );
}
