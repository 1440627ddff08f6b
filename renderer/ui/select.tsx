import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  /** A few words more, in the list only. */
  readonly note?: string;
}

interface Props<T> {
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few: stands in a field that names it. */
export function Choose<T extends string | number | null>({ value, choices, onChange }: Props<T>) {
  return (
    <Select.Root
      value={value}
      items={choices}
      onValueChange={(next) => {
        const chosen = choices.find((choice) => choice.value === next);
        if (chosen && chosen.value !== value) onChange(chosen.value);
      }}
    >
      <Select.Trigger className="input select">
        <Select.Value />
        <Select.Icon className="select-icon">
          <ChevronDown size={14} aria-hidden="true" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className="layer over" sideOffset={4} alignItemWithTrigger={false} align="start">
          <Select.Popup className="popup menu choices">
            <Select.List className="choices-list">
              {choices.map(({ value: each, label, note }) => (
                <Select.Item key={String(each)} value={each} className="menu-item">
                  <span className="menu-check">
                    <Select.ItemIndicator>
                      <Check size={14} aria-hidden="true" />
                    </Select.ItemIndicator>
                  </span>
                  <span>
                    <Select.ItemText>{label}</Select.ItemText>
                    {note !== undefined && <span className="menu-note">{note}</span>}
                  </span>
                </Select.Item>
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
