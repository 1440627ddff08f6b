import { z } from 'zod';
import { closeChoices, densities, logLevels, pollChoices, problemAreas, themes } from '../model/settings.ts';
import { call, feed } from '../rpc/define.ts';
import { nothing, resourceKey, timestamp } from './parts.ts';
import { warmableKey } from './tuning.ts';

/** `system`, or a name of the IANA time zone database that this machine knows. */
const timeZone = z
  .string()
  .max(64)
  .refine((name) => name === 'system' || isTimeZone(name), 'is not a time zone');

const seconds = z.int().min(0).max(3600);
const rule = { on: z.boolean(), forSeconds: seconds } as const;

/**
 * What each alert rule watches for. `forSeconds`: how long its condition has to hold before it fires. The rest are
 * thresholds of its own.
 */
const alertRuleSettings = z.strictObject({
  /** `polls`: how many intervals of a source without a good load make it stale. */
  stale: z.strictObject({ ...rule, polls: z.int().min(2).max(120) }),
  unreachable: z.strictObject(rule),
  'vpn-down': z.strictObject(rule),
  'vpn-emergency': z.strictObject(rule),
  'engines-unhealthy': z.strictObject(rule),
  'provisioning-blocked': z.strictObject(rule),
  /** `polls`: how many polls the byte counters may stand still. */
  'not-moving': z.strictObject({ ...rule, polls: z.int().min(3).max(720) }),
  /** Below `percent` over five minutes, of at least `lookups`. */
  'hit-rate-low': z.strictObject({
    ...rule,
    percent: z.int().min(1).max(99),
    lookups: z.int().min(1).max(10_000),
  }),
  /** `withinMinutes` of the end of a recently active user's session. */
  'session-expiring': z.strictObject({ ...rule, withinMinutes: z.int().min(5).max(720) }),
});

/** When and how often alerts are told; see shared/model/alerts.ts. */
const alertTiming = z.strictObject({
  /** How long a condition has to be gone, with two good polls, before the alert is over. */
  clearSeconds: seconds,
  /** What happens within it leaves as one message. */
  groupSeconds: z.int().min(0).max(60),
  /** Until the first reminder; each later one waits twice as long, at most 4 h. */
  repeatMinutes: z.int().min(5).max(240),
  /** 0: none. */
  reminders: z.int().min(0).max(20),
});

/** Bounds, in seconds, of a TTL that adapts to its resource. `maxSeconds` is never exceeded. */
const adaptiveBounds = z
  .strictObject({
    on: z.boolean(),
    minSeconds: z.int().min(1).max(3600),
    maxSeconds: z.int().min(1).max(3600),
  })
  .refine(({ minSeconds, maxSeconds }) => minSeconds <= maxSeconds, 'the least is above the most');

/** HH:MM, in the zone the app shows. */
const timeOfDay = z
  .string()
  .max(5)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 22:00');

/** The choices and their limits; what is stored has defaults for each, see electron/core/settings. */
export const settingsShape = {
  theme: z.enum(themes),
  density: z.enum(densities),
  timeZone,
  /** Of profiles that have no interval of their own. */
  pollSeconds: z.literal(pollChoices),
  refreshAhead: z.boolean(),
  /** Days the 15-minute samples are kept. */
  historyDays: z.int().min(1).max(90),
  /** Hours the log of requests is kept; 0: none is written. */
  requestLogHours: z.int().min(0).max(72),
  eventDays: z.int().min(1).max(365),
  /** Desktop only. */
  startAtLogin: z.boolean(),
  /** Desktop only. */
  onClose: z.enum(closeChoices),
  logLevel: z.enum(logLevels),
  alertRules: alertRuleSettings,
  alertTiming,
  /** Nothing is told in them; what is still firing afterwards comes as one digest. From may be later than to. */
  quietHours: z.strictObject({ on: z.boolean(), from: timeOfDay, to: timeOfDay }),
  /** Notifications of the system, while nobody looks at the window. */
  systemNotifications: z.boolean(),
  notificationSound: z.boolean(),
  /** Desktop only: polls every third tick while on battery, thresholds with it. */
  saveBattery: z.boolean(),
  /** What is loaded once on start and after a clear, and whether recently active users' sessions are. */
  warming: z.strictObject({
    on: z.boolean(),
    resources: z.array(warmableKey).max(20),
    sessions: z.boolean(),
  }),
  /** Of resources without bounds here the TTL is the configured one. */
  adaptiveTtl: z.partialRecord(resourceKey, adaptiveBounds),
  /** Desktop only: looks once a day whether there is a newer version. */
  checkForUpdates: z.boolean(),
} as const;

export const settings = z.object(settingsShape);
export type Settings = z.infer<typeof settings>;
export type SettingName = keyof Settings;
export const settingNames = Object.keys(settingsShape) as readonly SettingName[];

const settingsState = z.object({
  values: settings,
  /** Settings that an environment variable decides; changing them here has no effect while it is set. */
  overridden: z.array(
    z.object({ name: z.enum(settingNames as [SettingName, ...SettingName[]]), variable: z.string() }),
  ),
  /** What the TTLs and the interval of the active profile cannot achieve, in plain sentences. */
  warnings: z.array(z.string()),
});
export type SettingsState = z.infer<typeof settingsState>;

/** Something of the app's own that does not work; live values are served all the same. */
const problem = z.object({
  id: z.string(),
  area: z.enum(problemAreas),
  at: timestamp,
  title: z.string().max(120),
  /** What it means and what can be done, in a sentence or two. Paths of files that were set aside are named. */
  text: z.string().max(1000),
});
export type Problem = z.infer<typeof problem>;

export const settingsContract = {
  'settings.state': feed('viewer', settingsState),
  /** Changes what is named and keeps the rest; it is on disk when the call returns, or `unavailable` says why not. */
  'settings.change': call('admin', z.strictObject(settingsShape).partial(), nothing),

  'problems.list': feed('viewer', z.array(problem).max(50)),
  /** Takes one off the list once it was read. It comes back when it happens again. */
  'problems.dismiss': call('operator', z.strictObject({ id: z.string().max(200) }), nothing),
} as const;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
