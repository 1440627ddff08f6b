import { z } from 'zod';
import { call, feed } from '../rpc/define.ts';
import { nothing, poll, reported, reportedText, timestamp } from './parts.ts';

/** Each may do what those before it may. */
export const workstationRoles = ['viewer', 'operator', 'admin'] as const;
export type WorkstationRole = (typeof workstationRoles)[number];

/** What the server guards by a role of its own. */
export const workstationActions = [
  'create',
  'testConnection',
  'cache',
  'metrics',
  'clearCache',
  'invalidate',
] as const;
export type WorkstationAction = (typeof workstationActions)[number];

const workstation = z.object({
  id: z.string(),
  name: reportedText,
  address: reportedText,
  status: z.enum(['online', 'offline', 'connecting', 'error', 'unknown']),
  emulators: reported,
  activeEmulators: reported,
  cpuPercent: reported,
  memoryPercent: reported,
  diskPercent: reported,
  lastSeen: timestamp.nullable(),
});
export type Workstation = z.infer<typeof workstation>;
export const workstationList = z.object({ workstations: z.array(workstation).max(5000) });
export type WorkstationList = z.infer<typeof workstationList>;

/** GET /api/performance/cache-stats: the manager's own cache, not ours. */
export const managerCache = z.object({
  hits: reported,
  misses: reported,
  evictions: reported,
  size: reported,
  requests: reported,
  /** Percent; the server says 0 when it had no requests. */
  hitRatePercent: reported,
});
export type ManagerCache = z.infer<typeof managerCache>;

/** GET /api/performance/metrics, whichever of its two shapes the server speaks. */
export const managerMetrics = z.object({
  cache: managerCache,
  workstations: reported,
  emulators: reported,
  websockets: reported,
});
export type ManagerMetrics = z.infer<typeof managerMetrics>;

const managerSession = z.object({
  /** false: the profile has no workstation manager. */
  connected: z.boolean(),
  url: z.string().nullable(),
  user: z.string().nullable(),
  role: z.enum(workstationRoles).nullable(),
  /** Why nobody is signed in, in a sentence; null: somebody is. */
  signedOut: z.string().nullable(),
  /** The least role that the server wants for each action: as documented, or as it said in a refusal. */
  needs: z.record(z.enum(workstationActions), z.enum(workstationRoles)),
});
export type ManagerSessionState = z.infer<typeof managerSession>;

/** What a mutation led to: the server's words, and what reading again showed. */
const outcome = z.object({
  message: z.string(),
  /** As the server counted; null: it does not say. */
  removed: reported,
});

/** Reads go through main's cache; actions need the server's role as well as ours, and are never retried. */
export const workstationsContract = {
  'workstations.session': feed('viewer', managerSession),
  /** Signs in as another account than the profile's, until the app ends. */
  'workstations.signIn': call(
    'operator',
    z.strictObject({ user: z.string().min(1).max(100), password: z.string().min(1).max(4000) }),
    nothing,
  ),
  'workstations.signOut': call('operator', nothing, nothing),
  'workstations.list': call('viewer', nothing, poll(workstationList)),
  /** Reads the list again past our cache; a failure stands in its reading. */
  'workstations.refresh': call('operator', nothing, nothing),
  /** Invalidates `workstations_*` in our cache, then reads the list again. */
  'workstations.create': call(
    'admin',
    z.strictObject({
      name: z.string().min(1).max(100),
      address: z.string().min(1).max(200),
      user: z.string().min(1).max(100),
      password: z.string().min(1).max(4000),
    }),
    z.object({ id: z.string().nullable(), message: z.string() }),
  ),
  'workstations.testConnection': call(
    'operator',
    z.strictObject({ id: z.string().min(1).max(200) }),
    z.object({ ok: z.boolean(), message: z.string() }),
  ),
  'workstations.cache': call('viewer', nothing, poll(managerCache)),
  'workstations.metrics': call('viewer', nothing, poll(managerMetrics)),
  'workstations.clearCache': call('admin', nothing, outcome),
  /** The server removes what begins with the pattern: a `*` is an ordinary character to it. */
  'workstations.invalidate': call(
    'admin',
    z.strictObject({ pattern: z.string().trim().min(1).max(200) }),
    outcome,
  ),
} as const;
