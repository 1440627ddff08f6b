import { useQueryClient } from '@tanstack/react-query';
import { Search, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { entryColumns } from '../../shared/model/explorer.ts';
import type { EntryColumn } from '../../shared/model/explorer.ts';
import { useFound } from '../live/found.ts';
import { useClient } from '../live/client-context.ts';
import { useMay } from '../live/use-may.ts';
import { bytesText, countText, plural } from '../ui/format.ts';
import { useSay } from '../ui/toasts.tsx';
import { sortBy } from '../ui/table/column-head.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import { useSettled } from '../ui/use-settled.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { deleteKeys } from './delete-keys.ts';
import { entryExportColumns, entryTableColumns } from './entry-columns.tsx';
import { useTellRemoved } from './undo.ts';
import { allEntries, useEntries } from './use-entries.ts';
import type { EntryOrder, ShownEntry } from './use-entries.ts';
import { Gate } from '../ui/gate.tsx';

const maxFilter = 500;
/** ms after the last letter until main is asked. */
const typingMs = 150;
const byName: EntryOrder = { filter: '', sort: 'key', descending: false };
/** What is sorted with the largest first. */
const largestFirst: readonly EntryColumn[] = ['bytes', 'hits', 'lastHitAt', 'age'];
const nothing: ReadonlySet<string> = new Set();

const keyOf = ({ entry }: ShownEntry): string => entry.key;

/** Every key the app cache holds or loads now. */
export function EntriesTab() {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const tellRemoved = useTellRemoved();
  const { may } = useMay('cache.delete');
  const [order, setOrder] = useState(byName);
  const filter = useSettled(order.filter, typingMs);
  const { answer, rowAt, onRange, error } = useEntries({ ...order, filter });
  const [chosen, setChosen] = useState(nothing);

  /** Every key that fits; null: there are more than are loaded. */
  const all = answer && answer.rows.length === answer.matching ? answer.rows.map(keyOf) : null;
  // Others may have removed what was chosen.
  const selected = all === null ? chosen : new Set(all.filter((key) => chosen.has(key)));

  const filterBox = useRef<HTMLInputElement>(null);
  useFound('key', (key) => {
    setOrder((before) => ({ ...before, filter: literal(key) }));
    filterBox.current?.focus(); // what was looked for is told there, and can be changed there
  });
  const toggle = useCallback((key: string) => {
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const everyChosen = all !== null && all.length > 0 && selected.size === all.length;

  async function remove(keys: readonly string[]): Promise<void> {
    try {
      tellRemoved('Removed', ...(await deleteKeys(client, keys)));
      setChosen((before) => new Set([...before].filter((key) => !keys.includes(key))));
    } catch (failure) {
      say('Not everything was removed', failure instanceof Error ? failure.message : String(failure), 'bad');
    }
    await queries.invalidateQueries({ queryKey: ['cache.entries'] });
  }

  const onDelete = ({ entry: { key } }: ShownEntry): void =>
    void remove(selected.has(key) ? [...selected] : [key]);
  const sort = useMemo(() => ({ column: order.sort, descending: order.descending }), [order]);
  return (
    <section className="panel explorer" aria-label="Entries">
      <div className="explorer-head">
        <label className="explorer-filter">
          <Search size={14} aria-hidden="true" />
          <span className="visually-hidden">Filter keys</span>
          <input
            type="search"
            ref={filterBox}
            className="input mono"
            placeholder="Part of a key, or a pattern: vpn:*"
            maxLength={maxFilter}
            value={order.filter}
            onChange={({ target }) => {
              setOrder({ ...order, filter: target.value });
              setChosen(nothing); // what is not seen any more must not be deleted with the rest
            }}
          />
        </label>
        <output className="explorer-count">{answer ? countWords(answer) : 'Asking what is stored…'}</output>
        <ExportMenu
          of={{
            name: 'cache-entries',
            title: 'Entries',
            columns: entryExportColumns,
            rows: (most) => allEntries(client, { ...order, filter }, most),
          }}
          empty={(answer?.matching ?? 0) === 0}
        />
        <Gate call="cache.delete">
          <button
            type="button"
            className="button"
            disabled={selected.size === 0}
            onClick={() => void remove([...selected])}
          >
            <Trash2 size={14} aria-hidden="true" />
            {selected.size === 0 ? 'Delete selected' : `Delete ${plural(selected.size, 'entry', 'entries')}`}
          </button>
        </Gate>
      </div>
      {error && (
        <p className="field-error" role="alert">
          The entries could not be read: {error.message}
        </p>
      )}
      {answer?.matching === 0 ? (
        <p className="empty page-space">{emptyWords(answer.order.filter)}</p>
      ) : (
        <DataTable
          label="Entries of the app cache"
          className="entries"
          columns={entryTableColumns}
          count={answer?.matching ?? 0}
          rowAt={rowAt}
          keyOf={keyOf}
          nameOf={keyOf}
          question={JSON.stringify(answer?.order)}
          sort={sort}
          onSort={(id) => {
            const column = entryColumns.find((name) => name === id);
            if (!column) return;
            const { descending } = sortBy(column, sort, largestFirst.includes(column));
            setOrder({ ...order, sort: column, descending });
          }}
          selection={{
            selected,
            toggle,
            all: all && {
              chosen: everyChosen,
              toggle: () => setChosen(everyChosen ? nothing : new Set(all)),
            },
          }}
          onRange={onRange}
          {...(may && { onDelete })}
        />
      )}
    </section>
  );
}

/** A key as the filter that finds it: what would make it a pattern is taken as it is. */
function literal(key: string): string {
  return /[*?]/.test(key) ? key.replaceAll(/[*?\\]/g, '\\$&') : key;
}

interface Counted {
  readonly matching: number;
  readonly total: number;
  readonly bytes: number;
  readonly order: EntryOrder;
}

function countWords({ matching, total, bytes, order }: Counted): string {
  const all = `${plural(total, 'entry', 'entries')}, about ${bytesText(bytes)}`;
  return order.filter.trim() === '' ? all : `${countText(matching)} of ${all}`;
}

function emptyWords(filter: string): string {
  const wanted = filter.trim();
  if (wanted === '') return 'Nothing is stored. Entries come with the next poll.';
  if (!/[*?]/.test(wanted)) return `No key has ${wanted} in it.`;
  return `No key fits ${wanted}. A pattern has to fit the whole key: put * before and after what is a part of it.`;
}
