import { memo } from 'react';
import { spanText } from '../../shared/model/age.ts';
import type { Alert } from '../../shared/contract/alerts.ts';
import { SeverityMark } from '../events/event-marks.tsx';
import { useLinkState } from '../live/feed.ts';
import { useMainTicking } from '../live/main-time.ts';
import { bothTimesText, dateTimeText, dayText } from '../ui/format.ts';
import { Term } from '../ui/hint.tsx';
import { SnoozeControl } from './snooze-control.tsx';
import { StateMark } from './state-mark.tsx';
import { isFrozen, nextText, leftText } from './words.ts';

interface Props {
  readonly alert: Alert;
  /** It has a snooze of its own. */
  readonly snoozed: boolean;
}

/** One alert: how bad, what, where it is, since when, what comes next, and what holds it back. */
export const AlertItem = memo(function AlertItem({ alert, snoozed }: Props) {
  const { key, severity, title, detail, state, heldBy } = alert;
  const frozen = isFrozen(alert);
  const connected = useLinkState() === 'open';
  const next = useMainTicking((now) => (connected ? nextText(alert, now) : ''));
  return (
    <li className="alert">
      <SeverityMark severity={severity} />
      <div className="alert-what">
        <h3>{title}</h3>
        <p className="alert-detail">{detail}</p>
        {heldBy
          .filter(({ by }) => by !== 'not-watched') // what it stands under says so
          .map((hold) => (
            <Held key={hold.by} hold={hold} />
          ))}
      </div>
      <div className="alert-when">
        <p>
          <StateMark state={state} severity={severity} />{' '}
          {frozen ? `since ${dateTimeText(alert.since)}` : <Since alert={alert} />}
        </p>
        <p className="alert-next">{next}</p>
      </div>
      {!frozen && <SnoozeControl alertKey={key} title={title} snoozed={snoozed} />}
    </li>
  );
});

/** How long its condition has held. What recovers has not recovered for that long: it does so after it. */
function Since({ alert: { since, state } }: { readonly alert: Alert }) {
  const age = useMainTicking((now) => spanText(Math.max(0, now - since)));
  const word = state === 'recovering' ? 'after' : 'for';
  return <Term word={`${word} ${age}`} means={`Since ${dayText(since)} ${bothTimesText(since)}`} />;
}

/** What keeps it from being told or from changing, in main's words, and what is left of that where it ends. */
function Held({ hold: { text, until } }: { readonly hold: Alert['heldBy'][number] }) {
  const left = useMainTicking((now) => (until === null ? null : leftText(until - now)));
  return (
    <p className="alert-held">
      {text}
      {left !== null && <span className="muted"> · {left} left</span>}
    </p>
  );
}
