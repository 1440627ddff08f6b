import { z } from 'zod';
import { failureCodes } from '../model/reading.ts';
import { call, feed } from '../rpc/define.ts';
import { nothing, reported, reportedText, timestamp } from './parts.ts';
import { userRef } from './sessions.ts';

const failure = z.object({ code: z.enum(failureCodes), message: z.string() });

/** A value with its age, or why there is none. `hit`: it came from the session store. */
function aged<T extends z.ZodType>(value: T) {
  return z.object({
    value: value.nullable(),
    loadedAt: timestamp.nullable(),
    age: z.number().nullable(),
    served: z.enum(['hit', 'miss', 'coalesced', 'bypass', 'none']),
    failure: failure.nullable(),
  });
}

/** GET /paasservice/paas/engagements */
export const engagement = z.object({
  id: z.number(),
  name: reportedText,
  type: reportedText,
  customer: reportedText,
});
export type Engagement = z.infer<typeof engagement>;

/** A data centre. */
export const endpoint = z.object({
  id: z.number(),
  name: reportedText,
  technicalName: reportedText,
  aiCloud: z.boolean().nullable(),
});
export type Endpoint = z.infer<typeof endpoint>;

export const businessUnit = z.object({
  id: z.number(),
  name: reportedText,
  environments: reported,
  zones: reported,
  vms: reported,
});
export type BusinessUnit = z.infer<typeof businessUnit>;

export const environment = z.object({ id: z.number(), name: reportedText });
export type Environment = z.infer<typeof environment>;

export const zone = z.object({
  id: z.number(),
  name: reportedText,
  businessUnit: reportedText,
  environment: reportedText,
  cidr: reportedText,
  status: reportedText,
  endpoint: reportedText,
});
export type Zone = z.infer<typeof zone>;

export const virtualMachine = z.object({
  id: z.string(),
  name: reportedText,
  /** ACTIVE, PENDING, RESTORE, or one we do not know yet. */
  status: reportedText,
  ip: reportedText,
  cpus: reported,
  memoryMb: reported,
  storageGb: reported,
  os: reportedText,
  endpoint: reportedText,
  zone: reportedText,
  businessUnit: reportedText,
  createdAt: timestamp.nullable(),
});
export type VirtualMachine = z.infer<typeof virtualMachine>;

export const cluster = z.object({
  id: z.number(),
  name: reportedText,
  status: reportedText,
  nodes: reported,
  kubernetesVersion: reportedText,
  /** MGMT or APP. */
  type: reportedText,
  endpoint: reportedText,
  backup: z.boolean().nullable(),
  createdAt: timestamp.nullable(),
});
export type Cluster = z.infer<typeof cluster>;

/** What one data centre answered: its own failure never hides the others' clusters. */
const clusterSite = z.object({
  endpointId: z.number(),
  name: reportedText,
  clusters: z.array(cluster).max(5000),
  /** The site's own words; null: it answered. */
  error: z.string().nullable(),
});
export type ClusterSite = z.infer<typeof clusterSite>;

const portalUser = z.object({
  user: userRef,
  masked: z.string(),
  /** `service`: signs in by itself with the profile's account; `token`: pasted a token of their own. */
  kind: z.enum(['service', 'token']),
  /** A pasted token has expired or was refused. */
  needsSignIn: z.boolean(),
});
export type PortalUser = z.infer<typeof portalUser>;

const portalState = z.object({
  /** false: the profile has no portal. */
  connected: z.boolean(),
  url: z.string().nullable(),
  users: z.array(portalUser).max(1000),
});
export type PortalState = z.infer<typeof portalState>;

const portalContext = z.object({
  /** Every engagement the user may choose; asked for, never cached. */
  engagements: aged(z.array(engagement).max(1000)),
  /** Chosen: by the operator, or because there is but one. */
  engagement: aged(engagement),
  /** The user has several engagements and none is chosen yet. */
  mustChoose: z.boolean(),
  ipcEngagementId: aged(z.number()),
  endpoints: aged(z.array(endpoint).max(1000)),
  businessUnits: aged(z.array(businessUnit).max(5000)),
  environments: aged(z.array(environment).max(5000)),
  zones: aged(z.array(zone).max(5000)),
});
export type PortalContext = z.infer<typeof portalContext>;

/** Whose list it is: another window may have chosen another engagement since the page drew its name. */
const engagementId = z.int();

const ofUser = z.strictObject({ user: userRef });

/** The portal on behalf of one user at a time: a request carries that user's token and no other's. */
export const portalContract = {
  'portal.state': feed('viewer', portalState),
  /** Takes a user's own token, kept in memory of main until they sign out or the app ends. */
  'portal.signIn': call(
    'operator',
    z.strictObject({ email: z.string().min(3).max(254), token: z.string().min(8).max(8000) }),
    z.object({ user: userRef }),
  ),
  /** Forgets token and session of a user; what is in flight for them is cancelled. */
  'portal.signOut': call('operator', ofUser, nothing),
  /** The user's context, field by field from the session store. */
  'portal.context': call('viewer', ofUser, portalContext),
  /** Another engagement: everything known of the one before is dropped first. */
  'portal.chooseEngagement': call(
    'operator',
    z.strictObject({ user: userRef, engagementId: z.int() }),
    portalContext,
  ),
  /** Never cached in main. `syncedAt`: the portal's own age of its list. */
  'portal.vms': call(
    'viewer',
    ofUser,
    z.object({
      vms: z.array(virtualMachine).max(20_000),
      syncedAt: timestamp.nullable(),
      /**
       * How sure `syncedAt` is. `assumed-utc`: the portal wrote no zone. `unknown`: read as UTC it lies in the future, so
       * it is not told. null: the portal does not say.
       */
      syncedZone: z.enum(['stated', 'assumed-utc', 'unknown']).nullable(),
      loadedAt: timestamp,
      engagementId,
    }),
  ),
  /** Never cached in main. Data centre by data centre; resolves when the portal's stream is complete. */
  'portal.clusters': call(
    'viewer',
    ofUser,
    z.object({
      sites: z.array(clusterSite).max(1000),
      loadedAt: timestamp,
      engagementId,
      /** false: the stream ended before every site had answered. */
      complete: z.boolean(),
    }),
  ),
} as const;
