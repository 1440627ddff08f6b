import type { TrayModel } from '../../../shared/contract/app.ts';
import { pauseChoices, snoozeChoices } from '../../../shared/model/alerts.ts';
import type { PauseMinutes, SnoozeChoice } from '../../../shared/model/alerts.ts';
import { alertLines, backendLines, hitRateLine, worst } from './tray-lines.ts';
import type { AlertFacts, BackendFacts, Line } from './tray-lines.ts';

export interface TrayFacts extends BackendFacts {
  /** UTC ms; null: until someone resumes it, or not paused at all. */
  readonly pausedUntil: number | null;
  readonly alerts: AlertFacts;
  readonly refreshing: boolean;
  readonly hitRate5m: { readonly percent: number; readonly n: number };
  readonly canQuit: boolean;
  /** Hours and minutes of a UTC ms as the operator reads them. */
  readonly shortTime: (at: number) => string;
}

type Action = TrayModel['actions'][number];

/** The tray in words: its state is that of its worst line, alerts that fire included. */
export function trayModel(facts: TrayFacts): TrayModel {
  const backends = backendLines(facts);
  const alerts = alertLines(facts.alerts, facts.shortTime);
  const judged = [...backends, ...alerts];
  const state = facts.paused ? 'paused' : worst(judged);
  return {
    state,
    tooltip: `Cachedeck: ${facts.paused ? pausedWords(facts) : headline(judged, facts)}`,
    lines: [...backends, hitRateLine(facts.hitRate5m), ...alerts],
    actions: actionsOf(facts),
  };
}

/** The line that gives the tray its state, which carries the age. */
function headline(lines: readonly Line[], { orchestrator, totals, vpn }: TrayFacts): string {
  const state = worst(lines);
  const troubled = lines.find((line) => line.state === state);
  if (state !== 'ok' && troubled) return troubled.text;
  const waiting = [orchestrator, totals, vpn].some((one) => one.supported && one.age === null);
  return waiting ? 'Waiting for the first replies' : 'All sources live';
}

function pausedWords({ pausedUntil, shortTime }: TrayFacts): string {
  return pausedUntil === null ? 'Paused' : `Paused until ${shortTime(pausedUntil)}`;
}

const pauseLabels = { 15: '15 min', 60: '1 h' } as const;
/** Of all alerts at once, which have nothing to recover from. */
const snoozeLabels: Readonly<Record<Exclude<SnoozeChoice, 'recovered'>, string>> = {
  '15m': '15 min',
  '1h': '1 h',
  morning: 'Until 09:00',
};

/** What stands for "until it is resumed" among the choices of a pause. */
const untilResumed = 'resumed';

function actionsOf({ refreshing, paused, alerts, canQuit }: TrayFacts): Action[] {
  const plain = (id: Action['id'], label: string, enabled = true): Action => ({
    id,
    label,
    enabled,
    choices: [],
  });
  const pauses = pauseChoices.map((minutes) =>
    minutes === null
      ? { value: untilResumed, label: 'Until resumed' }
      : { value: String(minutes), label: pauseLabels[minutes] },
  );
  const snoozes = Object.entries(snoozeLabels).map(([value, label]) => ({ value, label }));
  return [
    plain('refresh', 'Force refresh', !refreshing),
    paused ? plain('resume', 'Resume') : { ...plain('pause', 'Pause'), choices: pauses },
    alerts.snoozedUntil === null
      ? { ...plain('snooze', 'Snooze alerts'), choices: snoozes }
      : plain('unsnooze', 'End snooze'),
    plain('open', 'Open Cachedeck'),
    plain('quit', 'Quit', canQuit),
  ];
}

/** The pause that a choice of the menu means; without one, until it is resumed. */
export function pauseOf(choice: string | undefined): PauseMinutes {
  return pauseChoices.find((minutes) => String(minutes) === choice) ?? null;
}

/** The snooze that a choice of the menu means; undefined: none of them. */
export function snoozeOf(choice: string | undefined): SnoozeChoice | undefined {
  return snoozeChoices.find((one) => one === choice);
}
