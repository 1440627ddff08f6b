import type { CallOutput } from '../../shared/rpc/client.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import type { ExportColumn } from '../export/exportable.ts';
import { useClient } from '../live/client-context.ts';
import { useEachTick } from '../live/use-poll.ts';
import { Bar } from '../ui/bar.tsx';
import { bytesText, countText, dash, percentText, plural } from '../ui/format.ts';
import { useVisible } from '../ui/use-visible.ts';
import { spreadText } from './words.ts';

type Namespace = CallOutput<'cache.namespaces'>['namespaces'][number];

const exported: readonly ExportColumn<Namespace>[] = [
  { title: 'Namespace', value: ({ namespace }) => namespace },
  { title: 'Size', unit: 'bytes', value: ({ bytes }) => bytes },
  { title: 'Entries', value: ({ entries }) => entries },
  { title: 'Hit rate', unit: '%', value: ({ hitRate }) => (hitRate.n === 0 ? null : hitRate.percent) },
  { title: 'Lookups', value: ({ hitRate }) => hitRate.n },
  { title: 'Loads', value: ({ counters }) => counters.loads },
  { title: 'Cached p50', unit: 'ms', value: ({ hitMs }) => (hitMs.n === 0 ? null : hitMs.p50) },
  { title: 'Cached p95', unit: 'ms', value: ({ hitMs }) => (hitMs.n === 0 ? null : hitMs.p95) },
  { title: 'Loaded p50', unit: 'ms', value: ({ loadMs }) => (loadMs.n === 0 ? null : loadMs.p50) },
  { title: 'Loaded p95', unit: 'ms', value: ({ loadMs }) => (loadMs.n === 0 ? null : loadMs.p95) },
];

/** Bytes and counts by the part of the key before its first colon. */
export function NamespacesTab() {
  const client = useClient();
  const visible = useVisible();
  const { data, error } = useEachTick(
    ['cache.namespaces'],
    (signal) => client.call('cache.namespaces', {}, signal),
    visible,
  );
  if (error && !data) return <p className="empty">The namespaces could not be read: {error.message}</p>;
  if (!data) return <p className="empty page-space">Asking what is stored…</p>;
  const { namespaces } = data;
  const most = Math.max(1, ...namespaces.map(({ bytes }) => bytes));
  if (namespaces.length === 0) return <p className="empty page-space">Nothing was looked up yet.</p>;
  return (
    <section className="panel scroll-x" aria-label="Namespaces">
      <div className="explorer-head">
        <p className="explorer-count">
          {plural(namespaces.length, 'namespace', 'namespaces')}, the largest first.
        </p>
        <ExportMenu
          of={{ name: 'cache-namespaces', title: 'Namespaces', columns: exported, rows: () => namespaces }}
        />
      </div>
      <table className="table namespaces">
        <thead>
          <tr>
            <th scope="col">Namespace</th>
            <th scope="col">Size</th>
            <th scope="col" className="num">
              Entries
            </th>
            <th scope="col" className="num">
              Hit rate
            </th>
            <th scope="col" className="num">
              Lookups
            </th>
            <th scope="col" className="num">
              Loads
            </th>
            <th scope="col" className="num">
              Cached p50 / p95
            </th>
            <th scope="col" className="num">
              Loaded p50 / p95
            </th>
          </tr>
        </thead>
        <tbody>
          {namespaces.map(({ namespace, entries, bytes, hitRate, counters, hitMs, loadMs }) => (
            <tr key={namespace}>
              <th scope="row" className="mono">
                {namespace}
              </th>
              <td>
                <Bar part={bytes / most} text={bytesText(bytes)} />
              </td>
              <td className="num">{countText(entries)}</td>
              <td className="num">{hitRate.n === 0 ? dash : `${percentText(hitRate.percent)} %`}</td>
              <td className="num">{countText(hitRate.n)}</td>
              <td className="num">{countText(counters.loads)}</td>
              <td className="num">{spreadText(hitMs)}</td>
              <td className="num">{spreadText(loadMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
