import { z } from 'zod';
import { profileDraft } from '../../../shared/contract/profiles.ts';
import { resourceKeys } from '../../../shared/model/resources.ts';

/** Most profiles that are stored. */
export const maxProfiles = 50;

const { orchestrator, portal, workstations, ttlSeconds } = profileDraft.shape;

/**
 * A draft as read from a file: fields that a page may not send are dropped instead of refused, because other releases
 * write other fields, and because one that looks like a secret has no business there.
 */
export const draftFromFile = profileDraft
  .extend({
    orchestrator: orchestrator.unwrap().strip().nullable(),
    portal: portal.unwrap().strip().nullable(),
    workstations: workstations.unwrap().strip().nullable(),
    ttlSeconds: z.preprocess(knownResources, ttlSeconds),
  })
  .strip();

const storedProfile = draftFromFile.extend({ id: z.string().min(1).max(100) });
export type StoredProfile = z.infer<typeof storedProfile>;

/** The document of all profiles, without any secret. */
const storedProfiles = z.object({
  /** Id of the profile that was chosen last, which may be one that is not stored; null: none ever was. */
  active: z.string().max(100).nullable(),
  /** The operator has chosen at least once. */
  chosen: z.boolean(),
  profiles: z.array(storedProfile).max(maxProfiles),
});
export type StoredProfiles = z.infer<typeof storedProfiles>;

const defaults: StoredProfiles = { active: null, chosen: false, profiles: [] };

/** What `openDocument` is told of it, but for where it is kept. */
export const profilesDocument = {
  name: 'profiles',
  area: 'profiles' as const,
  schema: storedProfiles,
  defaults,
  format: 1,
  migrations: [],
};

function knownResources(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => resourceKeys.some((one) => one === key)));
}
