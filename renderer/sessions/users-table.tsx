import type { UserSession } from '../../shared/contract/sessions.ts';
import { sessionFields } from '../../shared/model/sessions.ts';
import { timeColumn } from '../export/exportable.ts';
import type { ExportColumn } from '../export/exportable.ts';
import { useTicking } from '../live/ticker.ts';
import type { Stamp } from '../live/ticker.ts';
import { bytesText, countText, dash, dateTimeText, durationText, plural, zoneTexts } from '../ui/format.ts';
import { Hint } from '../ui/hint.tsx';
import { Meter } from '../ui/meter.tsx';
import { lookupsOf, timeLeft } from './words.ts';
import { Gate } from '../ui/gate.tsx';

/** Rows drawn at most: the portal's users are few, the contract allows 1000. */
const maxRows = 200;

/** As masked as on the page; `at`: when main told, wall clock. */
export function userColumns(at: number): readonly ExportColumn<UserSession>[] {
  return [
    { title: 'User', value: ({ masked }) => masked },
    { title: 'Fields', unit: `of ${sessionFields.length}`, value: ({ present }) => present },
    timeColumn('Cached at', ({ cachedAt }) => cachedAt),
    timeColumn('Expires at', ({ expiresIn }) => (expiresIn === null ? null : at + expiresIn)),
    { title: 'Size', unit: 'bytes', value: ({ bytes }) => bytes },
    { title: 'Lookups', value: ({ statistics }) => lookupsOf(statistics) },
    { title: 'Hits', value: ({ statistics }) => statistics.hits },
    { title: 'Calls saved', value: ({ statistics }) => statistics.callsSaved },
    { title: 'Time saved', unit: 'ms', value: ({ statistics }) => statistics.savedMs },
    { title: 'From an earlier run', value: ({ restored }) => restored },
  ];
}

interface Props {
  readonly users: readonly UserSession[];
  /** When main told. */
  readonly at: Stamp;
  readonly onInspect: (user: string) => void;
}

/** Who has a session, with their addresses masked. */
export function UsersTable({ users, at, onInspect }: Props) {
  const [zone] = zoneTexts(users[0]?.cachedAt ?? 0);
  return (
    <section className="scroll-x" aria-label="Sessions by user">
      <table className="table sessions-table" aria-label="Users">
        <thead>
          <tr>
            <th scope="col">User</th>
            <th scope="col">Fields</th>
            <th scope="col">Cached at ({zone})</th>
            <th scope="col" className="num">
              Expires in
            </th>
            <th scope="col" className="num">
              Size
            </th>
            <th scope="col" className="num">
              Hits
            </th>
            <th scope="col" className="num">
              Calls saved
            </th>
            <th scope="col" className="num">
              Time saved
            </th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.slice(0, maxRows).map((session) => (
            <Row key={session.user} session={session} at={at} onInspect={onInspect} />
          ))}
        </tbody>
      </table>
      {users.length > maxRows && (
        <p className="muted table-note">
          The first {maxRows} of {plural(users.length, 'user', 'users')}.
        </p>
      )}
    </section>
  );
}

interface RowProps {
  readonly session: UserSession;
  readonly at: Stamp;
  readonly onInspect: (user: string) => void;
}

function Row({ session, at, onInspect }: RowProps) {
  const { user, masked, present, cachedAt, expiresIn, bytes, restored, statistics } = session;
  const lookups = lookupsOf(statistics);
  const left = useTicking((now) => (expiresIn === null ? null : timeLeft(expiresIn, at, now)));
  return (
    <tr>
      <th scope="row">
        {masked}
        {restored && (
          <Hint text="Kept from an earlier run of the app, with its true age.">
            <button type="button" className="term session-restored">
              <span aria-hidden="true">↺</span> from an earlier run
            </button>
          </Hint>
        )}
      </th>
      <td className="session-fields">
        <Meter
          label={`Fields of ${masked}`}
          value={present}
          max={sessionFields.length}
          text={`${present}/${sessionFields.length}`}
          tone="accent"
        />
      </td>
      <td>{cachedAt === null ? dash : dateTimeText(cachedAt)}</td>
      <td className="num">{left ?? dash}</td>
      <td className="num">{bytesText(bytes)}</td>
      <td className="num">
        {lookups === 0 ? dash : `${countText(statistics.hits)} of ${countText(lookups)}`}
      </td>
      <td className="num">{countText(statistics.callsSaved)}</td>
      <td className="num">{statistics.savedMs === 0 ? dash : durationText(statistics.savedMs)}</td>
      <td className="num">
        <Gate call="sessions.inspect">
          <button
            type="button"
            className="button small"
            aria-label={`Inspect ${masked}`}
            onClick={() => onInspect(user)}
          >
            Inspect
          </button>
        </Gate>
      </td>
    </tr>
  );
}
