import { Search, Trash2 } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { entryColumns } from '../../shared/model/explorer.ts';
import type { EntryColumn } from '../../shared/model/explorer.ts';
import { useFound } from '../live/found.ts';
import { useClient } from '../live/client-context.ts';
import { bytesText, plural } from '../ui/format.ts';
import { useSay } from '../ui/toasts.tsx';
import { sortBy } from '../ui/table/column-head.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import { ExportMenu } from '../export/export-menu.tsx';
import { entryExportColumns, entryTableColumns } from './entry-columns.tsx';
import { useTellRemoved } from './undo.ts';
import { allEntries, useEntries } from './use-entries.ts';
import type { EntryOrder } from './use-entries.ts';

const maxFilter = 500;
/** Keys one call deletes. */
const mostDeleted = 1000;
const byName: EntryOrder = { filter: '', sort: 'key', descending: false };
/** What is sorted with the largest first. */
const largestFirst: readonly EntryColumn[] = ['bytes', 'hits', 'lastHitAt', 'age'];

/** Every key the app cache holds or loads now. */
export function EntriesTab() {
  const client = useClient();
  const say = useSay();
  const tellRemoved = useTellRemoved();
  const [order, setOrder] = useState(byName);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = useDeferredValue(order.filter);
  const { totals, rowAt, onRange, error, refresh } = useEntries({ ...order, filter });

  useFound('key', (key) => setOrder((before) => ({ ...before, filter: literal(key) })));
  const toggle = useCallback((key: string) => {
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const selection = useMemo(() => ({ selected, toggle, all: null }), [selected, toggle]);

  async function remove(keys: readonly string[]): Promise<void> {
    const result = await client.call('cache.delete', { keys: keys.slice(0, mostDeleted) });
    setSelected(new Set());
    tellRemoved('Removed', result);
    await refresh();
  }

  function tryToRemove(keys: readonly string[]): void {
    remove(keys).catch((failure: unknown) => {
      say('Nothing was removed', failure instanceof Error ? failure.message : String(failure), 'bad');
    });
  }

  return (
    <section className="panel explorer" aria-label="Entries">
      <div className="explorer-head">
        <label className="explorer-filter">
          <Search size={14} aria-hidden="true" />
          <span className="visually-hidden">Filter keys</span>
          <input
            type="search"
            className="input mono"
            placeholder="Part of a key, or a pattern: vpn:*"
            maxLength={maxFilter}
            value={order.filter}
            onChange={({ target }) => setOrder({ ...order, filter: target.value })}
          />
        </label>
        <output className="explorer-count">
          {totals ? countWords(totals, filter !== '') : 'Asking what is stored…'}
        </output>
        <ExportMenu
          of={{
            name: 'cache-entries',
            title: 'Entries',
            columns: entryExportColumns,
            rows: (most) => allEntries(client, { ...order, filter }, most),
          }}
          empty={(totals?.matching ?? 0) === 0}
        />
        <button
          type="button"
          className="button"
          disabled={selected.size === 0}
          onClick={() => tryToRemove([...selected])}
        >
          <Trash2 size={14} aria-hidden="true" />
          {selected.size === 0 ? 'Delete selected' : `Delete ${plural(selected.size, 'entry', 'entries')}`}
        </button>
      </div>
      {error && (
        <p className="field-error" role="alert">
          The entries could not be read: {error.message}
        </p>
      )}
      {totals?.matching === 0 ? (
        <p className="empty page-space">
          {filter === ''
            ? 'Nothing is stored. Entries come with the next poll.'
            : `No key fits ${filter}. A pattern fits from the first letter to the last: *${filter}* finds a part.`}
        </p>
      ) : (
        <DataTable
          label="Entries of the app cache"
          className="entries"
          columns={entryTableColumns}
          count={totals?.matching ?? 0}
          rowAt={rowAt}
          keyOf={({ entry }) => entry.key}
          nameOf={({ entry }) => entry.key}
          sort={{ column: order.sort, descending: order.descending }}
          onSort={(id) => {
            const column = entryColumns.find((name) => name === id);
            if (!column) return;
            const next = sortBy(
              column,
              { column: order.sort, descending: order.descending },
              largestFirst.includes(column),
            );
            setOrder({ ...order, sort: column, descending: next.descending });
          }}
          selection={selection}
          onRange={onRange}
          onDelete={({ entry }) => tryToRemove([entry.key])}
        />
      )}
    </section>
  );
}

/** A key as the filter that finds it: what would make it a pattern is taken as it is. */
function literal(key: string): string {
  return /[*?]/.test(key) ? key.replaceAll(/[*?\\]/g, '\\$&') : key;
}

function countWords(
  { matching, total, bytes }: { matching: number; total: number; bytes: number },
  filtered: boolean,
): string {
  const all = `${plural(total, 'entry', 'entries')}, about ${bytesText(bytes)}`;
  return filtered ? `${matching} of ${all}` : all;
}
