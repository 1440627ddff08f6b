import { Bell, BellOff, FlaskConical } from 'lucide-react';
import type { AlertsState } from '../../shared/contract/alerts.ts';
import type { PollingState } from '../../shared/contract/app.ts';
import { useFeed } from '../live/feed.ts';
import { useMainTicking } from '../live/main-time.ts';
import { plural } from '../ui/format.ts';
import { silenceOfAll, endText } from './words.ts';

/** What holds all alerts back at `now`, main's time, in a line; empty: nothing does. */
function heldText(state: AlertsState, polling: PollingState | undefined, now: number): string {
  const { quietUntil, held } = state;
  const all = silenceOfAll(state);
  const waiting = plural(held, 'message waits', 'messages wait');
  const said: string[] = [];
  if (polling?.paused === true) {
    const until = polling.pausedUntil === null ? '' : ` until ${endText(polling.pausedUntil, now)}`;
    said.push(`Polling is paused${until}: nothing is judged.`);
  }
  if (quietUntil !== null) said.push(`Quiet hours until ${endText(quietUntil, now)}.`);
  if (all) said.push(`All alerts are snoozed until ${endText(all.until, now)}.`);
  if (held > 0)
    said.push(quietUntil === null ? `${waiting} for the next digest.` : `${waiting} for their end.`);
  return said.join(' ');
}

/** How alerts are told now, in one line that is always there, and that the demo's come early. */
export function Standing({ state }: { readonly state: AlertsState }) {
  const polling = useFeed('polling.state');
  const held = useMainTicking((now) => heldText(state, polling, now));
  const system = useFeed('settings.state')?.values.systemNotifications ?? true;
  const Icon = held === '' ? Bell : BellOff;
  return (
    <div className="alerts-standing">
      <p data-held={held !== '' || undefined}>
        <Icon size={14} aria-hidden="true" />
        {held === '' ? freelyText(system) : held}
      </p>
      {state.demoTimes && (
        <p>
          <FlaskConical size={14} aria-hidden="true" />
          Demo: alerts fire after about 10 s, far sooner than with the times under Rules.
        </p>
      )}
    </div>
  );
}

function freelyText(system: boolean): string {
  return system
    ? 'Alerts are told in the window while you look at it, otherwise by the system.'
    : 'Alerts are told in the window only: notifications of the system are switched off.';
}
