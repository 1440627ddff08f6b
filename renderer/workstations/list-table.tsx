import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { Workstation, WorkstationList } from '../../shared/contract/workstations.ts';
import type { Source } from '../live/source.ts';
import { countText } from '../ui/format.ts';
import { useClaims } from '../ui/use-unsure.ts';
import { columnNames, columns, orderAfter } from './list-model.ts';
import type { Column, Order } from './list-model.ts';
import { StationRow } from './station-row.tsx';

/** Rows drawn at once, and how many more at each press. */
const rowStep = 200;

interface Props {
  /** In order. */
  readonly stations: readonly Workstation[];
  readonly list: Source<WorkstationList>;
  readonly paused: boolean;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly testRefusal: string | null;
}

/** The workstations that fit the filter. */
export function ListTable({ stations, list, paused, order, onOrder, testRefusal }: Props) {
  const claims = useClaims(list, paused);
  const [rows, setRows] = useState(rowStep);
  return (
    <section
      className="scroll stations-scroll"
      aria-label="Workstation list"
      data-unsure={!claims || undefined}
    >
      <table className="table stations" aria-label="Workstations">
        <thead>
          <tr>
            {columnNames.map((column) => (
              <Head
                key={column}
                column={column}
                order={order}
                onPress={() => onOrder(orderAfter(order, column))}
              />
            ))}
            <th scope="col">Connection</th>
          </tr>
        </thead>
        <tbody>
          {stations.slice(0, rows).map((station) => (
            <StationRow key={station.id} station={station} list={list} refusal={testRefusal} />
          ))}
        </tbody>
      </table>
      {stations.length > rows && (
        <p className="table-note">
          <span className="muted">
            The first {countText(rows)} of {countText(stations.length)}.
          </span>{' '}
          <button type="button" className="link-button" onClick={() => setRows(rows + rowStep)}>
            Show {countText(Math.min(rowStep, stations.length - rows))} more
          </button>
        </p>
      )}
    </section>
  );
}

interface HeadProps {
  readonly column: Column;
  readonly order: Order;
  readonly onPress: () => void;
}

function Head({ column, order, onPress }: HeadProps) {
  const { title, numeric } = columns[column];
  const sorted = order.column === column;
  const Arrow = order.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={numeric ? 'num' : undefined}
      aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className="sort" onClick={onPress}>
        {title}
        <Arrow size={12} aria-hidden="true" className={sorted ? undefined : 'sort-other'} />
      </button>
    </th>
  );
}
