import { ExportMenu } from '../export/export-menu.tsx';
import type { ExportColumn } from '../export/exportable.ts';
import { useClient } from '../live/client-context.ts';
import { useEachTick } from '../live/use-poll.ts';
import { Bar } from '../ui/bar.tsx';
import { countText, plural } from '../ui/format.ts';
import { useVisible } from '../ui/use-visible.ts';

interface Bar {
  readonly label: string;
  readonly entries: number;
  readonly kind: 'left' | 'expired' | 'never';
}

const exported: readonly ExportColumn<Bar>[] = [
  { title: 'Time left', value: ({ label }) => label },
  { title: 'Entries', value: ({ entries }) => entries },
];

/** How long what is stored stays fresh; what never expires apart. */
export function ExpiryTab() {
  const client = useClient();
  const visible = useVisible();
  const { data, error } = useEachTick(
    ['cache.expiry'],
    (signal) => client.call('cache.expiry', {}, signal),
    visible,
  );
  if (error && !data) return <p className="empty">It could not be read: {error.message}</p>;
  if (!data) return <p className="empty page-space">Asking what is stored…</p>;
  const bars: readonly Bar[] = [
    { label: 'Expired, kept as last good', entries: data.expired, kind: 'expired' },
    ...data.bars.map(({ from, to, entries }): Bar => ({ label: barLabel(from, to), entries, kind: 'left' })),
    { label: 'No expiry', entries: data.noExpiry, kind: 'never' },
  ];
  const most = Math.max(1, ...bars.map(({ entries }) => entries));
  const total = bars.reduce((sum, { entries }) => sum + entries, 0);
  return (
    <section className="panel expiry" aria-label="Time left">
      <div className="explorer-head">
        <p className="explorer-count">
          {total === 0
            ? 'Nothing is stored.'
            : `${plural(total, 'entry', 'entries')} by the time left until they are loaded again.`}
        </p>
        <ExportMenu of={{ name: 'cache-expiry', title: 'Time left', columns: exported, rows: () => bars }} />
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Time left</th>
            <th scope="col">Entries</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, entries, kind }) => (
            <tr key={label} data-kind={kind}>
              <th scope="row">{label}</th>
              <td>
                <Bar part={entries / most} text={countText(entries)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function barLabel(from: number, to: number | null): string {
  return to === null ? `${roundText(from)} and more` : `${roundText(from)} to ${roundText(to)}`;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** A bound of a bar: they are whole numbers of one unit. */
function roundText(ms: number): string {
  const unit = units.find(([, length]) => ms >= length && ms % length === 0);
  return unit ? `${ms / unit[1]} ${unit[0]}` : `${ms / 1000} s`;
}
