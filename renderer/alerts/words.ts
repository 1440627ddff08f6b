import type { Alert, AlertsState } from '../../shared/contract/alerts.ts';
import { spanText } from '../../shared/model/age.ts';
import { everyAlert } from '../../shared/model/alerts.ts';
import type { AlertNext, AlertRecordKind, AlertState, SnoozeChoice } from '../../shared/model/alerts.ts';
import { minuteText, plural } from '../ui/format.ts';
import type { Choice } from '../ui/select.tsx';

export const stateWords: Readonly<Record<AlertState, string>> = {
  pending: 'Pending',
  firing: 'Firing',
  recovering: 'Recovering',
};

/** What a line of the history tells of. */
export const recordWords: Readonly<Record<AlertRecordKind, string>> = {
  fired: 'Fired',
  resolved: 'Resolved',
  message: 'Told',
  withheld: 'Not told',
  snoozed: 'Snoozed',
  unsnoozed: 'Snooze ended',
};

/** How long an alert can be muted. */
export const snoozeWords: Readonly<Record<SnoozeChoice, string>> = {
  '15m': '15 min',
  '1h': '1 h',
  morning: 'Until 09:00',
  recovered: 'Until it recovers',
};
/** The same for all alerts at once, which recover at no one time. */
export const snoozeAllChoices = ['15m', '1h', 'morning'] as const satisfies readonly SnoozeChoice[];

export const snoozeChoiceList: readonly Choice<SnoozeChoice>[] = Object.entries(snoozeWords).map(
  ([value, label]) => ({ value: value as SnoozeChoice, label }),
);

/** What is left of a time, in whole seconds that end with it; null: it is over. */
export function leftText(ms: number): string | null {
  return ms <= 0 ? null : spanText(Math.ceil(ms / 1000) * 1000);
}

/** "in 12 s"; what is due or overdue has no number. */
export function inText(ms: number): string {
  const left = leftText(ms);
  return left === null ? 'at any moment' : `in ${left}`;
}

/** What happens next to an alert, `ms` from now: "notifies in 12 s unless it recovers". */
function nextWords(what: AlertNext, ms: number, { sent, of }: Alert['reminders']): string {
  const when = inText(ms);
  switch (what) {
    case 'fires':
      return `fires ${when} unless it recovers`;
    case 'announces':
      return `notifies ${when} unless it recovers`;
    case 'recovers':
      return `over ${when} if it stays good`;
    case 'reminds':
      return `reminder ${sent + 1} of ${of} ${when}`;
    case 'digest':
      return `told in a digest ${when}`;
    case 'settles':
      return `settled ${when} if it holds still`;
  }
}

/** What happens next to an alert at `now`, main's time; empty where nothing does. */
export function nextText({ next, reminders, announcedAt, state }: Alert, now: number): string {
  if (next) return nextWords(next.what, next.at - now, reminders);
  const { sent, of } = reminders;
  return state === 'firing' && announcedAt !== null && of > 0 && sent >= of ? 'no further reminder' : '';
}

/** Until when something is muted: "14:20 (12 min)", or "it recovers" where that is open. */
export function endText(until: number | null, now: number): string {
  if (until === null) return 'it recovers';
  const left = leftText(until - now);
  return left === null ? minuteText(until) : `${minuteText(until)} (${left})`;
}

/** Whether a profile that is not connected has it: nothing is known of it now. */
export function isFrozen({ heldBy }: Alert): boolean {
  return heldBy.some(({ by }) => by === 'not-watched');
}

/** "Watching 3 sources and 7 rules." */
export function watchingText(rules: AlertsState['rules']): string {
  const on = rules.filter((rule) => rule.on);
  const sources = on.filter(({ rule }) => rule === 'stale').length;
  if (on.length === 0) return 'No rule is on.';
  const others = on.length - sources;
  const parts = [
    ...(sources > 0 ? [plural(sources, 'source', 'sources')] : []),
    ...(others > 0 ? [plural(others, 'rule', 'rules')] : []),
  ];
  return `Watching ${parts.join(' and ')}.`;
}

/** What is said where nothing is listed: in short, and more. While polling is paused nobody knows. */
export function calmTexts(rules: AlertsState['rules'], paused: boolean): readonly [string, string] {
  return paused
    ? ['Polling is paused.', 'Nothing is judged until it goes on.']
    : ['Nothing is firing.', watchingText(rules)];
}

/** The silence of all alerts of the connected profile. */
export function silenceOfAll({ silences }: AlertsState): AlertsState['silences'][number] | undefined {
  return silences.find(({ key }) => key === everyAlert);
}
