import type { ProfilesState } from '../../../shared/contract/profiles.ts';
import type { SecretName } from '../../../shared/model/profiles.ts';

/** How secrets are kept, in a word and in a sentence for the operator. */
export interface Protection {
  readonly kind: ProfilesState['secretStorage']['protection'];
  readonly sentence: string;
}

/** Names one secret. */
export interface SecretRef {
  readonly profileId: string;
  readonly name: SecretName;
}

/** Where secrets of stored profiles are kept. */
export interface SecretStore {
  /** How they are kept at present. */
  readonly protection: Protection;
  /** `unreadable`: something is kept, but the last try to open it failed. Cheap; opens nothing. */
  state(ref: SecretRef): 'none' | 'stored' | 'unreadable';
  /** null: there is none, or it cannot be opened; `state` tells which. What cannot be opened stays where it is. */
  get(ref: SecretRef): Promise<string | null>;
  /**
   * Keeps a secret; null forgets it.
   * @throws StoreError when it cannot be written to disk; it counts until the app ends, and the message says so.
   */
  set(ref: SecretRef, value: string | null): Promise<void>;
}

/** Makes a secret unreadable for others, and readable again. */
export interface SecretBox {
  readonly protection: Protection;
  seal(text: string): Promise<string>;
  /**
   * `stale`: it should be sealed anew, because the key changed or a better one is there.
   * @throws Error when it cannot be opened: another account's, another machine's, a locked keychain.
   */
  open(sealed: string): Promise<{ readonly text: string; readonly stale: boolean }>;
}
