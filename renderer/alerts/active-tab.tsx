import type { Alert, AlertRecord, AlertsState } from '../../shared/contract/alerts.ts';
import { usePaused } from '../live/feed.ts';
import { useActiveProfile } from '../live/profile.ts';
import { dateTimeText } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { AlertItem } from './alert-item.tsx';
import { useAlertHistory } from './use-alert-history.ts';
import { calmTexts, isFrozen } from './words.ts';

/** What is pending, firing or recovering, worst first; below it what other profiles left behind. */
export function ActiveTab({ state }: { readonly state: AlertsState }) {
  const here = state.active.filter((alert) => !isFrozen(alert));
  const elsewhere = [...Map.groupBy(state.active.filter(isFrozen), ({ profile }) => profile)];
  const own = new Set(state.silences.map(({ key }) => key));
  return (
    <>
      <section className="panel" aria-labelledby="active-alerts-title">
        <h2 id="active-alerts-title" className="visually-hidden">
          Active alerts
        </h2>
        {here.length === 0 ? <Calm state={state} /> : <List alerts={here} snoozed={own} />}
      </section>
      {elsewhere.map(([profile, alerts]) => (
        <Panel key={profile} title={`Not watched now: profile ${profile}`} className="alerts-frozen">
          <p className="muted">As they were when it was left. They neither fire nor recover meanwhile.</p>
          <List alerts={alerts} snoozed={own} />
        </Panel>
      ))}
    </>
  );
}

interface ListProps {
  readonly alerts: readonly Alert[];
  readonly snoozed: ReadonlySet<string>;
}

function List({ alerts, snoozed }: ListProps) {
  return (
    <ul className="alert-list">
      {alerts.map((alert) => (
        <AlertItem key={alert.key} alert={alert} snoozed={snoozed.has(alert.key)} />
      ))}
    </ul>
  );
}

function Calm({ state }: { readonly state: AlertsState }) {
  const { records } = useAlertHistory();
  const [brief, more] = calmTexts(state.rules, usePaused());
  const last = records?.find(({ kind }) => kind === 'fired');
  const here = useActiveProfile()?.name;
  return (
    <div className="alerts-calm">
      <p>
        <strong>{brief}</strong> {more}
      </p>
      <p className="muted">{last ? lastText(last, here) : lastUnknown(records)}</p>
    </div>
  );
}

/** The history is that of all profiles. */
function lastText({ title, at, profile }: AlertRecord, here: string | undefined): string {
  const where = profile === here ? '' : ` in profile ${profile}`;
  return `Last alert${where}: ${title}, ${dateTimeText(at)}.`;
}

/** Before the history is there nothing is claimed of it. */
function lastUnknown(records: readonly unknown[] | undefined): string {
  return records?.length === 0 ? 'No alert has fired yet.' : '';
}
