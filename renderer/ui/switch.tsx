import { Field } from '@base-ui/react/field';
import { Switch } from '@base-ui/react/switch';
import { use } from 'react';
import type { ReactNode } from 'react';
import { ClosedContext } from './gate.tsx';

interface ToggleProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** On or off: stands in a field that names it. */
export function Toggle({ on, onChange }: ToggleProps) {
  return (
    <Switch.Root
      className="switch"
      disabled={use(ClosedContext)}
      checked={on}
      onCheckedChange={(next) => onChange(next)}
    >
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  );
}

interface FieldProps extends ToggleProps {
  readonly label: string;
  readonly note?: ReactNode;
}

/** A switch with its words beside it. */
export function SwitchField({ label, note, on, onChange }: FieldProps) {
  return (
    <Field.Root className="switch-field">
      <Toggle on={on} onChange={onChange} />
      <div>
        <Field.Label className="field-label">{label}</Field.Label>
        {note !== undefined && <Field.Description className="field-note">{note}</Field.Description>}
      </div>
    </Field.Root>
  );
}
