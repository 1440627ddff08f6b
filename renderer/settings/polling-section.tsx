import type { Settings, SettingsState } from '../../shared/contract/settings.ts';
import type { Choice } from '../ui/select.tsx';
import { pollSecondsChoices } from './poll-choices.ts';
import { Section } from './section.tsx';
import { ChoiceRow, SwitchRow } from './setting-row.tsx';
import { useSetting } from './use-setting.ts';

const choices: readonly Choice<Settings['pollSeconds']>[] = pollSecondsChoices;

export function PollingSection({ state }: { readonly state: SettingsState }) {
  const pollSeconds = useSetting(state, 'pollSeconds');
  const refreshAhead = useSetting(state, 'refreshAhead');
  return (
    <Section name="polling">
      <ChoiceRow
        label="Interval"
        note="How often pages ask. A profile can have its own."
        setting={pollSeconds}
        choices={choices}
      />
      <SwitchRow
        label="Refresh ahead"
        note="Loads each value shortly before the pages ask for it, so that they find it fresh in the cache."
        setting={refreshAhead}
      />
      {state.warnings.length > 0 && (
        <ul className="settings-warnings" aria-label="What these settings cannot do">
          {state.warnings.map((warning) => (
            <li key={warning} data-role="attention">
              <span className="chip-glyph" aria-hidden="true">
                ▲
              </span>{' '}
              {warning}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
