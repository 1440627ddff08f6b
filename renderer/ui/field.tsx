import { Field } from '@base-ui/react/field';
import type { ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  /** What it means, under the control. */
  readonly note?: ReactNode;
  /** Why the value is not taken. */
  readonly error?: string | null;
  readonly disabled?: boolean;
  readonly wide?: boolean;
  /** The control is a button (a select, a switch): a native label would open it on a click into its words. */
  readonly button?: boolean;
  readonly children: ReactNode;
}

/** A control with its label above, what it means and what is wrong with it below. */
export function FormField(props: FieldProps) {
  const { label, note, error = null, disabled = false, wide = false, button = false, children } = props;
  return (
    <Field.Root className="field" data-wide={wide || undefined} invalid={error !== null} disabled={disabled}>
      <FieldLabel text={label} button={button} />
      {children}
      {note !== undefined && <Field.Description className="field-note">{note}</Field.Description>}
      <FieldError text={error} />
    </Field.Root>
  );
}

/** Names the control of the field it stands in. */
export function FieldLabel({ text, button }: { readonly text: string; readonly button: boolean }) {
  return button ? (
    <Field.Label className="field-label" nativeLabel={false} render={<div />}>
      {text}
    </Field.Label>
  ) : (
    <Field.Label className="field-label">{text}</Field.Label>
  );
}

/** Belongs to the field it stands in; nothing while there is no error. */
export function FieldError({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <Field.Error className="field-error" match role="alert">
      <span className="chip-glyph" data-role="bad" aria-hidden="true">
        ✕
      </span>{' '}
      {text}
    </Field.Error>
  );
}

interface TextProps extends Omit<FieldProps, 'children' | 'button'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `password`: what is typed is hidden, and no password manager is asked. */
  readonly type?: 'text' | 'url' | 'email' | 'password' | 'datetime-local';
  readonly placeholder?: string;
  readonly maxLength?: number;
}

/** One line of text. */
export function TextField({ value, onChange, type = 'text', placeholder, maxLength, ...field }: TextProps) {
  return (
    <FormField {...field}>
      <Field.Control
        className="input"
        type={type}
        value={value}
        onValueChange={(next) => onChange(next)}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        autoCapitalize="off"
        spellCheck={false}
      />
    </FormField>
  );
}
