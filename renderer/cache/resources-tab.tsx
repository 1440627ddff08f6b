import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { CacheStatistics, Counters } from '../../shared/contract/cache.ts';
import type { AdaptiveTtl } from '../../shared/contract/tuning.ts';
import { titleOfKey } from '../../shared/model/resources.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import type { ExportColumn } from '../export/exportable.ts';
import { useClient } from '../live/client-context.ts';
import { useCacheStatistics } from '../live/watched.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { countText, dash, durationText, percentText } from '../ui/format.ts';
import { Term } from '../ui/hint.tsx';
import { Panel } from '../ui/panel.tsx';
import { useSay } from '../ui/toasts.tsx';
import { AdvicePanel } from './advice-panel.tsx';
import { TtlInEffect, TtlReason } from './tuning-rows.tsx';
import { useTuning } from './tuning.ts';
import { spreadText } from './words.ts';
import { Gate } from '../ui/gate.tsx';

const heads = [
  [
    'Hit rate',
    'Hits divided by lookups. Stale values served, misses and joined loads are lookups and no hits; forced and prefetched loads stand outside. In brackets: lookups.',
  ],
  ['Hits', null],
  ['Joined', null],
  ['Stale', null],
  ['Misses', null],
  ['Loads (failed)', null],
  ['Cached p50 / p95', 'Answer time from the cache. One hit in 16 is timed.'],
  ['Loaded p50 / p95', 'Answer time by loading; of each resource the last 32 loads.'],
  ['Calls saved', 'Lookups minus loads, at least 0. Loads ahead of polls and forced ones count as loads.'],
  ['Time saved', 'Hits times the median time a load takes.'],
] as const;

interface Row {
  readonly one: CacheStatistics['keys'][number];
  readonly ttl: AdaptiveTtl | undefined;
}

const exported: readonly ExportColumn<Row>[] = [
  { title: 'Resource', value: ({ one: { key } }) => titleOfKey(key) },
  { title: 'Key', value: ({ one: { key } }) => key },
  {
    title: 'Hit rate',
    unit: '%',
    value: ({ one: { hitRate } }) => (hitRate.n === 0 ? null : hitRate.percent),
  },
  { title: 'Lookups', value: ({ one: { hitRate } }) => hitRate.n },
  { title: 'Hits', value: ({ one: { counters } }) => counters.hits },
  { title: 'Joined', value: ({ one: { counters } }) => counters.coalesced },
  { title: 'Stale', value: ({ one: { counters } }) => counters.staleHits },
  { title: 'Misses', value: ({ one: { counters } }) => counters.misses },
  { title: 'Loads', value: ({ one: { counters } }) => counters.loads },
  { title: 'Loads failed', value: ({ one: { counters } }) => counters.loadErrors },
  { title: 'Load p50', unit: 'ms', value: ({ one: { load } }) => (load.n === 0 ? null : load.p50) },
  { title: 'Load p95', unit: 'ms', value: ({ one: { load } }) => (load.n === 0 ? null : load.p95) },
  { title: 'Calls saved', value: ({ one: { callsSaved } }) => callsSaved },
  { title: 'Time saved', unit: 'ms', value: ({ one: { savedMs } }) => savedMs },
  { title: 'TTL', unit: 'ms', value: ({ ttl }) => ttl?.ttl ?? null },
  { title: 'TTL adapts', value: ({ ttl }) => (ttl === undefined ? null : ttl.on ? 'yes' : 'no') },
  { title: 'Why', value: ({ ttl }) => ttl?.reason ?? null },
];

/** What could be set otherwise, and how each key fared since the start: rate, times, and what it spared the backend. */
export function ResourcesTab() {
  const tuning = useTuning();
  return (
    <div className="resources-tab">
      <AdvicePanel {...tuning} />
      <ResourcesPanel adaptive={tuning.data?.adaptive ?? []} />
    </div>
  );
}

function ResourcesPanel({ adaptive }: { readonly adaptive: readonly AdaptiveTtl[] }) {
  const statistics = useCacheStatistics();
  const used = (statistics?.keys ?? [])
    .filter(({ hitRate, counters }) => hitRate.n + counters.loads > 0)
    .map((one): Row => ({ one, ttl: adaptive.find(({ key }) => key === one.key) }));
  return (
    <Panel
      title="Resources"
      actions={
        <>
          <ExportMenu
            of={{ name: 'cache-resources', title: 'Resources', columns: exported, rows: () => used }}
            empty={used.length === 0}
          />
          <ResetButton />
        </>
      }
    >
      {!statistics || used.length === 0 ? (
        <p className="empty page-space">
          {statistics ? 'Nothing was looked up yet.' : 'Asking what was counted…'}
        </p>
      ) : (
        <div className="scroll-x">
          <table className="table resources">
            <thead>
              <tr>
                <th scope="col">Resource</th>
                {heads.map(([word, means]) => (
                  <th key={word} scope="col" className="num">
                    {means === null ? word : <Term word={word} means={means} />}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {used.map(({ one: { key, ...numbers }, ttl }) => (
                <Fragment key={key}>
                  <tr>
                    <th scope="row">
                      {titleOfKey(key)} <span className="mono muted">{key}</span>
                      {ttl && <TtlInEffect of={ttl} />}
                    </th>
                    <Numbers {...numbers} />
                  </tr>
                  {ttl?.on && <TtlReason of={ttl} columns={heads.length + 1} />}
                </Fragment>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">All</th>
                <Numbers {...statistics} hit={statistics.hitMs} load={statistics.loadMs} />
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </Panel>
  );
}

interface NumbersProps {
  readonly hitRate: CacheStatistics['hitRate'];
  readonly counters: Counters;
  readonly hit: CacheStatistics['hitMs'];
  readonly load: CacheStatistics['loadMs'];
  readonly callsSaved: number;
  readonly savedMs: number;
}

function Numbers({ hitRate, counters, hit, load, callsSaved, savedMs }: NumbersProps) {
  const cells = [
    hitRate.n === 0 ? dash : `${percentText(hitRate.percent)} % (${countText(hitRate.n)})`,
    countText(counters.hits),
    countText(counters.coalesced),
    countText(counters.staleHits),
    countText(counters.misses),
    `${countText(counters.loads)} (${countText(counters.loadErrors)})`,
    <Spread key="hit" spread={hit} />,
    <Spread key="load" spread={load} />,
    countText(callsSaved),
    savedMs === 0 ? dash : durationText(savedMs),
  ];
  return cells.map((content, index) => (
    <td key={heads[index]?.[0]} className={typeof content === 'string' ? 'num' : 'num spread'}>
      {content}
    </td>
  ));
}

/** Breaks between its two numbers where there is no room for both. */
function Spread({ spread }: { readonly spread: CacheStatistics['hitMs'] }) {
  const [p50, p95] = spreadText(spread).split(' / ');
  return (
    <>
      <span>{p95 === undefined ? p50 : `${p50} /`}</span> <span>{p95}</span>
    </>
  );
}

/** Zeroes what was counted, after asking. */
function ResetButton() {
  const client = useClient();
  const queries = useQueryClient();
  const say = useSay();
  const [asking, setAsking] = useState(false);
  async function reset(): Promise<void> {
    try {
      await client.call('cache.resetStatistics', {});
      say('Statistics were reset', 'Entries, history and events are as they were.', 'ok');
      await queries.invalidateQueries();
    } catch (error) {
      say('Statistics were not reset', error instanceof Error ? error.message : String(error), 'bad');
    }
  }
  return (
    <>
      <Gate call="cache.resetStatistics">
        <button type="button" className="button small" onClick={() => setAsking(true)}>
          <RotateCcw size={14} aria-hidden="true" />
          Reset statistics…
        </button>
      </Gate>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Reset the statistics?"
        keep="Keep"
        confirm={
          <AlertDialog.Close className="button danger" onClick={() => void reset()}>
            Reset
          </AlertDialog.Close>
        }
      >
        <p>
          Hit rates, counts and answer times begin at nothing again, here, under Namespaces and in the figures
          of the Overview. It cannot be undone.
        </p>
        <p className="muted">
          Entries with their ages stay, and so do the history, its charts and the events.
        </p>
      </ConfirmDialog>
    </>
  );
}
