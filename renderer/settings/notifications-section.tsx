import type { AppInfo } from '../../shared/contract/app.ts';
import type { SettingsState } from '../../shared/contract/settings.ts';
import { AllowButton, permissionText } from '../notifications/permission-hint.tsx';
import { useNotificationPermission } from '../notifications/permission.ts';
import { QuietHoursRow } from './quiet-hours-row.tsx';
import { Section } from './section.tsx';
import { SwitchRow } from './setting-row.tsx';
import { TestRow } from './test-row.tsx';
import { useSetting } from './use-setting.ts';

interface Props {
  readonly state: SettingsState;
  readonly info: AppInfo | undefined;
}

/** How alerts are told. What they watch for is on the Alerts page. */
export function NotificationsSection({ state, info }: Props) {
  const systemNotifications = useSetting(state, 'systemNotifications');
  const notificationSound = useSetting(state, 'notificationSound');
  const quietHours = useSetting(state, 'quietHours');
  const saveBattery = useSetting(state, 'saveBattery');
  const inBrowser = info?.host === 'browser';
  const unable = info?.host === 'desktop' && !info.capabilities.notifications;
  const blocked = unable ? 'This system offers no notifications' : null;
  return (
    <Section name="notifications" actions={<a href="#/alerts/rules">Rules of alerts</a>}>
      <SwitchRow
        label="System notifications"
        note="Shown by the system while nobody looks at Cachedeck. Otherwise alerts are told in its window."
        setting={systemNotifications}
        blocked={blocked}
      />
      {inBrowser && <PermissionRow />}
      <SwitchRow
        label="Sound"
        note="Lets the system play its sound with them."
        setting={notificationSound}
        blocked={blocked}
      />
      <QuietHoursRow setting={quietHours} inBrowser={inBrowser} />
      <SwitchRow
        label="Save battery"
        note="Asks only every third time while the computer runs on its battery. Alerts come later by as much."
        setting={saveBattery}
        blocked={inBrowser ? 'Only in the desktop app' : null}
      />
      <TestRow />
    </Section>
  );
}

/** What the browser allows: asked for only on a click. */
function PermissionRow() {
  const permission = useNotificationPermission();
  const asks = permission === 'default';
  return (
    <div className="setting">
      <div className="setting-words">
        <span className="field-label">Permission of this browser</span>
        <p className="field-note">{permissionText(permission)}</p>
      </div>
      <div className="setting-control">
        {asks ? <AllowButton /> : <p className="permission-state">{permissionWords[permission]}</p>}
      </div>
    </div>
  );
}

const permissionWords = {
  granted: '✓ Allowed',
  denied: '✕ Blocked',
  unsupported: '– Not available',
} as const;
