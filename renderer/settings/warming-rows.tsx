import { Checkbox } from '@base-ui/react/checkbox';
import { Field } from '@base-ui/react/field';
import { Check } from 'lucide-react';
import type { Settings } from '../../shared/contract/settings.ts';
import { titleOfKey } from '../../shared/model/resources.ts';
import { warmable } from '../../shared/model/tuning.ts';
import type { Warmable } from '../../shared/model/tuning.ts';
import { useMay } from '../live/use-may.ts';
import { Toggle } from '../ui/switch.tsx';
import { SettingRow } from './setting-row.tsx';
import { useSent } from './use-sent.ts';
import type { Setting } from './use-setting.ts';

type WarmingSetting = Settings['warming'];

/** What is loaded before anybody asks. What is chosen stays chosen while warming is off. */
export function WarmingRows({ setting }: { readonly setting: Setting<WarmingSetting> }) {
  const [shown, send] = useSent(setting);
  const { may } = useMay('settings.change');
  const fixed = setting.variable !== null || !may;
  const change = (part: Partial<WarmingSetting>): void => send({ ...shown, ...part });
  const choose = (key: Warmable, chosen: boolean): void => {
    const resources = warmable.filter((one) => (one === key ? chosen : shown.resources.includes(one)));
    change({ resources });
  };
  return (
    <>
      <SettingRow
        label="Warming"
        note="Loads what is chosen below once when a profile is connected and after its cache was cleared, before anybody asks for it."
        setting={setting}
      >
        <Toggle on={setting.value.on} onChange={(on) => change({ on })} />
      </SettingRow>
      <fieldset className="setting-part" disabled={fixed || !shown.on}>
        <legend className="field-label">Resources to warm</legend>
        <ul className="warm-choices">
          {warmable.map((key) => (
            <li key={key}>
              <Field.Root className="check-field" disabled={fixed || !shown.on}>
                <Checkbox.Root
                  className="checkbox"
                  checked={shown.resources.includes(key)}
                  onCheckedChange={(chosen) => choose(key, chosen)}
                >
                  <Checkbox.Indicator className="checkbox-mark">
                    <Check size={12} aria-hidden="true" />
                  </Checkbox.Indicator>
                </Checkbox.Root>
                <Field.Label className="warm-label">{titleOfKey(key)}</Field.Label>
              </Field.Root>
            </li>
          ))}
        </ul>
      </fieldset>
      <SettingRow
        label="Warm sessions"
        note="At the start also what is missing of the sessions of portal users active in the last day, where the profile signs in by itself."
        setting={{ ...setting, attempt: { state: 'idle' } }}
        blocked={shown.on ? null : 'Warming is off'}
      >
        <Toggle on={setting.value.sessions} onChange={(sessions) => change({ sessions })} />
      </SettingRow>
    </>
  );
}
