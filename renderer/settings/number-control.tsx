import { useState } from 'react';
import { NumberInput } from '../ui/number-input.tsx';
import type { Setting } from './use-setting.ts';

interface Props {
  readonly setting: Pick<Setting<number>, 'value' | 'attempt' | 'change'>;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** What is typed is kept when the field is left. It covers main's value until that is the same, or was not taken. */
export function NumberControl({ setting, min, max, unit }: Props) {
  const [typed, setTyped] = useState<number | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const { state } = setting.attempt;
  if (sent !== null && (sent === setting.value || state === 'failed' || state === 'idle')) setSent(null);
  return (
    <NumberInput
      value={typed ?? sent ?? setting.value}
      min={min}
      max={max}
      unit={unit}
      onChange={setTyped}
      onCommit={(value) => {
        setTyped(null);
        if (value === null || value === setting.value) return;
        setSent(value);
        setting.change(value);
      }}
    />
  );
}
