import type { Profile, ProfileDraft, SecretsInput } from '../../../shared/contract/profiles.ts';
import { secretNames } from '../../../shared/model/profiles.ts';
import type { SecretName } from '../../../shared/model/profiles.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Problems } from '../storage/problems.ts';
import { checkSecrets, sameOrigin } from './check-draft.ts';
import type { EnvironmentProfile } from './environment.ts';
import { backendOfSecret, eachSecret, noSecrets, secretTitles, usesSecret } from './secrets-of-profile.ts';
import type { Secrets } from './secrets-of-profile.ts';

interface ProfileSecretsOptions {
  readonly secrets: SecretStore;
  readonly environment: EnvironmentProfile | null;
  readonly problems: Problems;
  readonly onSecret: (secret: string) => void;
}

/** Which secrets belong to which profile, wherever it comes from. */
export class ProfileSecrets {
  readonly #options: ProfileSecretsOptions;

  constructor(options: ProfileSecretsOptions) {
    this.#options = options;
    const { environment, onSecret } = options;
    for (const secret of Object.values(environment?.secrets ?? {})) if (secret !== null) onSecret(secret);
  }

  /** Of a stored profile. Opens nothing. */
  states(profileId: string): Profile['secrets'] {
    return eachSecret((name) => this.#options.secrets.state({ profileId, name }));
  }

  /** In the open. One that cannot be opened is told as a problem and counts as none. */
  async of({ id, kind, name }: Profile): Promise<Secrets> {
    const { environment, secrets } = this.#options;
    if (kind !== 'stored') return kind === 'environment' && environment ? environment.secrets : noSecrets;
    const found = { ...noSecrets };
    for (const secret of secretNames) {
      const ref = { profileId: id, name: secret };
      found[secret] = await secrets.get(ref);
      this.#tellReadable(id, name, secret, secrets.state(ref) !== 'unreadable');
    }
    return found;
  }

  async forTest(
    known: Profile | null,
    draft: ProfileDraft,
    input: SecretsInput,
  ): Promise<{ readonly secrets: Secrets; readonly withheld: readonly SecretName[] }> {
    const typed = checkSecrets(draft, input);
    const stored = known === null ? noSecrets : await this.of(known);
    const withheld: SecretName[] = [];
    const secrets = eachSecret((name) => {
      const own = typed[name];
      if (own) this.#options.onSecret(own);
      if (!usesSecret(draft, name)) return null;
      if (own !== undefined) return own;
      const backend = backendOfSecret[name];
      if (stored[name] === null || sameOrigin(known?.[backend]?.url, draft[backend]?.url))
        return stored[name];
      withheld.push(name);
      return null;
    });
    return { secrets, withheld };
  }

  /**
   * Keeps a secret of a stored profile; null forgets it.
   * @throws StoreError when it only counts until the app ends.
   */
  keep(profileId: string, name: SecretName, value: string | null): Promise<void> {
    this.#options.problems.remove(problemId(profileId, name));
    return this.#options.secrets.set({ profileId, name }, value);
  }

  #tellReadable(id: string, profile: string, secret: SecretName, readable: boolean): void {
    const { problems } = this.#options;
    if (readable) return problems.remove(problemId(id, secret));
    problems.report({
      id: problemId(id, secret),
      area: 'secrets',
      title: `The ${secretTitles[secret]} cannot be read`,
      text: `What is stored for the profile ${profile} cannot be opened on this machine or by this account. The profile works without it; it stays where it is until another is typed in the profile’s form.`,
    });
  }
}

function problemId(profileId: string, name: SecretName): string {
  return `secret:${profileId}:${name}`;
}
