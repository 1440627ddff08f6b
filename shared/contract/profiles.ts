import { z } from 'zod';
import { backendKinds, secretNames } from '../model/profiles.ts';
import { failureCodes } from '../model/reading.ts';
import { pollChoices } from '../model/settings.ts';
import { call, feed } from '../rpc/define.ts';
import { nothing, resourceKey } from './parts.ts';
import { savedDocument } from './diagnostics.ts';

const address = {
  /** http or https, without credentials or query. */
  url: z.string().max(2000),
  /** Plain http to another machine is refused unless the operator says so. */
  allowHttp: z.boolean(),
} as const;

/** One named connection, without its secrets. A backend that is null is not part of it. */
export const profileDraft = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** Marks a profile whose destructive actions ask for its name. */
  production: z.boolean(),
  orchestrator: z.strictObject(address).nullable(),
  portal: z
    .strictObject({
      ...address,
      /** The account of the service login; null: users paste their own tokens. */
      email: z.string().max(254).nullable(),
      /** Cluster lists live under `/uat-paasservice` on some portals. */
      uatPaths: z.boolean(),
    })
    .nullable(),
  workstations: z.strictObject({ ...address, user: z.string().max(100).nullable() }).nullable(),
  /** null: the app's own interval. */
  pollSeconds: z.literal(pollChoices).nullable(),
  /** Seconds; what is not named keeps its default. */
  ttlSeconds: z.partialRecord(resourceKey, z.number().min(0).max(86_400)),
});
export type ProfileDraft = z.infer<typeof profileDraft>;

/** Secrets as typed. Not named: unchanged; null: forget it. They travel to main only. */
export const secretsInput = z.partialRecord(z.enum(secretNames), z.string().min(1).max(4000).nullable());
export type SecretsInput = z.infer<typeof secretsInput>;

const secretStates = ['none', 'stored', 'environment', 'unreadable'] as const;

const profile = z.object({
  ...profileDraft.shape,
  id: z.string(),
  /** Only stored ones can be changed. */
  kind: z.enum(['demo', 'environment', 'stored']),
  secrets: z.record(z.enum(secretNames), z.enum(secretStates)),
});
export type Profile = z.infer<typeof profile>;

const profilesState = z.object({
  /** At most 50 stored ones, the demo, and the environment's. */
  profiles: z.array(profile).max(52),
  active: z.string(),
  /** Rises with every connection that is made: a page drops what it knew of the one before. */
  generation: z.number(),
  /** Where the active profile is connected: the embedded demo's address, or the orchestrator's. null: to none. */
  url: z.string().nullable(),
  /** Why the active profile could not be connected at all; null: it is. */
  fault: z.string().nullable(),
  /** Nothing was ever chosen: the page asks whether to use the demo or to connect. */
  firstRun: z.boolean(),
  /** How secrets are kept. `weak`: readable by whoever reads the file; saving then needs the operator's consent. */
  secretStorage: z.object({ protection: z.enum(['keychain', 'weak', 'file', 'none']), sentence: z.string() }),
});
export type ProfilesState = z.infer<typeof profilesState>;

const testResult = z.object({
  backend: z.enum(backendKinds),
  ok: z.boolean(),
  code: z.enum(failureCodes).nullable(),
  /** What was found, or why not and what to do, in plain words. */
  sentence: z.string(),
  ms: z.number(),
});
export type TestResult = z.infer<typeof testResult>;

const byId = z.strictObject({ id: z.string().max(100) });

export const profilesContract = {
  'profiles.state': feed('viewer', profilesState),
  /**
   * Stores a profile: a new one with `id` null. The active one is connected anew. `conflict`: the name is taken, or
   * secrets would be kept weakly and `acceptWeak` is false.
   */
  'profiles.save': call(
    'admin',
    z.strictObject({
      id: z.string().max(100).nullable(),
      draft: profileDraft,
      secrets: secretsInput,
      acceptWeak: z.boolean(),
    }),
    z.object({ id: z.string() }),
  ),
  /** Removes a profile and its secrets; the active one gives way to the demo. */
  'profiles.remove': call('admin', byId, nothing),
  /** Aborts what is in flight, forgets every value, connects the other. */
  'profiles.activate': call('admin', byId, nothing),
  /** Asks each backend of a draft once, reading only. Secrets that are not typed are taken from profile `id`. */
  'profiles.test': call(
    'admin',
    z.strictObject({ id: z.string().max(100).nullable(), draft: profileDraft, secrets: secretsInput }),
    z.object({ results: z.array(testResult).max(3) }),
  ),
  /** Every stored profile, without secrets. */
  'profiles.export': call('operator', nothing, savedDocument),
  /** Adds the profiles of an exported file beside the present ones. */
  'profiles.import': call(
    'admin',
    z.strictObject({ text: z.string().max(60_000) }),
    z.object({ added: z.array(z.object({ id: z.string(), name: z.string() })) }),
  ),
} as const;
