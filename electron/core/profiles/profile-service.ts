import type {
  Profile,
  ProfileDraft,
  ProfilesState,
  SecretsInput,
} from '../../../shared/contract/profiles.ts';
import { demoProfileId, environmentProfileId, secretNames } from '../../../shared/model/profiles.ts';
import type { SecretName } from '../../../shared/model/profiles.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { StoredDocument } from '../storage/document.ts';
import type { Problems } from '../storage/problems.ts';
import { StoreError } from '../storage/store-file.ts';
import { checkDraft, checkSecrets, sameOrigin } from './check-draft.ts';
import type { EnvironmentProfile } from './environment.ts';
import { demoName, freeName, isReserved, profileIdNamed, sameName } from './names.ts';
import { ProfileSecrets } from './profile-secrets.ts';
import { backendOfSecret, eachSecret, usesSecret } from './secrets-of-profile.ts';
import type { Secrets } from './secrets-of-profile.ts';
import { maxProfiles } from './stored.ts';
import type { StoredProfile, StoredProfiles } from './stored.ts';
import { exportProfiles, readExported } from './transfer.ts';

interface ProfileServiceOptions {
  readonly document: StoredDocument<StoredProfiles>;
  readonly secrets: SecretStore;
  readonly environment: EnvironmentProfile | null;
  /** What `CACHEDECK_PROFILE` or `--profile` names. It decides for this run and is never stored. */
  readonly wanted: string | null;
  /** A new id, unlike any before. */
  readonly newId: () => string;
  readonly problems: Problems;
  /** Called with every secret that passes, so that no log line shows it. */
  readonly onSecret: (secret: string) => void;
}

/** What became of which profile. */
export interface ProfileChange {
  readonly kind: 'added' | 'changed' | 'removed' | 'imported' | 'activated';
  readonly id: string;
  readonly name: string;
}

interface SaveInput {
  /** null: a new profile. */
  readonly id: string | null;
  readonly draft: ProfileDraft;
  readonly secrets: SecretsInput;
  /** Secrets may be kept so that whoever reads the file reads them. */
  readonly acceptWeak: boolean;
}

const demoDraft: ProfileDraft = {
  name: demoName,
  production: false,
  orchestrator: null,
  portal: null,
  workstations: null,
  pollSeconds: null,
  ttlSeconds: {},
};

/** The profiles there are, which of them is active, and their secrets. */
export class ProfileService {
  readonly #options: ProfileServiceOptions;
  readonly #secrets: ProfileSecrets;
  readonly #listeners = new Set<(change: ProfileChange) => void>();
  #active: string;
  /** One after the other: sealing takes time, and no secret may outlive its profile or come back. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws Error with a sentence when `wanted` names no profile. */
  constructor(options: ProfileServiceOptions) {
    this.#options = options;
    const { environment, wanted } = options;
    this.#secrets = new ProfileSecrets(options);
    this.#active =
      wanted === null
        ? environment
          ? environmentProfileId
          : this.#lastChosen()
        : profileIdNamed(wanted, { hasEnvironment: environment !== null, stored: this.#stored });
  }

  get activeId(): string {
    return this.#active;
  }

  /** Nothing was ever chosen, and nobody has decided by a variable or flag. */
  get firstRun(): boolean {
    const { document, environment, wanted } = this.#options;
    return !document.value.chosen && environment === null && wanted === null;
  }

  get secretStorage(): ProfilesState['secretStorage'] {
    const { kind, sentence } = this.#options.secrets.protection;
    return { protection: kind, sentence };
  }

  /** The demo, the environment's, then the stored ones by name. */
  list(): Profile[] {
    const { environment } = this.#options;
    const none = eachSecret(() => 'none' as const);
    const listed: Profile[] = [{ ...demoDraft, id: demoProfileId, kind: 'demo', secrets: none }];
    if (environment) {
      const secrets = eachSecret((name) => (environment.secrets[name] === null ? 'none' : 'environment'));
      listed.push({ ...environment.draft, id: environmentProfileId, kind: 'environment', secrets });
    }
    const stored = this.#stored.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
    for (const profile of stored) {
      listed.push({ ...profile, kind: 'stored', secrets: this.#secrets.states(profile.id) });
    }
    return listed;
  }

  /** @throws RpcError `not-found` */
  find(id: string): Profile {
    const found = this.list().find((one) => one.id === id);
    if (!found) throw new RpcError('not-found', 'There is no such profile any more.');
    return found;
  }

  /**
   * Stores a profile and the secrets that are named. Secrets it has no use for any more are forgotten, and so are those
   * of a backend that is another server now.
   * @returns its id
   * @throws RpcError `bad-request` for an address or key that cannot be used; `conflict` for a name that is taken, one
   * profile too many, weak storage without consent, a profile that is not stored; `not-found`; `unavailable` when it
   * could not be written to disk: it counts until the app ends all the same.
   */
  save(input: SaveInput): Promise<string> {
    return this.#inTurn(() => this.#save(input));
  }

  async #save({ id, draft, secrets, acceptWeak }: SaveInput): Promise<string> {
    if (id !== null) this.#requireStored(id);
    const checked = checkDraft(draft);
    this.#requireFreeName(checked.name, id);
    const typed = checkSecrets(checked, secrets);
    this.#requireConsent(typed, acceptWeak);
    if (id === null) this.#requireRoom(1);

    const profile: StoredProfile = { ...checked, id: id ?? this.#options.newId() };
    const before = this.#stored.find((one) => one.id === profile.id);
    const others = this.#stored.filter((one) => one.id !== profile.id);
    const kept: (StoreError | null)[] = [];
    // Before the new address is written, so that no crash between the two leaves an old secret with it.
    for (const name of secretNames) {
      if (!mayKeep(name, before, checked)) kept.push(await this.#keepSecret(profile.id, name, null));
    }
    kept.push(await this.#keep(() => this.#write({ profiles: [...others, profile] })));
    for (const name of secretNames) {
      const value = usesSecret(checked, name) ? typed[name] : undefined;
      if (value !== undefined) kept.push(await this.#keepSecret(profile.id, name, value));
    }
    this.#tell({ kind: id === null ? 'added' : 'changed', id: profile.id, name: profile.name });
    throwFirst(kept);
    return profile.id;
  }

  /**
   * Removes a profile and its secrets. The active one gives way to the demo.
   * @throws RpcError `not-found`; `conflict` for one that is not stored; `unavailable` as for `save`.
   */
  remove(id: string): Promise<void> {
    return this.#inTurn(() => this.#remove(id));
  }

  async #remove(id: string): Promise<void> {
    const { name } = this.#requireStored(id);
    const profiles = this.#stored.filter((one) => one.id !== id);
    const active = this.#active === id ? demoProfileId : this.#active;
    const chosen = this.#options.document.value.active;
    this.#active = active;
    const kept = [
      await this.#keep(() => this.#write({ profiles, active: chosen === id ? demoProfileId : chosen })),
    ];
    for (const secret of secretNames) kept.push(await this.#keepSecret(id, secret, null));
    this.#tell({ kind: 'removed', id, name });
    throwFirst(kept);
  }

  /**
   * Makes a profile the active one, now and at the next start. When that cannot be stored it counts until the app ends,
   * which the list of problems tells.
   * @throws RpcError `not-found`
   */
  activate(id: string): void {
    const { name } = this.find(id);
    this.#active = id;
    try {
      this.#write({ active: id, chosen: true });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
    this.#tell({ kind: 'activated', id, name });
  }

  /**
   * A profile's secrets in the open, for connecting it. One that cannot be opened is told as a problem, kept where it is,
   * and counts as none.
   * @throws RpcError `not-found`
   */
  async secretsOf(id: string): Promise<Secrets> {
    return this.#secrets.of(this.find(id));
  }

  /**
   * The secrets to test a draft with: those typed, else those of profile `id`. A stored one only goes to the address it
   * was stored for, so that nobody reads it by testing an address of their own; otherwise it is withheld.
   * @throws RpcError `not-found`; `bad-request` for a key that cannot be sent.
   */
  async secretsForTest(
    id: string | null,
    draft: ProfileDraft,
    typed: SecretsInput,
  ): Promise<{ readonly secrets: Secrets; readonly withheld: readonly SecretName[] }> {
    return this.#secrets.forTest(id === null ? null : this.find(id), draft, typed);
  }

  /** Every stored profile as a file, without ids and secrets. */
  exportText(): string {
    return exportProfiles(this.#stored);
  }

  /**
   * Adds the profiles of an exported file beside the present ones: all of them or none.
   * @throws RpcError `bad-request`; `conflict` when there would be too many; `unavailable` as for `save`.
   */
  importText(text: string): { readonly id: string; readonly name: string }[] {
    const drafts = readExported(text).map(checkImported);
    this.#requireRoom(drafts.length);
    const taken = this.list().map(({ name }) => name);
    const added = drafts.map((draft): StoredProfile => {
      const name = freeName(draft.name, taken);
      taken.push(name);
      return { ...draft, name, id: this.#options.newId() };
    });
    try {
      this.#write({ profiles: [...this.#stored, ...added] });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      throw new RpcError('unavailable', error.message);
    } finally {
      for (const { id, name } of added) this.#tell({ kind: 'imported', id, name });
    }
    return added.map(({ id, name }) => ({ id, name }));
  }

  /** Calls `listener` after each change, also one that is not kept. Returns the way to stop. */
  onChange(listener: (change: ProfileChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  get #stored(): readonly StoredProfile[] {
    return this.#options.document.value.profiles;
  }

  #lastChosen(): string {
    const { active } = this.#options.document.value;
    return this.#stored.find(({ id }) => id === active)?.id ?? demoProfileId;
  }

  #write(change: Partial<StoredProfiles>): void {
    const { document } = this.#options;
    document.set({ ...document.value, ...change });
  }

  #requireStored(id: string): Profile {
    const profile = this.find(id);
    switch (profile.kind) {
      case 'stored':
        return profile;
      case 'demo':
        throw new RpcError('conflict', 'The demo profile cannot be changed.');
      case 'environment':
        throw new RpcError('conflict', 'This profile comes from environment variables; change it there.');
    }
  }

  #requireFreeName(name: string, id: string | null): void {
    if (isReserved(name)) {
      throw new RpcError('conflict', `The name ${name} is reserved; choose another.`, ['draft.name']);
    }
    const taken = this.list().some((one) => one.id !== id && sameName(one.name, name));
    if (taken) throw new RpcError('conflict', 'Another profile has this name.', ['draft.name']);
  }

  #requireRoom(added: number): void {
    if (this.#stored.length + added <= maxProfiles) return;
    throw new RpcError('conflict', `At most ${maxProfiles} profiles can be stored; remove one first.`);
  }

  #requireConsent(typed: SecretsInput, acceptWeak: boolean): void {
    const keeps = Object.values(typed).some((value) => typeof value === 'string');
    const { kind, sentence } = this.#options.secrets.protection;
    if (keeps && kind === 'weak' && !acceptWeak) {
      throw new RpcError('conflict', `${sentence} Agree to that, or save without secrets.`);
    }
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(change);
    this.#turn = Promise.allSettled([done]); // a failure is told to whoever asked
    return done;
  }

  #keepSecret(profileId: string, name: SecretName, value: string | null): Promise<StoreError | null> {
    return this.#keep(() => this.#secrets.keep(profileId, name, value));
  }

  /** Returns why something is not kept; null: it is. */
  async #keep(write: () => void | Promise<void>): Promise<StoreError | null> {
    try {
      await write();
      return null;
    } catch (error) {
      if (error instanceof StoreError) return error;
      throw error;
    }
  }

  #tell(change: ProfileChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** @throws RpcError `bad-request` that names the place in the file instead of a field of a form. */
function checkImported(draft: ProfileDraft, index: number): ProfileDraft {
  try {
    return checkDraft(draft);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    throw new RpcError('bad-request', `Profile ${index + 1} of the file: ${error.message}`);
  }
}

/** Whether a secret that is stored still has a use, and the server it was given for is the one it would go to. */
function mayKeep(name: SecretName, before: ProfileDraft | undefined, now: ProfileDraft): boolean {
  const backend = backendOfSecret[name];
  return usesSecret(now, name) && (!before || sameOrigin(before[backend]?.url, now[backend]?.url));
}

function throwFirst(kept: readonly (StoreError | null)[]): void {
  const refused = kept.find((one) => one !== null);
  if (refused) throw new RpcError('unavailable', refused.message);
}
