import { Plus, RefreshCw, Search } from 'lucide-react';
import { useState } from 'react';
import type { ManagerSessionState, WorkstationList } from '../../shared/contract/workstations.ts';
import { spanText } from '../../shared/model/age.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { asOf } from '../export/exportable.ts';
import { useClient } from '../live/client-context.ts';
import type { Source } from '../live/source.ts';
import { Outcome } from '../settings/outcome.tsx';
import { useAttempt } from '../settings/use-attempt.ts';
import { ChipWithChain } from '../ui/age-chain.tsx';
import { plural } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { failureWordsOf } from '../ui/words.ts';
import { CreateDialog } from './create-dialog.tsx';
import { emulatorWords, exportedColumns, notOnlineWords, onlineWords, shownOf } from './list-model.ts';
import type { Order } from './list-model.ts';
import { ListTable } from './list-table.tsx';
import { refusalOf, useReadAgain } from './manager.ts';
import { Gate } from '../ui/gate.tsx';

const maxSearch = 100;

interface Props {
  readonly session: ManagerSessionState;
  readonly list: Source<WorkstationList>;
  readonly paused: boolean;
}

/** Every workstation the manager knows; what can be done with them. */
export function ListPanel({ session, list, paused }: Props) {
  const client = useClient();
  const readAgain = useReadAgain();
  const refreshing = useAttempt();
  const creating = useAttempt();
  const [dialog, setDialog] = useState(false);
  const createRefusal = refusalOf(session, 'create');
  const refresh = (): void =>
    refreshing.run(async () => {
      await client.call('workstations.refresh', {});
      await readAgain('workstations.list');
      return '';
    });
  const busy = refreshing.attempt.state === 'running';
  return (
    <Panel
      title="Workstations"
      className="workstations"
      aside={<ChipWithChain source={list} paused={paused} />}
      actions={
        <>
          <Gate call="workstations.refresh">
            <button
              type="button"
              className="button small list-refresh"
              aria-disabled={busy}
              onClick={() => {
                if (!busy) refresh();
              }}
            >
              <RefreshCw size={14} aria-hidden="true" className={busy ? 'turning' : undefined} />
              {busy ? 'Refreshing…' : 'Refresh'}
            </button>
          </Gate>
          <Gate call="workstations.create">
            <button
              type="button"
              className="button small"
              disabled={createRefusal !== null}
              onClick={() => {
                if (creating.attempt.state !== 'running') creating.forget();
                setDialog(true);
              }}
            >
              <Plus size={14} aria-hidden="true" />
              Add a workstation…
            </button>
          </Gate>
        </>
      }
    >
      <Found session={session} list={list} paused={paused} />
      <div className="list-line">
        <ListNote list={list} paused={paused} />
        <Outcome attempt={refreshing.attempt} running="Reading the list again…" />
        {!dialog && <Outcome attempt={creating.attempt} running="Adding…" />}
      </div>
      <Greyed create={createRefusal} test={refusalOf(session, 'testConnection')} />
      <CreateDialog open={dialog} onOpenChange={setDialog} creating={creating} />
    </Panel>
  );
}

function Found({ session, list, paused }: Props) {
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<Order>({ column: 'name', descending: false });
  const stations = list.reading.value?.workstations;
  if (!stations) return <p className="empty stations-space">{noListWords(list)}</p>;
  if (stations.length === 0) {
    return <p className="empty stations-space">The manager knows no workstation yet.</p>;
  }
  const shown = shownOf(stations, search, order);
  const others = notOnlineWords(stations);
  const emulators = emulatorWords(stations);
  return (
    <>
      <div className="list-tools">
        <p className="list-summary">
          <strong>{onlineWords(stations)}</strong>
          {others !== '' && ` · ${others}`}
          {emulators !== null && ` · ${emulators}`}
        </p>
        <output className="muted list-count">
          {search.trim() === '' ? '' : plural(shown.length, 'fits', 'fit')}
        </output>
        <ExportMenu
          of={{
            name: 'workstations',
            title: 'Workstations',
            columns: [...exportedColumns, asOf(list)],
            rows: () => shown,
          }}
          empty={shown.length === 0}
        />
        <label className="event-search list-search">
          <Search size={14} aria-hidden="true" />
          <span className="visually-hidden">Filter workstations</span>
          <input
            type="search"
            className="input"
            placeholder="Name, address or status"
            maxLength={maxSearch}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </label>
      </div>
      {shown.length === 0 ? (
        <p className="empty stations-space">No workstation fits “{search.trim()}”.</p>
      ) : (
        <ListTable
          stations={shown}
          list={list}
          paused={paused}
          order={order}
          onOrder={setOrder}
          testRefusal={refusalOf(session, 'testConnection')}
        />
      )}
    </>
  );
}

function noListWords(list: Source<unknown>): string {
  const { reading, callError } = list;
  if (!reading.supported) return 'This backend does not list workstations.';
  if (reading.failure) return `No list yet: ${failureWordsOf(list) ?? ''}. ${reading.failure.message}`;
  return callError ?? 'Reading the list…';
}

/** Always one line: what is wrong with the list, or where its age comes from. */
function ListNote({ list, paused }: Pick<Props, 'list' | 'paused'>) {
  const { failure, value, ttl } = list.reading;
  if (paused) return <p>Polling is paused. The last list is shown.</p>;
  if (value !== null && failure) {
    return (
      <p className="mark" data-role="attention">
        <span className="chip-glyph" aria-hidden="true">
          ▲
        </span>{' '}
        Not read again: {failure.message} The last list is shown.
      </p>
    );
  }
  if (value !== null && list.callError !== null) return <p>{list.callError} The last list is shown.</p>;
  if (value === null) return <p />;
  return (
    <p>
      Cachedeck keeps the list for {keptText(ttl)}; Refresh reads past that. The loads are those that the
      manager has on file.
    </p>
  );
}

function keptText(ttl: number): string {
  return ttl % 60_000 === 0 ? `${ttl / 60_000} min` : spanText(ttl);
}

/** Why buttons are grey: in words, because grey alone says nothing. */
function Greyed({ create, test }: { readonly create: string | null; readonly test: string | null }) {
  if (create === null && test === null) return null;
  return (
    <p className="fact-note">
      {create === test ? (
        `Adding and testing: ${create ?? ''}`
      ) : (
        <>
          {create !== null && `Adding: ${create} `}
          {test !== null && `Testing: ${test}`}
        </>
      )}
    </p>
  );
}
