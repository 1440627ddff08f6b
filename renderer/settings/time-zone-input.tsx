import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { useMemo } from 'react';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

interface Zone {
  readonly value: string;
  readonly label: string;
}

/** More than that is not read but searched. */
const shownAtOnce = 60;

function zoneOf(value: string): Zone {
  if (value !== 'system') return { value, label: value.replaceAll('_', ' ') };
  return { value, label: `This computer’s (${new Intl.DateTimeFormat().resolvedOptions().timeZone})` };
}

/** A time zone by its name, found by typing a part of it: stands in a field that names it. */
export function TimeZoneInput({ value, onChange }: Props) {
  const zones = useMemo(() => {
    const names = new Set(['system', 'UTC', ...Intl.supportedValuesOf('timeZone')]);
    return [...names].map(zoneOf);
  }, []);
  // The same object until another is chosen: a new one would take away what is being typed.
  const chosen = useMemo(() => zones.find((zone) => zone.value === value) ?? zoneOf(value), [zones, value]);
  return (
    <Combobox.Root
      items={zones}
      value={chosen}
      isItemEqualToValue={(zone, other) => zone.value === other.value}
      limit={shownAtOnce}
      autoHighlight
      modal // else the page behind it is hidden from assistive technology, but not from the keyboard
      onValueChange={(zone) => {
        if (zone !== null && zone.value !== value) onChange(zone.value);
      }}
    >
      <Combobox.InputGroup className="combo">
        <Combobox.Input className="input" onFocus={(event) => event.currentTarget.select()} />
        <Combobox.Trigger className="combo-open" aria-label="Show time zones">
          <ChevronDown size={14} aria-hidden="true" />
        </Combobox.Trigger>
      </Combobox.InputGroup>
      <Combobox.Portal>
        <Combobox.Positioner className="layer over" sideOffset={4} align="start">
          <Combobox.Popup className="popup menu choices">
            <Combobox.Empty className="combo-empty">No time zone has this in its name.</Combobox.Empty>
            <Combobox.List className="choices-list">
              {(zone: Zone) => (
                <Combobox.Item key={zone.value} value={zone} className="menu-item">
                  <span className="menu-check">
                    <Combobox.ItemIndicator>
                      <Check size={14} aria-hidden="true" />
                    </Combobox.ItemIndicator>
                  </span>
                  <span>{zone.label}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
