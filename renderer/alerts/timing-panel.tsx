import type { Settings, SettingsState } from '../../shared/contract/settings.ts';
import { defaultAlertTiming } from '../../shared/model/alert-defaults.ts';
import { NumberRow } from '../settings/setting-row.tsx';
import { useSaving } from '../settings/use-saving.ts';
import { Panel } from '../ui/panel.tsx';
import { useEdits } from './use-edits.ts';
import type { TimingEdits } from './use-edits.ts';

type Timing = Settings['alertTiming'];

interface Row {
  readonly name: keyof Timing;
  readonly label: string;
  readonly note: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/** With the limits of shared/contract/settings.ts. */
const rows: readonly Row[] = [
  {
    name: 'clearSeconds',
    label: 'Over after',
    note: 'How long a condition has to be gone, with two good polls, before the alert is over. 0 to 3600 s.',
    unit: 'seconds',
    min: 0,
    max: 3600,
  },
  {
    name: 'groupSeconds',
    label: 'Group within',
    note: 'What happens within this time leaves as one message. 0 to 60 s.',
    unit: 'seconds',
    min: 0,
    max: 60,
  },
  {
    name: 'repeatMinutes',
    label: 'First reminder',
    note: 'Each later one waits twice as long, at most 4 h. 5 to 240 min.',
    unit: 'minutes',
    min: 5,
    max: 240,
  },
  {
    name: 'reminders',
    label: 'Reminders',
    note: 'For one alert that goes on. 0 to 20; with 0 there are none.',
    unit: 'at most',
    min: 0,
    max: 20,
  },
];

/** When and how often alerts are told, whatever the rule. */
export function TimingPanel({ settings }: { readonly settings: SettingsState }) {
  const edits = useEdits(settings, 'alertTiming');
  const { attempt, save } = useSaving();
  const isDefault = rows.every(({ name }) => edits.value[name] === defaultAlertTiming[name]);
  const still = isDefault || edits.variable !== null;
  return (
    <Panel
      title="Timing"
      className="alert-timing"
      aside={attempt.state === 'failed' ? `Not saved: ${attempt.why}` : undefined}
      actions={
        <button
          type="button"
          className="button small"
          aria-disabled={still}
          onClick={() => {
            if (!still) save(() => edits.edit(() => defaultAlertTiming));
          }}
        >
          Back to the defaults
        </button>
      }
    >
      {rows.map((row) => (
        <TimingRow key={row.name} row={row} edits={edits} />
      ))}
    </Panel>
  );
}

function TimingRow({ row, edits }: { readonly row: Row; readonly edits: TimingEdits }) {
  const { attempt, save } = useSaving();
  const { name, ...rest } = row;
  const { value, variable, edit } = edits;
  return (
    <NumberRow
      {...rest}
      setting={{
        value: value[name],
        variable,
        attempt,
        change: (n) => save(() => edit((before) => ({ ...before, [name]: n }))),
      }}
    />
  );
}
