import { useState } from 'react';
import type { Cluster, ClusterSite, Endpoint } from '../../shared/contract/portal.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { timeColumn } from '../export/exportable.ts';
import { dayText, plural } from '../ui/format.ts';
import { advised } from './block-state.ts';
import { Block } from './block.tsx';
import { FilterBox, filtered } from './filter-box.tsx';
import { Grid, exported } from './grid.tsx';
import type { Column } from './grid.tsx';
import { StatusMark, countByStatus } from './status-mark.tsx';
import { useList } from './use-portal.ts';

const columns: readonly Column<Cluster>[] = [
  { head: 'Name', value: ({ name, id }) => name ?? String(id) },
  {
    head: 'Status',
    value: ({ status }) => status,
    cell: ({ status }) => <StatusMark status={status} />,
  },
  { head: 'Data centre', value: ({ endpoint }) => endpoint },
  { head: 'Type', value: ({ type }) => type },
  { head: 'Nodes', num: true, value: ({ nodes }) => nodes },
  { head: 'Kubernetes', value: ({ kubernetesVersion }) => kubernetesVersion },
  {
    head: 'Backup',
    value: ({ backup }) => backup,
    cell: ({ backup }) => (backup === null ? null : backup ? 'Yes' : 'No'),
  },
  {
    head: 'Created',
    value: ({ createdAt }) => (createdAt === null ? null : new Date(createdAt)),
    unit: 'ISO 8601',
    cell: ({ createdAt }) => (createdAt === null ? null : dayText(createdAt)),
  },
];

function wordsOf({ name, status, endpoint, type, kubernetesVersion }: Cluster) {
  return [name, status, endpoint, type, kubernetesVersion];
}

interface Props {
  readonly user: string;
  readonly engagementId: number;
  readonly mayAsk: boolean;
  /** The data centres there are; null: not known. */
  readonly endpoints: readonly Endpoint[] | null;
}

/** The clusters of an engagement by data centre. One that did not answer has a row that says so. */
export function ClustersBlock({ user, engagementId, mayAsk, endpoints }: Props) {
  const { value, state, load } = useList('portal.clusters', user, engagementId, mayAsk);
  const [typed, setTyped] = useState('');
  const sites = value?.sites ?? [];
  const all = sites.flatMap(({ clusters }) => clusters);
  const failed = sites.filter(({ error }) => error !== null);
  const silent = value && !value.complete ? silentSites(sites, endpoints) : [];
  const trouble = [
    ...failed.map((site) => <SiteFailure key={site.endpointId} site={site} />),
    ...(value && !value.complete ? [<Incomplete key="incomplete" silent={silent} />] : []),
  ];
  const found = filtered(all, typed, wordsOf);
  const answered = sites.length - failed.length;
  return (
    <Block
      title="Clusters"
      what="clusters"
      className="portal-list"
      state={advised(state)}
      onRefresh={load}
      call="portal.clusters"
      empty={all.length === 0 && trouble.length === 0 ? 'This engagement has no clusters.' : null}
      actions={
        <>
          <ExportMenu
            of={{
              name: 'portal-clusters',
              title: 'Clusters',
              columns: [...exported(columns), timeColumn('As of', () => value?.loadedAt ?? null)],
              rows: () => found,
            }}
            empty={found.length === 0}
          />
          <FilterBox label="Filter clusters" value={typed} onChange={setTyped} />
        </>
      }
      note={
        value &&
        `${plural(all.length, 'cluster', 'clusters')}${all.length > 0 ? `: ${countByStatus(all)}` : ''}. ` +
          `${plural(answered, 'data centre', 'data centres')} answered${failed.length > 0 ? `, ${failed.length} did not` : ''}.`
      }
    >
      <Grid
        label="Clusters"
        columns={columns}
        items={found}
        keyOf={({ id, endpoint }) => `${String(id)} ${endpoint ?? ''}`}
        before={[
          ...trouble,
          ...(all.length > 0 && found.length === 0 ? [`No cluster fits “${typed.trim()}”.`] : []),
        ]}
      />
    </Block>
  );
}

function nameOf({ name, endpointId }: ClusterSite): string {
  return name ?? (endpointId === 0 ? 'A data centre without a name' : `Data centre ${endpointId}`);
}

function SiteFailure({ site }: { readonly site: ClusterSite }) {
  const { error, clusters } = site;
  return (
    <>
      <span className="chip-glyph" data-role="bad" aria-hidden="true">
        ✕
      </span>{' '}
      <strong>{nameOf(site)} did not answer:</strong> {error?.replace(/\.$/, '')}.{' '}
      {clusters.length === 0
        ? 'Its clusters are not known.'
        : 'The clusters it had told of before are in the list; there may be more.'}
    </>
  );
}

/** The data centres of the engagement that the stream said nothing of. */
function silentSites(
  sites: readonly ClusterSite[],
  endpoints: readonly Endpoint[] | null,
): readonly string[] {
  const heard = new Set(sites.map(({ endpointId }) => endpointId));
  return (endpoints ?? []).filter(({ id }) => !heard.has(id)).map(({ name, id }) => name ?? String(id));
}

function Incomplete({ silent }: { readonly silent: readonly string[] }) {
  return (
    <>
      <span className="chip-glyph" data-role="attention" aria-hidden="true">
        ▲
      </span>{' '}
      <strong>The list is not complete:</strong> the portal ended it before every data centre had answered.{' '}
      {silent.length > 0 && `Nothing was heard of ${silent.join(', ')}.`}
    </>
  );
}
