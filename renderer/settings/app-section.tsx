import type { AppInfo } from '../../shared/contract/app.ts';
import type { SettingsState } from '../../shared/contract/settings.ts';
import type { CloseChoice } from '../../shared/model/settings.ts';
import { useFeed } from '../live/feed.ts';
import type { Choice } from '../ui/select.tsx';
import { UpdatesRow } from '../updates/updates-row.tsx';
import { Section } from './section.tsx';
import { ChoiceRow, SwitchRow } from './setting-row.tsx';
import { useSetting } from './use-setting.ts';

const closeChoices: readonly Choice<CloseChoice>[] = [
  { value: 'ask', label: 'Ask once' },
  { value: 'tray', label: 'Stay in the tray', note: 'Watching goes on.' },
  { value: 'quit', label: 'Quit', note: 'Watching ends.' },
];

interface Props {
  readonly state: SettingsState;
  readonly info: AppInfo | undefined;
}

export function AppSection({ state, info }: Props) {
  const startAtLogin = useSetting(state, 'startAtLogin');
  const onClose = useSetting(state, 'onClose');
  const checkForUpdates = useSetting(state, 'checkForUpdates');
  const updates = useFeed('updates.state');
  const inBrowser = info?.host === 'browser';
  const blocked = (can: boolean | undefined, here: string): string | null => {
    if (can ?? true) return null;
    return inBrowser ? 'Only in the desktop app' : here;
  };
  return (
    <Section name="app">
      <SwitchRow
        label="Start at login"
        note="Starts Cachedeck when you log in to this computer."
        setting={startAtLogin}
        blocked={blocked(info?.capabilities.startAtLogin, 'This system offers no way')}
      />
      <ChoiceRow
        label="Closing the window"
        note="What happens when the window is closed."
        setting={onClose}
        choices={closeChoices}
        blocked={blocked(info?.capabilities.tray, 'This desktop has no tray: closing quits')}
      />
      <SwitchRow
        label="Look for updates"
        note="Once a day. A newer version is told once, and nothing is downloaded before you ask for it."
        setting={checkForUpdates}
        blocked={
          updates?.stage === 'off' ? (inBrowser ? 'Only in the desktop app' : 'Not in this copy') : null
        }
      />
      <UpdatesRow info={info} />
      <dl className="settings-facts">
        <div>
          <dt>Version</dt>
          <dd>{info ? `Cachedeck ${info.version}, ${inBrowser ? 'browser host' : 'desktop app'}` : '—'}</dd>
        </div>
        <div>
          <dt>Data folder</dt>
          <dd className={info?.dataFolder ? 'mono' : undefined}>
            {info ? (info.dataFolder ?? 'None: nothing is kept after the end') : '—'}
          </dd>
        </div>
      </dl>
    </Section>
  );
}
