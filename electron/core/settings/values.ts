import { settings } from '../../../shared/contract/settings.ts';
import type { SettingName, Settings } from '../../../shared/contract/settings.ts';

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
  alertRules: {
    stale: { on: true, forSeconds: 15, polls: 6 },
    unreachable: { on: true, forSeconds: 15 },
    'vpn-down': { on: true, forSeconds: 30 },
    'vpn-emergency': { on: true, forSeconds: 0 },
    'engines-unhealthy': { on: true, forSeconds: 60 },
    'provisioning-blocked': { on: true, forSeconds: 60 },
    'not-moving': { on: true, forSeconds: 0, polls: 12 },
    'hit-rate-low': { on: false, forSeconds: 0, percent: 50, lookups: 20 },
    'session-expiring': { on: true, forSeconds: 0, withinMinutes: 60 },
  },
  alertTiming: { clearSeconds: 15, groupSeconds: 5, repeatMinutes: 30, reminders: 5 },
  quietHours: { on: false, from: '22:00', to: '07:00' },
  systemNotifications: true,
  notificationSound: false,
  saveBattery: false,
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
