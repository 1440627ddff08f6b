import type { Client } from '../../../shared/rpc/client.ts';
import type { FormState } from './draft.ts';

export interface Unsaved {
  readonly form: FormState;
  /** What it was before anything was typed. */
  readonly first: FormState;
}

/**
 * What was typed and neither saved nor discarded, by profile. The page is drawn anew when main makes another
 * connection, which another window can ask for: a form that is open then goes on where it was.
 */
const drafts = new WeakMap<Client, Map<string, Unsaved>>();

export function unsavedDraft(client: Client, id: string): Unsaved | undefined {
  return drafts.get(client)?.get(id);
}

export function keepDraft(client: Client, id: string, draft: Unsaved): void {
  const known = drafts.get(client) ?? new Map<string, Unsaved>();
  drafts.set(client, known.set(id, draft));
}

export function dropDraft(client: Client, id: string): void {
  drafts.get(client)?.delete(id);
}
