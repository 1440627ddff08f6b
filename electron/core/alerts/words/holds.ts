import type { AlertHold, AlertRule } from '../../../../shared/model/alerts.ts';
import { plainSpan } from './spans.ts';

/** What a hold is about, as far as it is known. */
interface Hold {
  readonly by: AlertHold;
  /** Wall clock, UTC ms; null: open. */
  readonly until: number | null;
  /** The rule of the alert that inhibits it. */
  readonly parent: AlertRule | null;
  /** ms without a change after which what is unstable has settled. */
  readonly flapCalm: number;
  readonly timeOfDay: (at: number) => string;
}

/** What holds an alert back, with the time it does so. */
export function holdText({ by, until, parent, flapCalm, timeOfDay }: Hold): string {
  const at = until === null ? null : timeOfDay(until).slice(0, 5);
  switch (by) {
    case 'inhibited':
      return parent === 'vpn-down'
        ? 'VPN is disconnected: told there'
        : 'Backend is not answering: told there';
    case 'snoozed':
      return at === null ? 'Snoozed until it recovers' : `Snoozed until ${at}`;
    case 'quiet-hours':
      return at === null ? 'Quiet hours' : `Quiet hours until ${at}`;
    case 'unstable':
      return `Unstable: quiet until it holds still for ${plainSpan(flapCalm)}`;
    case 'rate-limit':
      return at === null ? 'Many at once: told in a digest' : `Many at once: told in a digest at ${at}`;
    case 'paused':
      return 'Paused: not judged';
    case 'offline':
      return 'Computer is offline: not judged';
    case 'input-stale':
      return 'Unknown: input stale';
    case 'not-watched':
      return 'Not watched: another profile is connected';
  }
}

/** Why something was not told, or not yet, for the history. */
export function withheldText(why: AlertHold | 'over' | 'off'): string {
  switch (why) {
    case 'over':
      return 'It was over before.';
    case 'off':
      return 'It is not watched for any more.';
    case 'inhibited':
      return 'It is part of what was told.';
    case 'snoozed':
      return 'It was snoozed.';
    case 'quiet-hours':
      return 'Held until the quiet hours end.';
    case 'unstable':
      return 'It changes too often.';
    case 'rate-limit':
      return 'Held for a digest: many at once.';
    case 'paused':
      return 'Polling was paused.';
    case 'offline':
      return 'The computer was offline.';
    case 'input-stale':
      return 'Its input was stale.';
    case 'not-watched':
      return 'Its profile was not watched.';
  }
}
