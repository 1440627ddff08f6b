import type { ProfileDraft } from '../../../shared/contract/profiles.ts';
import { secretNames } from '../../../shared/model/profiles.ts';
import type { BackendKind, SecretName } from '../../../shared/model/profiles.ts';

/** The secrets of one profile in the open; null: there is none. Stays in main. */
export type Secrets = Readonly<Record<SecretName, string | null>>;

export const noSecrets: Secrets = { orchestratorKey: null, portalPassword: null, workstationsPassword: null };

export const backendOfSecret: Readonly<Record<SecretName, BackendKind>> = {
  orchestratorKey: 'orchestrator',
  portalPassword: 'portal',
  workstationsPassword: 'workstations',
};

/** How sentences name each secret. */
export const secretTitles: Readonly<Record<SecretName, string>> = {
  orchestratorKey: 'API key of the orchestrator',
  portalPassword: 'password of the portal',
  workstationsPassword: 'password of the workstation manager',
};

/** A record with a value for each secret. */
export function eachSecret<T>(valueOf: (name: SecretName) => T): Record<SecretName, T> {
  return Object.fromEntries(secretNames.map((name) => [name, valueOf(name)])) as Record<SecretName, T>;
}

/** Whether a profile has a use for a secret: it connects the backend, under an account where one is needed. */
export function usesSecret(draft: ProfileDraft, name: SecretName): boolean {
  switch (name) {
    case 'orchestratorKey':
      return draft.orchestrator !== null;
    case 'portalPassword':
      return draft.portal !== null && draft.portal.email !== null;
    case 'workstationsPassword':
      return draft.workstations !== null && draft.workstations.user !== null;
  }
}
