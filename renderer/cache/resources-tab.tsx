import type { CacheStatistics } from '../../shared/contract/cache.ts';
import { resourceTitles } from '../../shared/model/resources.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import type { ExportColumn } from '../export/exportable.ts';
import { useCacheStatistics } from '../live/watched.tsx';
import { countText, dash, durationText, percentText } from '../ui/format.ts';
import { Term } from '../ui/hint.tsx';
import { spreadText } from './namespaces-tab.tsx';

const formulas = {
  rate: 'Hits divided by lookups. Stale values served, misses and joined loads are lookups and no hits; forced and prefetched loads stand outside. In brackets: lookups.',
  calls: 'Lookups minus loads, at least 0. Loads ahead of polls and forced ones count as loads.',
  time: 'Hits times the median time a load takes.',
} as const;

const exported: readonly ExportColumn<CacheStatistics['keys'][number]>[] = [
  { title: 'Resource', value: ({ key }) => titleOf(key) },
  { title: 'Key', value: ({ key }) => key },
  { title: 'Hit rate', unit: '%', value: ({ hitRate }) => (hitRate.n === 0 ? null : hitRate.percent) },
  { title: 'Lookups', value: ({ hitRate }) => hitRate.n },
  { title: 'Hits', value: ({ counters }) => counters.hits },
  { title: 'Joined', value: ({ counters }) => counters.coalesced },
  { title: 'Stale', value: ({ counters }) => counters.staleHits },
  { title: 'Misses', value: ({ counters }) => counters.misses },
  { title: 'Loads', value: ({ counters }) => counters.loads },
  { title: 'Loads failed', value: ({ counters }) => counters.loadErrors },
  { title: 'Load p50', unit: 'ms', value: ({ load }) => (load.n === 0 ? null : load.p50) },
  { title: 'Load p95', unit: 'ms', value: ({ load }) => (load.n === 0 ? null : load.p95) },
  { title: 'Calls saved', value: ({ callsSaved }) => callsSaved },
  { title: 'Time saved', unit: 'ms', value: ({ savedMs }) => savedMs },
];

/** How each key fared since the start: rate, times, and what it spared the backend. */
export function ResourcesTab() {
  const statistics = useCacheStatistics();
  if (!statistics) return <p className="empty page-space">Asking what was counted…</p>;
  const used = statistics.keys.filter(({ hitRate, counters }) => hitRate.n + counters.loads > 0);
  if (used.length === 0) return <p className="empty page-space">Nothing was looked up yet.</p>;
  return (
    <section className="panel scroll-x" aria-label="Resources">
      <div className="export-line">
        <ExportMenu
          of={{ name: 'cache-resources', title: 'Resources', columns: exported, rows: () => used }}
        />
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Resource</th>
            <th scope="col" className="num">
              <Term word="Hit rate" means={formulas.rate} />
            </th>
            <th scope="col" className="num">
              Hits
            </th>
            <th scope="col" className="num">
              Joined
            </th>
            <th scope="col" className="num">
              Stale
            </th>
            <th scope="col" className="num">
              Misses
            </th>
            <th scope="col" className="num">
              Loads (failed)
            </th>
            <th scope="col" className="num">
              Load p50 / p95
            </th>
            <th scope="col" className="num">
              <Term word="Calls saved" means={formulas.calls} />
            </th>
            <th scope="col" className="num">
              <Term word="Time saved" means={formulas.time} />
            </th>
          </tr>
        </thead>
        <tbody>
          {used.map(({ key, hitRate, counters, load, callsSaved, savedMs }) => (
            <tr key={key}>
              <th scope="row">
                {titleOf(key)} <span className="mono muted">{key}</span>
              </th>
              <td className="num">
                {hitRate.n === 0 ? dash : `${percentText(hitRate.percent)} % (${countText(hitRate.n)})`}
              </td>
              <td className="num">{countText(counters.hits)}</td>
              <td className="num">{countText(counters.coalesced)}</td>
              <td className="num">{countText(counters.staleHits)}</td>
              <td className="num">{countText(counters.misses)}</td>
              <td className="num">
                {countText(counters.loads)} ({countText(counters.loadErrors)})
              </td>
              <td className="num">{spreadText(load)}</td>
              <td className="num">{countText(callsSaved)}</td>
              <td className="num">{savedMs === 0 ? dash : durationText(savedMs)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td className="num">
              {statistics.hitRate.n === 0
                ? dash
                : `${percentText(statistics.hitRate.percent)} % (${countText(statistics.hitRate.n)})`}
            </td>
            <td className="num">{countText(statistics.counters.hits)}</td>
            <td className="num">{countText(statistics.counters.coalesced)}</td>
            <td className="num">{countText(statistics.counters.staleHits)}</td>
            <td className="num">{countText(statistics.counters.misses)}</td>
            <td className="num">
              {countText(statistics.counters.loads)} ({countText(statistics.counters.loadErrors)})
            </td>
            <td className="num">{spreadText(statistics.loadMs)}</td>
            <td className="num">{countText(statistics.callsSaved)}</td>
            <td className="num">{statistics.savedMs === 0 ? dash : durationText(statistics.savedMs)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function titleOf(key: string): string {
  return Object.entries(resourceTitles).find(([known]) => known === key)?.[1] ?? '';
}
