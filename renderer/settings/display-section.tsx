import type { SettingsState } from '../../shared/contract/settings.ts';
import type { Density, Theme } from '../../shared/model/settings.ts';
import type { Choice } from '../ui/select.tsx';
import { Section } from './section.tsx';
import { ChoiceRow, SettingRow } from './setting-row.tsx';
import { TimeZoneInput } from './time-zone-input.tsx';
import { useSetting } from './use-setting.ts';

const themeChoices: readonly Choice<Theme>[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const densityChoices: readonly Choice<Density>[] = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
];

export function DisplaySection({ state }: { readonly state: SettingsState }) {
  const theme = useSetting(state, 'theme');
  const density = useSetting(state, 'density');
  const timeZone = useSetting(state, 'timeZone');
  return (
    <Section name="display">
      <ChoiceRow label="Theme" note="Light or dark colours." setting={theme} choices={themeChoices} />
      <ChoiceRow
        label="Density"
        note="Compact shows more rows at once."
        setting={density}
        choices={densityChoices}
      />
      <SettingRow label="Time zone" note="Of the times of day on every page." setting={timeZone}>
        <TimeZoneInput value={timeZone.value} onChange={timeZone.change} />
      </SettingRow>
    </Section>
  );
}
