import { z } from 'zod';
import type { ProfileDraft } from '../../../shared/contract/profiles.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { draftFromFile, maxProfiles } from './stored.ts';
import type { StoredProfile } from './stored.ts';

const format = 'cachedeck-profiles';
const version = 1;

const header = z.object({ format: z.literal(format), version: z.int().min(1) });
const content = z.object({ profiles: z.array(draftFromFile).max(maxProfiles) });

/** The text of an exported file: every profile as its form shows it, without id and without secrets. */
export function exportProfiles(profiles: readonly StoredProfile[]): string {
  const drafts = profiles.map((profile) => draftFromFile.parse(profile)); // which drops the id
  return `${JSON.stringify({ format, version, profiles: drafts }, null, 2)}\n`;
}

/**
 * The drafts in an exported file. Whatever else stands in it, secrets included, is ignored.
 * @throws RpcError `bad-request` with a sentence that repeats nothing of the file.
 */
export function readExported(text: string): ProfileDraft[] {
  const file = header.safeParse(parse(text));
  if (!file.success) throw new RpcError('bad-request', 'This is not a file of exported Cachedeck profiles.');
  if (file.data.version > version) {
    throw new RpcError(
      'bad-request',
      'This file was exported by a newer release of Cachedeck. Update, then import it.',
    );
  }
  const read = content.safeParse(parse(text));
  if (read.success) return read.data.profiles;
  const place = read.error.issues[0]?.path.join('.') ?? 'profiles';
  throw new RpcError('bad-request', `The file was changed so that it cannot be used (at ${place}).`);
}

/** undefined, which JSON cannot hold, for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
