import { useState } from 'react';
import type { VirtualMachine } from '../../shared/contract/portal.ts';
import { spanText } from '../../shared/model/age.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { timeColumn } from '../export/exportable.ts';
import type { CallOutput } from '../../shared/rpc/client.ts';
import { bytesText, countText, dayText, plural } from '../ui/format.ts';
import { advised } from './block-state.ts';
import { Block } from './block.tsx';
import { FilterBox, filtered } from './filter-box.tsx';
import { Grid, exported } from './grid.tsx';
import type { Column } from './grid.tsx';
import { StatusMark, countByStatus } from './status-mark.tsx';
import { useList } from './use-portal.ts';

/** Rows drawn at most; the filter finds the others. */
const maxRows = 200;

const columns: readonly Column<VirtualMachine>[] = [
  { head: 'Name', value: ({ name, id }) => name ?? id },
  {
    head: 'Status',
    value: ({ status }) => status,
    cell: ({ status }) => <StatusMark status={status} />,
  },
  { head: 'IP', mono: true, value: ({ ip }) => ip },
  {
    head: 'vCPU',
    num: true,
    value: ({ cpus }) => cpus,
    cell: ({ cpus }) => (cpus === null ? null : countText(cpus)),
  },
  {
    head: 'Memory',
    num: true,
    value: ({ memoryMb }) => (memoryMb === null ? null : memoryMb * 1024 ** 2),
    unit: 'bytes',
    cell: ({ memoryMb }) => (memoryMb === null ? null : bytesText(memoryMb * 1024 ** 2)),
  },
  {
    head: 'Storage, GB',
    num: true,
    value: ({ storageGb }) => storageGb,
    cell: ({ storageGb }) => (storageGb === null ? null : countText(storageGb)),
  },
  { head: 'System', value: ({ os }) => os },
  { head: 'Data centre', value: ({ endpoint }) => endpoint },
  { head: 'Zone', value: ({ zone }) => zone },
  { head: 'Business unit', value: ({ businessUnit }) => businessUnit },
  {
    head: 'Created',
    value: ({ createdAt }) => (createdAt === null ? null : new Date(createdAt)),
    unit: 'ISO 8601',
    cell: ({ createdAt }) => (createdAt === null ? null : dayText(createdAt)),
  },
];

function wordsOf({ name, id, status, ip, os, endpoint, zone, businessUnit }: VirtualMachine) {
  return [name, id, status, ip, os, endpoint, zone, businessUnit];
}

interface Props {
  readonly user: string;
  readonly engagementId: number;
  readonly mayAsk: boolean;
}

/** The machines of an engagement: never cached, asked for once and then when told to. */
export function VmsBlock({ user, engagementId, mayAsk }: Props) {
  const { value, state, load } = useList('portal.vms', user, engagementId, mayAsk);
  const [typed, setTyped] = useState('');
  const all = value?.vms ?? [];
  const found = filtered(all, typed, wordsOf);
  return (
    <Block
      title="Virtual machines"
      what="virtual machines"
      className="portal-list"
      state={advised(state)}
      onRefresh={load}
      call="portal.vms"
      empty={all.length === 0 ? 'This engagement has no virtual machines.' : null}
      actions={
        <>
          <ExportMenu
            of={{
              name: 'portal-vms',
              title: 'Virtual machines',
              columns: [...exported(columns), timeColumn('As of', () => value?.loadedAt ?? null)],
              rows: () => found,
            }}
            empty={found.length === 0}
          />
          <FilterBox label="Filter virtual machines" value={typed} onChange={setTyped} />
        </>
      }
      note={
        <>
          {all.length > 0 && `${plural(all.length, 'machine', 'machines')}: ${countByStatus(all)}. `}
          {value && <Synced told={value} />}
        </>
      }
    >
      {found.length === 0 ? (
        <p className="empty">No machine fits “{typed.trim()}”.</p>
      ) : (
        <Grid
          label="Virtual machines"
          columns={columns}
          items={found.slice(0, maxRows)}
          keyOf={({ id }) => id}
        />
      )}
      {found.length > maxRows && (
        <p className="muted table-note">
          The first {maxRows} of {countText(found.length)}: narrow the filter to see others.
        </p>
      )}
    </Block>
  );
}

/** How old the list was when the portal gave it: it is a copy that the portal itself makes from time to time. */
function Synced({ told }: { readonly told: CallOutput<'portal.vms'> }) {
  const { syncedAt, syncedZone, loadedAt } = told;
  if (syncedZone === 'unknown') {
    return <>When the portal synced it is not known: its time has no zone and lies in the future.</>;
  }
  if (syncedAt === null) return <>The portal does not say when it synced it.</>;
  return (
    <>
      The portal synced it {spanText(Math.max(0, loadedAt - syncedAt))} before
      {syncedZone === 'assumed-utc' ? ', if its time is UTC.' : '.'}
    </>
  );
}
