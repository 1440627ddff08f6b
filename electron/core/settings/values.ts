import { settings } from '../../../shared/contract/settings.ts';
import type { SettingName, Settings } from '../../../shared/contract/settings.ts';
import { defaultAlertRules, defaultAlertTiming } from '../../../shared/model/alert-defaults.ts';

/** What counts until the operator chooses. */
export const defaultSettings: Settings = {
  theme: 'system',
  density: 'comfortable',
  timeZone: 'system',
  pollSeconds: 5,
  refreshAhead: true,
  historyDays: 30,
  requestLogHours: 24,
  eventDays: 30,
  startAtLogin: false,
  onClose: 'ask',
  logLevel: 'info',
  alertRules: defaultAlertRules,
  alertTiming: defaultAlertTiming,
  quietHours: { on: false, from: '22:00', to: '07:00' },
  systemNotifications: true,
  notificationSound: false,
  saveBattery: false,
  warming: { on: true, resources: ['stats:total', 'orchestrator:status', 'vpn:status'], sessions: true },
  adaptiveTtl: {},
  checkForUpdates: true,
};

/** The document of the settings. */
export const settingsDocument = {
  name: 'settings',
  area: 'settings',
  schema: settings,
  defaults: defaultSettings,
  format: 1,
  migrations: [],
} as const;

/** Some settings, as the contract's `settings.change` takes them: what is not named, or undefined, is left alone. */
export type SettingsChange = { readonly [Name in SettingName]?: Settings[Name] | undefined };

/** `base` with what `change` names in its place. */
export function withChange(base: Settings, change: SettingsChange): Settings {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  return settings.parse({ ...base, ...Object.fromEntries(named) });
}
