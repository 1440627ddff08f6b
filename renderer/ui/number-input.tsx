import { NumberField } from '@base-ui/react/number-field';

interface Props {
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** Digits after the point; 0: whole numbers. */
  readonly digits?: number;
  readonly unit: string;
  readonly placeholder?: string;
  readonly onChange?: (value: number | null) => void;
  /** After Enter, a step, or when the field is left. */
  readonly onCommit?: (value: number | null) => void;
}

/** A number with its unit: stands in a field that names it. Values outside of the limits are brought within them. */
export function NumberInput(props: Props) {
  const { value, min, max, digits = 0, unit, placeholder, onChange, onCommit } = props;
  return (
    <NumberField.Root
      className="number"
      value={value}
      min={min}
      max={max}
      step={digits === 0 ? 1 : 'any'}
      format={{ useGrouping: false, maximumFractionDigits: digits }}
      locale="en-GB"
      onValueChange={(next) => onChange?.(next)}
      onValueCommitted={(next) => onCommit?.(next)}
    >
      <NumberField.Input
        className="input number-input"
        placeholder={placeholder}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && onCommit) event.currentTarget.blur(); // leaving it is what commits
        }}
      />
      <span className="number-unit" aria-hidden="true">
        {unit}
      </span>
    </NumberField.Root>
  );
}
