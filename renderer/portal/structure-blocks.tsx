import type {
  BusinessUnit,
  Endpoint,
  Environment,
  PortalContext,
  Zone,
} from '../../shared/contract/portal.ts';
import type { SessionField } from '../../shared/model/sessions.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { timeColumn } from '../export/exportable.ts';
import type { Stamp } from '../live/ticker.ts';
import { countText, plural } from '../ui/format.ts';
import { advised, fieldState } from './block-state.ts';
import { Block } from './block.tsx';
import { Grid, exported } from './grid.tsx';
import type { Column } from './grid.tsx';
import { StatusMark } from './status-mark.tsx';
import { useFieldRefresh } from './use-portal.ts';

const businessUnitColumns: readonly Column<BusinessUnit>[] = [
  { head: 'Name', value: ({ name, id }) => name ?? String(id) },
  {
    head: 'Environments',
    num: true,
    value: ({ environments }) => environments,
    cell: ({ environments }) => count(environments),
  },
  { head: 'Zones', num: true, value: ({ zones }) => zones, cell: ({ zones }) => count(zones) },
  { head: 'VMs', num: true, value: ({ vms }) => vms, cell: ({ vms }) => count(vms) },
];

const environmentColumns: readonly Column<Environment>[] = [
  { head: 'Name', value: ({ name, id }) => name ?? String(id) },
  { head: 'Id', num: true, mono: true, value: ({ id }) => id },
];

const zoneColumns: readonly Column<Zone>[] = [
  { head: 'Name', value: ({ name, id }) => name ?? String(id) },
  {
    head: 'Status',
    value: ({ status }) => status,
    cell: ({ status }) => <StatusMark status={status} />,
  },
  { head: 'CIDR', mono: true, value: ({ cidr }) => cidr },
  { head: 'Environment', value: ({ environment }) => environment },
  { head: 'Business unit', value: ({ businessUnit }) => businessUnit },
  { head: 'Data centre', value: ({ endpoint }) => endpoint },
];

const endpointColumns: readonly Column<Endpoint>[] = [
  { head: 'Data centre', value: ({ name, id }) => name ?? String(id) },
  { head: 'Technical name', mono: true, value: ({ technicalName }) => technicalName },
  {
    head: 'AI cloud',
    value: ({ aiCloud }) => aiCloud,
    cell: ({ aiCloud }) => (aiCloud === null ? null : aiCloud ? 'Yes' : 'No'),
  },
];

const shown = {
  businessUnits: ['business_units'],
  environments: ['environments_list'],
  zones: ['zones'],
  endpoints: ['endpoints'],
} as const;

function count(n: number | null): string | null {
  return n === null ? null : countText(n);
}

interface BlocksProps {
  readonly user: string;
  readonly context: PortalContext;
  /** When the context was told. */
  readonly at: Stamp;
  readonly busy: boolean;
}

/** What the session store keeps of an engagement: each with an age of its own. */
export function StructureBlocks({ user, context, at, busy }: BlocksProps) {
  const { businessUnits, environments, zones, endpoints } = context;
  const shared = { user, at, contextBusy: busy };
  return (
    <div className="portal-structure">
      <FieldBlock
        {...shared}
        fields={shown.businessUnits}
        title="Business units"
        what="business units"
        one="business unit"
        aged={businessUnits}
        columns={businessUnitColumns}
      />
      <FieldBlock
        {...shared}
        fields={shown.environments}
        title="Environments"
        what="environments"
        one="environment"
        aged={environments}
        columns={environmentColumns}
      />
      <FieldBlock
        {...shared}
        fields={shown.zones}
        title="Zones"
        what="zones"
        one="zone"
        aged={zones}
        columns={zoneColumns}
      />
      <FieldBlock
        {...shared}
        fields={shown.endpoints}
        title="Endpoints"
        what="endpoints"
        one="endpoint"
        aged={endpoints}
        columns={endpointColumns}
      />
    </div>
  );
}

interface FieldProps<T> {
  readonly user: string;
  readonly at: Stamp;
  readonly contextBusy: boolean;
  /** The one field shown here. */
  readonly fields: readonly [SessionField];
  readonly title: string;
  readonly what: string;
  readonly one: string;
  readonly aged: Omit<PortalContext['zones'], 'value'> & { readonly value: readonly T[] | null };
  readonly columns: readonly Column<T>[];
}

function FieldBlock<T extends { readonly id: number }>(props: FieldProps<T>) {
  const { user, at, contextBusy, fields, title, what, one, aged, columns } = props;
  const { running, failed, refresh } = useFieldRefresh(user, fields);
  const items = aged.value ?? [];
  return (
    <Block
      title={title}
      what={what}
      state={advised(fieldState(aged, at, contextBusy || running, failed))}
      onRefresh={refresh}
      call="sessions.refreshField"
      actions={
        <ExportMenu
          of={{
            name: `portal ${what}`,
            title,
            columns: [...exported(columns), timeColumn('As of', () => aged.loadedAt)],
            rows: () => items,
          }}
          empty={items.length === 0}
        />
      }
      empty={items.length === 0 ? `This engagement has no ${what}.` : null}
      note={plural(items.length, one, what)}
    >
      <Grid label={title} columns={columns} items={items} keyOf={({ id }) => id} />
    </Block>
  );
}
