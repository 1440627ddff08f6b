import { z } from 'zod';
import { StoreError } from '../storage/store-file.ts';
import type { StoredDocument } from '../storage/document.ts';

/** How many are remembered: what is older than all of these is not offered again. */
const most = 50;

const toldVersions = z.object({
  /** Versions that were told, oldest first. */
  told: z.array(z.string().max(256)).max(most),
});
export type ToldVersions = z.infer<typeof toldVersions>;

/** The document of what was told of updates, so that a restart repeats nothing. */
export const updatesDocument = {
  name: 'updates',
  area: 'settings',
  schema: toldVersions,
  defaults: { told: [] as string[] },
  format: 1,
  migrations: [],
} as const;

/** Whether `version` is still to be told; from now on it is not. What cannot be kept counts until the app ends. */
export function tellOnce(document: StoredDocument<ToldVersions>, version: string): boolean {
  const { told } = document.value;
  if (told.includes(version)) return false;
  try {
    document.set({ told: [...told, version].slice(-most) });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error; // the document has reported that it keeps nothing
  }
  return true;
}
