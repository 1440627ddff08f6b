import { Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Engine, EngineList } from '../../shared/contract/orchestrator.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { asOf } from '../export/exportable.ts';
import { usePaused } from '../live/feed.ts';
import { useFound } from '../live/found.ts';
import type { Source } from '../live/source.ts';
import { usePoll } from '../live/use-poll.ts';
import { useWatched } from '../live/watched.tsx';
import { engineName } from '../panels/engines-words.ts';
import { noEnginesWords } from '../panels/engines-none.ts';
import { countText, plural } from '../ui/format.ts';
import { sortBy } from '../ui/table/column-head.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import { useClaims } from '../ui/use-unsure.ts';
import { ClockContext } from './age-of.tsx';
import { useChanges } from './changes.tsx';
import {
  engineColumns,
  engineExport,
  engineFits,
  engineLargestFirst,
  engineSort,
} from './engine-columns.tsx';
import { EngineDetail } from './engine-detail.tsx';
import { EnginesStrip } from './engines-strip.tsx';
import { LatestChanges } from './latest-changes.tsx';
import { OpenedContext, useOpened } from './opened.tsx';
import type { Opened } from './opened.tsx';
import { inOrder } from './order.ts';
import { ProvisionDialog, provisionTarget } from './provision-dialog.tsx';
import { TableTools } from './table-tools.tsx';
import { Gate } from '../ui/gate.tsx';

const serverKinds = ['engine', 'system'] as const;
const ownKinds = ['action'] as const;
const byHealth = { column: 'health', descending: false };
const none: readonly Engine[] = [];

/** Every engine the orchestrator lists, and what can be done with them. */
export function EnginesTab() {
  const list = usePoll('engines.list');
  const paused = usePaused();
  const opened = useOpened();
  useFound('engine', opened.open);
  const chosen = list.reading.value?.engines.find(({ id }) => id === opened.id);
  return (
    <ClockContext value={list}>
      <EnginesStrip list={list} paused={paused} />
      <LatestChanges server={serverKinds} own={ownKinds} />
      <div className="with-detail" data-open={opened.id !== null || undefined}>
        <OpenedContext value={opened}>
          <EngineTable list={list} paused={paused} opened={opened} />
        </OpenedContext>
        {opened.id !== null && <EngineDetail id={opened.id} engine={chosen} opened={opened} />}
      </div>
    </ClockContext>
  );
}

interface TableProps {
  readonly list: Source<EngineList>;
  readonly paused: boolean;
  readonly opened: Opened;
}

function EngineTable({ list, paused, opened }: TableProps) {
  const claims = useClaims(list, paused);
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState(byHealth);
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  const engines = list.reading.value?.engines ?? none;
  const shown = useMemo(() => {
    const fitting = engines.filter((engine) => engineFits(engine, wanted));
    return inOrder(fitting, engineSort(engines, sort.column), sort.descending);
  }, [engines, wanted, sort]);
  return (
    <section className="panel fleet-table" aria-label="Engines" data-unsure={!claims || undefined}>
      <TableTools
        label="Filter engines"
        placeholder="Name, id, health, VPN, version or port"
        value={typed}
        onChange={setTyped}
        count={
          engines.length === 0
            ? 'none listed'
            : wanted === ''
              ? plural(engines.length, 'engine', 'engines')
              : `${countText(shown.length)} of ${plural(engines.length, 'engine', 'engines')}`
        }
      >
        <ExportMenu
          of={{
            name: 'engines',
            title: 'Engines',
            columns: [...engineExport, asOf(list)],
            rows: () => shown,
          }}
          empty={shown.length === 0}
        />
        <Provision engines={engines} />
      </TableTools>
      {shown.length === 0 ? (
        <NoEngines list={list} wanted={wanted} />
      ) : (
        <DataTable
          label="Table of engines"
          className="fleet-engines"
          columns={engineColumns}
          count={shown.length}
          rowAt={(index) => shown[index]}
          keyOf={({ id }) => id}
          nameOf={engineName}
          sort={sort}
          onSort={(column) => setSort(sortBy(column, sort, engineLargestFirst.includes(column)))}
          onOpen={({ id }) => opened.open(id)}
        />
      )}
    </section>
  );
}

function NoEngines({ list, wanted }: { readonly list: Source<EngineList>; readonly wanted: string }) {
  const { totals, status } = useWatched();
  const some = (list.reading.value?.engines.length ?? 0) > 0;
  return (
    <p className="empty table-space">
      {some
        ? `No engine fits “${wanted}”.`
        : noEnginesWords(list, totals.reading.value, status.reading.value)}
    </p>
  );
}

function Provision({ engines }: { readonly engines: readonly Engine[] }) {
  const { isRunning } = useChanges();
  const [open, setOpen] = useState(false);
  const running = isRunning(provisionTarget);
  return (
    <>
      <Gate call="engines.provision">
        <button type="button" className="button" aria-disabled={running} onClick={() => setOpen(!running)}>
          <Plus size={14} aria-hidden="true" />
          {running ? 'An engine is being started…' : 'Start an engine…'}
        </button>
      </Gate>
      <ProvisionDialog open={open} onOpenChange={setOpen} engines={engines} />
    </>
  );
}
