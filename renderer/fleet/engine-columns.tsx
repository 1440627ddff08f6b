import type { ReactNode } from 'react';
import type { Engine } from '../../shared/contract/orchestrator.ts';
import { timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';
import { EngineMark } from '../panels/engines-mark.tsx';
import { engineName, engineState } from '../panels/engines-words.ts';
import { countText, dash, percentText } from '../ui/format.ts';
import type { Column } from '../ui/table/data-table.tsx';
import { AgeOf } from './age-of.tsx';
import { OpenButton } from './opened.tsx';
import { ranksOf } from './order.ts';
import type { SortValue } from './order.ts';
import { mebibytesText } from './units.ts';

export const engineColumns: readonly Column<Engine>[] = [
  {
    id: 'name',
    title: 'Name',
    sortable: true,
    names: true,
    cell: (engine) => <OpenButton id={engine.id}>{engineName(engine)}</OpenButton>,
    value: ({ name }) => name,
  },
  {
    id: 'health',
    title: 'Health',
    sortable: true,
    cell: (engine) => <EngineMark engine={engine} />,
    value: (engine) => engineState(engine).word,
  },
  numeric('streams', 'Streams', ({ streams }) => (streams === null ? dash : countText(streams))),
  numeric('cpu', 'CPU, %', ({ cpuPercent }) => (cpuPercent === null ? dash : percentText(cpuPercent))),
  numeric('memory', 'Memory, MiB', ({ memoryBytes }) => mebibytesText(memoryBytes)),
  { id: 'vpn', title: 'VPN', sortable: true, cell: ({ vpn }) => vpn ?? dash, value: ({ vpn }) => vpn },
  numeric('port', 'Port', ({ port }) => <span className="mono">{port ?? dash}</span>),
  numeric('forwarded', 'Forwarded', (engine) => <span className="mono">{forwardedText(engine)}</span>),
  { id: 'version', title: 'Version', sortable: true, cell: ({ version }) => version ?? dash },
  numeric('seen', 'First seen', ({ firstSeen }) => <AgeOf at={firstSeen} />),
  numeric('checked', 'Checked', ({ lastHealthCheck }) => <AgeOf at={lastHealthCheck} never="never" />),
];

function numeric(id: string, title: string, cell: (engine: Engine) => ReactNode): Column<Engine> {
  return { id, title, sortable: true, numeric: true, cell };
}

/** The port that the VPN forwards to it; "yes" where it is not told. */
export function forwardedText({ forwarded, forwardedPort }: Engine): string {
  return forwarded ? String(forwardedPort ?? 'yes') : dash;
}

/** As data: every field, in units that calculate. */
export const engineExport: readonly ExportColumn<Engine>[] = [
  { title: 'Name', value: ({ name }) => name },
  { title: 'Id', value: ({ id }) => id },
  { title: 'Health', value: (engine) => engineState(engine).word },
  { title: 'Streams', value: ({ streams }) => streams },
  { title: 'CPU', unit: '%', value: ({ cpuPercent }) => cpuPercent },
  { title: 'Memory', unit: 'bytes', value: ({ memoryBytes }) => memoryBytes },
  { title: 'VPN', value: ({ vpn }) => vpn },
  { title: 'Host', value: ({ host }) => host },
  { title: 'Port', value: ({ port }) => port },
  { title: 'Forwarded', value: ({ forwarded }) => forwarded },
  { title: 'Forwarded port', value: ({ forwardedPort }) => forwardedPort },
  { title: 'Version', value: ({ version }) => version },
  timeColumn('First seen', ({ firstSeen }) => firstSeen),
  timeColumn('Last seen', ({ lastSeen }) => lastSeen),
  timeColumn('Last health check', ({ lastHealthCheck }) => lastHealthCheck),
];

/** What is sorted with the largest first. */
export const engineLargestFirst: readonly string[] = ['streams', 'cpu', 'memory'];

/** By what a column is sorted. Worst health first; ages by their moment, the youngest first. */
export function engineSort(engines: readonly Engine[], column: string): (engine: Engine) => SortValue {
  switch (column) {
    case 'health': {
      const ranks = ranksOf(engines.map(engineName));
      const all = ranks.size + 1;
      return (engine) => engineState(engine).rank * all + (ranks.get(engineName(engine)) ?? 0);
    }
    case 'streams':
      return ({ streams }) => streams;
    case 'cpu':
      return ({ cpuPercent }) => cpuPercent;
    case 'memory':
      return ({ memoryBytes }) => memoryBytes;
    case 'port':
      return ({ port }) => port;
    case 'forwarded':
      return ({ forwarded, forwardedPort }) => (forwarded ? (forwardedPort ?? 0) : null);
    case 'seen':
      return ({ firstSeen }) => (firstSeen === null ? null : -firstSeen);
    case 'checked':
      return ({ lastHealthCheck }) => (lastHealthCheck === null ? null : -lastHealthCheck);
    case 'vpn':
      return ranked(engines, ({ vpn }) => vpn);
    case 'version':
      return ranked(engines, ({ version }) => version);
    default:
      return ranked(engines, engineName);
  }
}

function ranked(
  engines: readonly Engine[],
  textOf: (engine: Engine) => string | null,
): (engine: Engine) => SortValue {
  const ranks = ranksOf(engines.flatMap((engine) => textOf(engine) ?? []));
  return (engine) => ranks.get(textOf(engine) ?? '') ?? null;
}

/** Those that have what was typed in their name, id, state, VPN, version or a port. */
export function engineFits(engine: Engine, wanted: string): boolean {
  if (wanted === '') return true;
  const { id, vpn, version, port, forwardedPort, host } = engine;
  return [engineName(engine), id, engineState(engine).word, vpn, version, host, port, forwardedPort].some(
    (one) => one !== null && String(one).toLowerCase().includes(wanted),
  );
}
