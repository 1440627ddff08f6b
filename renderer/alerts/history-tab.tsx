import { ArrowUp } from 'lucide-react';
import type { AlertRecord } from '../../shared/contract/alerts.ts';
import { scrollToTop, useReading } from '../events/use-reading.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { useClient } from '../live/client-context.ts';
import { Banner } from '../ui/banner.tsx';
import { dayText, plural, zoneTexts } from '../ui/format.ts';
import { recordColumns } from './history-export.ts';
import { RecordRow } from './record-row.tsx';
import { allRecords, useAlertHistory } from './use-alert-history.ts';
import type { AlertHistory } from './use-alert-history.ts';

/** What fired and resolved, what was told and how, and what was not and why. */
export function HistoryTab() {
  const history = useAlertHistory();
  const { records, error, tryAgain } = history;
  return (
    <>
      {error !== null && (
        <Banner tone="attention" glyph="▲" title="The alert history could not be loaded:">
          {error}{' '}
          <button type="button" className="link-button" onClick={tryAgain}>
            Try again
          </button>
        </Banner>
      )}
      {records === undefined && error === null && (
        <p className="panel empty page-space">Loading the history…</p>
      )}
      {records?.length === 0 && (
        <p className="panel empty page-space">
          Nothing yet. What fires and recovers will be listed here, with how you were told or why not.
        </p>
      )}
      {records && records.length > 0 && <Records history={history} records={records} />}
    </>
  );
}

interface Props {
  readonly history: AlertHistory;
  readonly records: readonly AlertRecord[];
}

function Records({ history, records }: Props) {
  const { shown, waiting } = useReading(records);
  const client = useClient();
  const [zone] = zoneTexts(shown[0]?.at ?? 0);
  return (
    <section className="panel alert-history" aria-label="Alert history, newest first">
      {waiting > 0 && (
        <button type="button" className="button primary event-news" onClick={scrollToTop}>
          <ArrowUp size={14} aria-hidden="true" />
          {plural(waiting, 'new line', 'new lines')}
        </button>
      )}
      <div className="export-line">
        <ExportMenu
          of={{
            name: 'alerts',
            title: 'Alert history',
            columns: recordColumns,
            rows: (most) => allRecords(client, most),
          }}
        />
      </div>
      <table className="table" aria-label="History of alerts">
        <thead>
          <tr>
            <th scope="col">Time ({zone})</th>
            <th scope="col">What</th>
            <th scope="col">Severity</th>
            <th scope="col">Alert</th>
            <th scope="col">How it was told</th>
            <th scope="col" className="record-profile">
              Profile
            </th>
          </tr>
        </thead>
        {daysOf(shown).map(([day, ofDay]) => (
          <tbody key={day}>
            <tr className="record-day">
              <th scope="rowgroup" colSpan={6}>
                {day}
              </th>
            </tr>
            {ofDay.map((record) => (
              <RecordRow key={record.id} record={record} />
            ))}
          </tbody>
        ))}
      </table>
      <div className="event-end">
        {history.more ? (
          <button
            type="button"
            className="button"
            aria-disabled={history.loadingOlder}
            onClick={() => {
              if (!history.loadingOlder) history.loadOlder();
            }}
          >
            {history.loadingOlder ? 'Loading…' : 'Load older'}
          </button>
        ) : (
          <p className="muted">That is all: {plural(shown.length, 'line', 'lines')}.</p>
        )}
      </div>
    </section>
  );
}

/** By their day in the operator's zone, in the order they are in. */
function daysOf(records: readonly AlertRecord[]): readonly (readonly [string, readonly AlertRecord[]])[] {
  return [...Map.groupBy(records, ({ at }) => dayText(at))];
}
