import type { ProfileDraft, SecretsInput } from '../../../shared/contract/profiles.ts';
import { backendKinds, backendTitles } from '../../../shared/model/profiles.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import { addressFault } from './address.ts';

/**
 * A draft as it is stored.
 * @throws RpcError `bad-request`
 */
export function checkDraft(draft: ProfileDraft): ProfileDraft {
  const checked = { ...draft, name: draft.name.trim() };
  if (!isPlainLine(checked.name)) {
    throw new RpcError('bad-request', 'The name holds characters that cannot be seen; type it anew.', [
      'draft.name',
    ]);
  }
  for (const kind of backendKinds) {
    const backend = draft[kind];
    if (!backend) continue;
    const fault = addressFault(backend, `The address of the ${backendTitles[kind].toLowerCase()}`);
    if (fault !== null) throw new RpcError('bad-request', fault, [`draft.${kind}.url`]);
    Object.assign(checked, { [kind]: { ...backend, url: backend.url.trim() } });
  }
  if (backendKinds.every((kind) => draft[kind] === null)) {
    throw new RpcError('bad-request', 'A profile needs the address of at least one backend.');
  }
  return checked;
}

/**
 * Whether a name can be read in a list and told in a terminal: something to see in it, no control characters, none that
 * turn the direction of what follows, no half characters.
 */
function isPlainLine(name: string): boolean {
  const seen = /[^\p{Z}\p{Cf}]/u.test(name);
  return seen && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(name);
}

/**
 * Secrets as they are stored: a key is pasted with spaces around it more often than it has any.
 * @throws RpcError `bad-request` for a key that no request could carry.
 */
export function checkSecrets(draft: ProfileDraft, typed: SecretsInput): SecretsInput {
  const key = typed.orchestratorKey?.trim();
  if (!draft.orchestrator || key === undefined) return typed;
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new RpcError('bad-request', 'The API key holds characters that no HTTP header can carry.', [
      'secrets.orchestratorKey',
    ]);
  }
  return { ...typed, orchestratorKey: key };
}

/** Whether two addresses are the same server; false when either is none. */
export function sameOrigin(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [URL.parse(one ?? ''), URL.parse(other ?? '')];
  return a !== null && b !== null && a.origin === b.origin;
}
