import type { Client } from '../../../shared/rpc/client.ts';
import type { FormState } from './draft.ts';

/**
 * What was typed and neither saved nor discarded, by profile. The page is drawn anew when main makes another
 * connection, which another window can ask for: a form that is open then goes on where it was.
 */
const drafts = new WeakMap<Client, Map<string, FormState>>();

export function unsavedDraft(client: Client, id: string): FormState | undefined {
  return drafts.get(client)?.get(id);
}

export function keepDraft(client: Client, id: string, form: FormState): void {
  const known = drafts.get(client) ?? new Map<string, FormState>();
  drafts.set(client, known.set(id, form));
}

export function dropDraft(client: Client, id: string): void {
  drafts.get(client)?.delete(id);
}
