import type { Engagement } from '../../shared/contract/portal.ts';
import { Gate } from '../ui/gate.tsx';

interface Props {
  readonly offered: readonly Engagement[];
  /** The one in use; null: none. */
  readonly current: number | null;
  readonly onChoose: (id: number) => void;
}

/** The engagements that the portal offers a user, each with its customer. */
export function EngagementList({ offered, current, onChoose }: Props) {
  return (
    <ul className="engagement-list">
      {offered.map(({ id, name, customer, type }) => (
        <li key={id}>
          <div>
            <strong>{name ?? `Engagement ${id}`}</strong>
            <p className="muted">
              {customer ?? 'Customer not reported'} · {type ?? 'type not reported'} ·{' '}
              <span className="mono">{id}</span>
            </p>
          </div>
          {id === current ? (
            <span className="pill">In use</span>
          ) : (
            <Gate call="portal.chooseEngagement">
              <button
                type="button"
                className="button small"
                aria-label={`Use ${name ?? String(id)} of ${customer ?? 'an unknown customer'}`}
                onClick={() => onChoose(id)}
              >
                Use
              </button>
            </Gate>
          )}
        </li>
      ))}
    </ul>
  );
}
