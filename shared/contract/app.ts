import { z } from 'zod';
import { pauseChoices } from '../model/alerts.ts';
import { call, feed, roles } from '../rpc/define.ts';
import { nothing, reported, resourceKey, timestamp, watchedResource } from './parts.ts';

const appInfo = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'browser']),
  /** Of whoever asks; the page greys out what needs a higher one. */
  role: z.enum(roles),
  /** What this host can do; the page greys out the rest. */
  capabilities: z.object({
    tray: z.boolean(),
    notifications: z.boolean(),
    quit: z.boolean(),
    startAtLogin: z.boolean(),
    openFolder: z.boolean(),
    /** More than one window, opened by the app. */
    windows: z.boolean(),
    /** Asks where to put a file by itself; a page elsewhere downloads it. */
    saveFile: z.boolean(),
  }),
  /** Where settings, history and logs are; null: nothing is kept. */
  dataFolder: z.string().nullable(),
});
export type AppInfo = z.infer<typeof appInfo>;

const pollingState = z.object({
  paused: z.boolean(),
  pausedSince: timestamp.nullable(),
  /** When it goes on by itself; null: when someone resumes it. */
  pausedUntil: timestamp.nullable(),
  /** Loads ahead of each tick, so that polls hit. */
  refreshAhead: z.boolean(),
  pollMs: z.number(),
  /** false: every lookup goes to the backend. */
  cacheOn: z.boolean(),
  /** Backend calls in the last minute, all resources. */
  callsPerMinute: z.number(),
  /** The same for each resource that was asked. */
  callsByResource: z.partialRecord(resourceKey, z.number()),
});
export type PollingState = z.infer<typeof pollingState>;

const refreshProgress = z.object({
  running: z.boolean(),
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  items: z.array(
    z.object({
      key: resourceKey,
      state: z.enum(['queued', 'running', 'ok', 'failed', 'not-reported']),
      ms: reported,
      message: z.string().nullable(),
    }),
  ),
  /** What is another than before: "engines 7 → 8", "exit IP changed". Empty while it runs. */
  changes: z.array(z.string().max(200)).max(20),
});
export type RefreshProgress = z.infer<typeof refreshProgress>;

/** One cell for each tick: the chip a page would have shown. */
const ribbonCells = ['none', 'live', 'late', 'failing', 'stale', 'paused', 'unsupported'] as const;
const ribbons = z.object({
  /** At most 60 cells a resource, oldest first. */
  cells: z.record(watchedResource, z.array(z.enum(ribbonCells)).max(60)),
  endsAt: timestamp.nullable(),
  intervalMs: z.number(),
});
export type Ribbons = z.infer<typeof ribbons>;

/** The tray as data: drawn by the desktop shell, and by the page as a popover. */
const trayModel = z.object({
  state: z.enum(['ok', 'attention', 'bad', 'paused']),
  tooltip: z.string(),
  lines: z.array(
    z.object({ id: z.string(), text: z.string(), state: z.enum(['ok', 'attention', 'bad', 'neutral']) }),
  ),
  actions: z.array(
    z.object({
      id: z.enum(['refresh', 'pause', 'resume', 'snooze', 'unsnooze', 'open', 'quit']),
      label: z.string(),
      enabled: z.boolean(),
      /** For how long, to choose from: minutes of a pause (`resumed`: open), a snooze choice. Empty: none. */
      choices: z.array(z.object({ value: z.string(), label: z.string() })),
    }),
  ),
});
export type TrayModel = z.infer<typeof trayModel>;

export const demoFaults = [
  'none',
  'slow',
  'error-500',
  'refused',
  'malformed',
  'vpn-down',
  'flapping',
  'frozen',
  'site-down',
  'token-expires',
  'engagement-changed',
] as const;
export type DemoFault = (typeof demoFaults)[number];
const demoState = z.object({
  /** false: the connected backend is a real one and cannot be told to misbehave. */
  available: z.boolean(),
  fault: z.enum(demoFaults),
});
export type DemoState = z.infer<typeof demoState>;

export const appContract = {
  'app.info': call('viewer', nothing, appInfo),

  'polling.state': feed('viewer', pollingState),
  'polling.pause': call('operator', z.strictObject({ minutes: z.literal(pauseChoices) }), nothing),
  'polling.resume': call('operator', nothing, nothing),
  'polling.setRefreshAhead': call('admin', z.strictObject({ on: z.boolean() }), nothing),

  /** Loads past the cache. A second call while one runs joins it. `all`: everything with a subscriber. */
  'refresh.force': call(
    'operator',
    z.strictObject({ resources: z.union([z.literal('all'), z.array(resourceKey).min(1).max(16)]) }),
    refreshProgress,
  ),
  'refresh.progress': feed('viewer', refreshProgress),

  'status.ribbons': feed('viewer', ribbons),
  'tray.model': feed('viewer', trayModel),

  'demo.state': feed('viewer', demoState),
  'demo.simulate': call('admin', z.strictObject({ fault: z.enum(demoFaults) }), nothing),
} as const;
