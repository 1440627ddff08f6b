import { Field } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import { needsWords, useMay } from '../live/use-may.ts';
import { FieldLabel } from '../ui/field.tsx';
import { Choose } from '../ui/select.tsx';
import type { Choice } from '../ui/select.tsx';
import { Toggle } from '../ui/switch.tsx';
import { NumberControl } from './number-control.tsx';
import { Outcome } from './outcome.tsx';
import type { Setting } from './use-setting.ts';

interface RowProps {
  readonly label: string;
  readonly note: ReactNode;
  readonly setting: Pick<Setting<unknown>, 'variable' | 'attempt'>;
  readonly button?: boolean;
  /** Why it cannot be changed here. */
  readonly blocked?: string | null;
  readonly children: ReactNode;
}

/** Words at the left, the control at the right, and under it how the last change went. */
export function SettingRow({ label, note, setting, button = false, blocked = null, children }: RowProps) {
  const { may, needs } = useMay('settings.change');
  const fixed = blocked ?? (setting.variable === null ? null : `Set by ${setting.variable}`);
  const why = fixed ?? (may ? null : needsWords(needs));
  return (
    <Field.Root className="setting" disabled={why !== null}>
      <div className="setting-words">
        <FieldLabel text={label} button={button} />
        <Field.Description className="field-note">{note}</Field.Description>
      </div>
      <div className="setting-control">
        {children}
        {why === null ? <Outcome attempt={setting.attempt} /> : <span className="outcome muted">{why}</span>}
      </div>
    </Field.Root>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly note: ReactNode;
  readonly setting: Setting<boolean>;
  readonly blocked?: string | null;
}

export function SwitchRow({ setting, ...row }: SwitchProps) {
  return (
    <SettingRow {...row} setting={setting}>
      <Toggle on={setting.value} onChange={setting.change} />
    </SettingRow>
  );
}

interface ChoiceProps<T> {
  readonly label: string;
  readonly note: ReactNode;
  readonly setting: Setting<T>;
  readonly choices: readonly Choice<T>[];
  readonly blocked?: string | null;
}

export function ChoiceRow<T extends string | number>({ setting, choices, ...row }: ChoiceProps<T>) {
  return (
    <SettingRow {...row} setting={setting} button>
      <Choose value={setting.value} choices={choices} onChange={setting.change} />
    </SettingRow>
  );
}

interface NumberProps {
  readonly label: string;
  readonly note: ReactNode;
  readonly setting: Setting<number>;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

export function NumberRow({ setting, min, max, unit, ...row }: NumberProps) {
  return (
    <SettingRow {...row} setting={setting}>
      <NumberControl setting={setting} min={min} max={max} unit={unit} />
    </SettingRow>
  );
}
