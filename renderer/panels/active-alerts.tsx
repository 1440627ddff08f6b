import { memo } from 'react';
import type { Alert } from '../../shared/contract/alerts.ts';
import { spanText } from '../../shared/model/age.ts';
import { StateMark } from '../alerts/state-mark.tsx';
import { calmTexts, isFrozen } from '../alerts/words.ts';
import { SeverityMark } from '../events/event-marks.tsx';
import { useFeed, usePaused } from '../live/feed.ts';
import { useMainTicking } from '../live/main-time.ts';
import { Panel } from '../ui/panel.tsx';

/** Lines the box has room for; the last one tells of those that have none. */
const lines = 5;

/** What is pending, firing or recovering, in a box that is as high for none as for five. */
export const ActiveAlerts = memo(function ActiveAlerts() {
  const state = useFeed('alerts.state');
  const paused = usePaused();
  const active = state?.active.filter((alert) => !isFrozen(alert)) ?? [];
  const shown = active.length > lines ? active.slice(0, lines - 1) : active;
  const left = active.length - shown.length;
  return (
    <Panel title="Active alerts" className="overview-alerts" actions={<a href="#/alerts">All alerts</a>}>
      {active.length === 0 ? (
        <p className="empty">{state ? calmTexts(state.rules, paused).join(' ') : 'Reading the alerts…'}</p>
      ) : (
        <ul>
          {shown.map((alert) => (
            <Line key={alert.key} alert={alert} />
          ))}
          {left > 0 && <li className="overview-alerts-more">and {left} more</li>}
        </ul>
      )}
    </Panel>
  );
});

function Line({ alert: { severity, title, state, since } }: { readonly alert: Alert }) {
  const age = useMainTicking((now) => spanText(Math.max(0, now - since)));
  return (
    <li>
      <SeverityMark severity={severity} brief />
      <span className="latest-title">{title}</span>
      <StateMark state={state} severity={severity} />
      <span className="overview-alert-age">{age}</span>
    </li>
  );
}
