/** What an operator can choose for the whole app; the first of each list is what is used until then. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

/** Seconds between two polls. */
export const pollChoices = [5, 10, 15, 30, 60] as const;

/** What closing the window does: leave the app in the tray, or end it. */
export const closeChoices = ['ask', 'tray', 'quit'] as const;
export type CloseChoice = (typeof closeChoices)[number];

/** Each level includes the ones after it. `debug` adds a line for every HIT, MISS, SET and DELETE of the cache. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Parts of the app that keep something on disk, or work without it when they cannot. */
export const problemAreas = [
  'settings',
  'profiles',
  'secrets',
  'history',
  'cache',
  'log',
  'sessions',
] as const;
export type ProblemArea = (typeof problemAreas)[number];

/** What each setting is called within a sentence. */
export const settingTitles = {
  theme: 'theme',
  density: 'density',
  timeZone: 'time zone',
  pollSeconds: 'interval',
  refreshAhead: 'refresh ahead',
  historyDays: 'days of history',
  requestLogHours: 'hours of the request log',
  eventDays: 'days of events',
  startAtLogin: 'start at login',
  onClose: 'what closing the window does',
  logLevel: 'log level',
  alertRules: 'alert rules',
  alertTiming: 'alert times',
  quietHours: 'quiet hours',
  systemNotifications: 'system notifications',
  notificationSound: 'notification sound',
  saveBattery: 'saving battery',
  warming: 'warming',
  adaptiveTtl: 'adaptive TTLs',
  checkForUpdates: 'looking for updates',
} as const;
