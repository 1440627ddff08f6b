import { Field } from '@base-ui/react/field';
import { useState } from 'react';
import { FieldError, FieldLabel } from '../ui/field.tsx';

interface Props {
  readonly label: string;
  /** HH:MM. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What is typed as HH:MM: `7:05` and `0705` are 07:05. null: no time of day. */
export function timeOfDay(text: string): string | null {
  const [, hours, minutes] = /^\s*(\d{1,2})[:.]?(\d{2})\s*$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/** A time of day, kept when the field is left or by Enter. What is none stays there with a word on it. */
export function TimeOfDayInput({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const commit = (): void => {
    if (typed === null) return;
    const next = timeOfDay(typed);
    setRefused(next === null);
    if (next === null) return;
    setTyped(null);
    if (next !== value) onChange(next);
  };
  return (
    <Field.Root className="time-of-day" invalid={refused}>
      <FieldLabel text={label} button={false} />
      <Field.Control
        className="input"
        value={typed ?? value}
        inputMode="numeric"
        maxLength={5}
        autoComplete="off"
        onValueChange={(next) => setTyped(next)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      <FieldError text={refused ? 'Not a time such as 22:00' : null} />
    </Field.Root>
  );
}
