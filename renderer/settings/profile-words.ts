import type { Profile } from '../../shared/contract/profiles.ts';
import type { BackendKind, SecretName } from '../../shared/model/profiles.ts';

export type SecretState = Profile['secrets'][SecretName];

/** The secret of each kind of backend. */
export const secretOf: Readonly<Record<BackendKind, SecretName>> = {
  orchestrator: 'orchestratorKey',
  portal: 'portalPassword',
  workstations: 'workstationsPassword',
};

/** What a secret is called within a sentence. */
export const secretTitles: Readonly<Record<SecretName, string>> = {
  orchestratorKey: 'API key',
  portalPassword: 'password',
  workstationsPassword: 'password',
};

/** Where a profile's secret is, after its address. */
export function secretWords(name: SecretName, state: SecretState): string {
  const title = secretTitles[name];
  switch (state) {
    case 'none':
      return `no ${title}`;
    case 'stored':
      return `${title} stored`;
    case 'environment':
      return `${title} from the environment`;
    case 'unreadable':
      return `${title} cannot be read: enter it again`;
  }
}
