import type { Settings } from '../../../shared/contract/settings.ts';

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
};
