import { useState } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';
import { useZone } from '../live/appearance.ts';
import { useTicking } from '../live/ticker.ts';
import { useMay } from '../live/use-may.ts';
import { zoneTexts } from '../ui/format.ts';
import { Toggle } from '../ui/switch.tsx';
import { SettingRow } from './setting-row.tsx';
import { TimeOfDayInput } from './time-of-day-input.tsx';
import type { Setting } from './use-setting.ts';

type QuietHours = Settings['quietHours'];

interface Props {
  readonly setting: Setting<QuietHours>;
  /** The page and main may be on two computers: then the zone of "this computer" is not known here. */
  readonly inBrowser: boolean;
}

/** Hours in which nothing is told. A second change goes on from the first, also before main has told of it. */
export function QuietHoursRow({ setting, inBrowser }: Props) {
  const { value, attempt, variable } = setting;
  const { may } = useMay('settings.change');
  const [sent, setSent] = useState<QuietHours | null>(null);
  if (sent !== null && (same(sent, value) || attempt.state === 'failed' || attempt.state === 'idle')) {
    setSent(null);
  }
  const { on, from, to } = sent ?? value;
  const change = (part: Partial<QuietHours>): void => {
    const next = { on, from, to, ...part };
    setSent(next);
    setting.change(next);
  };
  const never = on && from === to;
  return (
    <>
      <SettingRow
        label="Quiet hours"
        note="Nothing is told in them. What still fires afterwards comes as one notice."
        setting={setting}
      >
        <Toggle on={value.on} onChange={(next) => change({ on: next })} />
      </SettingRow>
      <fieldset className="setting quiet-times" disabled={variable !== null || !may}>
        <legend className="visually-hidden">Times of the quiet hours</legend>
        <p className="field-note">
          <Zone inBrowser={inBrowser} />
          {never && ' From and to are the same: they never begin.'}
        </p>
        <div className="setting-control quiet-inputs">
          <TimeOfDayInput label="From" value={from} onChange={(next) => change({ from: next })} />
          <TimeOfDayInput label="To" value={to} onChange={(next) => change({ to: next })} />
        </div>
      </fieldset>
    </>
  );
}

function same(a: QuietHours, b: QuietHours): boolean {
  return a.on === b.on && a.from === b.from && a.to === b.to;
}

function Zone({ inBrowser }: { readonly inBrowser: boolean }) {
  const zone = useZone();
  const at = useTicking(({ wall }) => Math.floor(wall / 60_000)) * 60_000; // its short name changes with the season
  if (zone === 'system' && inBrowser) return 'Times of the computer that runs Cachedeck.';
  const [short, name] = zoneTexts(at);
  return `Times in ${name}${short === name ? '' : ` (${short})`}, as on every page.`;
}
