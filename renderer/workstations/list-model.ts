import type { Workstation } from '../../shared/contract/workstations.ts';
import { timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';
import type { ChipRole } from '../../shared/model/freshness.ts';
import { countText } from '../ui/format.ts';

interface Mark {
  readonly glyph: string;
  readonly word: string;
  readonly role: ChipRole;
  /** Worst first. */
  readonly rank: number;
}

/** Off is no fault, so it is never red. */
export const statusMarks: Readonly<Record<Workstation['status'], Mark>> = {
  error: { glyph: '✕', word: 'Error', role: 'bad', rank: 0 },
  offline: { glyph: '○', word: 'Offline', role: 'neutral', rank: 1 },
  connecting: { glyph: '◐', word: 'Connecting', role: 'attention', rank: 2 },
  unknown: { glyph: '?', word: 'Unknown', role: 'neutral', rank: 3 },
  online: { glyph: '●', word: 'Online', role: 'ok', rank: 4 },
};

/** The columns that can be sorted by, in their order. */
export const columns = {
  name: { title: 'Name', numeric: false },
  address: { title: 'Address', numeric: false },
  status: { title: 'Status', numeric: false },
  activeEmulators: { title: 'Emulators', numeric: true },
  cpuPercent: { title: 'CPU, %', numeric: true },
  memoryPercent: { title: 'Memory, %', numeric: true },
  diskPercent: { title: 'Disk, %', numeric: true },
  lastSeen: { title: 'Last seen', numeric: true },
} as const;
export type Column = keyof typeof columns;
export const columnNames = Object.keys(columns) as readonly Column[];

/** The same for an export. */
export const exportedColumns: readonly ExportColumn<Workstation>[] = [
  { title: 'Name', value: ({ name }) => name },
  { title: 'Id', value: ({ id }) => id },
  { title: 'Address', value: ({ address }) => address },
  { title: 'Status', value: ({ status }) => statusMarks[status].word },
  { title: 'Emulators', value: ({ emulators }) => emulators },
  { title: 'Active emulators', value: ({ activeEmulators }) => activeEmulators },
  { title: 'CPU', unit: '%', value: ({ cpuPercent }) => cpuPercent },
  { title: 'Memory', unit: '%', value: ({ memoryPercent }) => memoryPercent },
  { title: 'Disk', unit: '%', value: ({ diskPercent }) => diskPercent },
  timeColumn('Last seen', ({ lastSeen }) => lastSeen),
];

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** The order after a column's head was pressed: numbers begin with the largest. */
export function orderAfter({ column, descending }: Order, pressed: Column): Order {
  if (pressed === column) return { column, descending: !descending };
  return { column: pressed, descending: columns[pressed].numeric };
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function sortValue(station: Workstation, column: Column): string | number | null {
  return column === 'status' ? statusMarks[station.status].rank : station[column];
}

/** What is missing comes last in both directions. */
function compare(a: Workstation, b: Workstation, { column, descending }: Order): number {
  const left = sortValue(a, column);
  const right = sortValue(b, column);
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const by =
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : collator.compare(String(left), String(right));
  return descending ? -by : by;
}

/** Those whose name, address or status contain what was typed, in order. */
export function shownOf(
  stations: readonly Workstation[],
  search: string,
  order: Order,
): readonly Workstation[] {
  const wanted = search.trim().toLowerCase();
  const found = stations.filter(({ id, name, address, status }) =>
    [name ?? id, address ?? '', statusMarks[status].word].some((text) => text.toLowerCase().includes(wanted)),
  );
  return found.toSorted((a, b) => compare(a, b, order) || collator.compare(a.id, b.id));
}

/** "8 of 12 online". */
export function onlineWords(stations: readonly Workstation[]): string {
  const online = stations.filter(({ status }) => status === 'online').length;
  return `${countText(online)} of ${countText(stations.length)} online`;
}

/** "1 error, 1 offline"; empty when every one is online. */
export function notOnlineWords(stations: readonly Workstation[]): string {
  const kinds = ['error', 'offline', 'connecting', 'unknown'] as const;
  const counted = kinds.map(
    (kind) => [kind, stations.filter(({ status }) => status === kind).length] as const,
  );
  return counted
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${countText(n)} ${statusMarks[kind].word.toLowerCase()}`)
    .join(', ');
}

/** "14 of 45 emulators active"; of those whose numbers are reported, null where none are. */
export function emulatorWords(stations: readonly Workstation[]): string | null {
  let active = 0;
  let total = 0;
  let known = 0;
  for (const { emulators, activeEmulators } of stations) {
    if (emulators === null || activeEmulators === null) continue;
    active += activeEmulators;
    total += emulators;
    known += 1;
  }
  if (known === 0) return null;
  const left = stations.length - known;
  const but = left === 0 ? '' : ` (${countText(left)} not reported)`;
  return `${countText(active)} of ${countText(total)} emulators active${but}`;
}
