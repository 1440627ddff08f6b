import { z } from 'zod';
import type { StoredDocument } from '../storage/document.ts';
import { StoreError } from '../storage/store-file.ts';
import type { Protection, SecretBox, SecretRef, SecretStore } from './secret-store.ts';

/** The document of all secrets: sealed texts by `<profile id>/<name>`. */
const storedSecrets = z.object({ sealed: z.record(z.string().max(200), z.string().max(40_000)) });
export type StoredSecrets = z.infer<typeof storedSecrets>;

const defaults: StoredSecrets = { sealed: {} };

/** What `openDocument` is told of it, but for where it is kept. */
export const secretsDocument = {
  name: 'secrets',
  area: 'secrets' as const,
  schema: storedSecrets,
  defaults,
  format: 1,
  migrations: [],
};

const memoryOnly: Protection = {
  kind: 'none',
  sentence: 'Secrets cannot be kept here: they are forgotten when Cachedeck ends.',
};

interface SealedSecretsOptions {
  readonly document: StoredDocument<StoredSecrets>;
  /** null: nothing can be sealed, so new secrets stay in memory. */
  readonly box: SecretBox | null;
  /** Called with every secret that passes, so that no log line shows it. */
  readonly onSecret: (secret: string) => void;
}

/** Secrets in one document, each sealed on its own. */
export class SealedSecrets implements SecretStore {
  readonly #document: StoredDocument<StoredSecrets>;
  readonly #box: SecretBox | null;
  readonly #onSecret: (secret: string) => void;
  readonly #unreadable = new Set<string>();
  /** What cannot be sealed at all. */
  readonly #memory = new Map<string, string>();

  constructor({ document, box, onSecret }: SealedSecretsOptions) {
    this.#document = document;
    this.#box = box;
    this.#onSecret = onSecret;
  }

  get protection(): Protection {
    return this.#box && this.#document.persistent ? this.#box.protection : memoryOnly;
  }

  state(ref: SecretRef): 'none' | 'stored' | 'unreadable' {
    const key = keyOf(ref);
    if (this.#memory.has(key)) return 'stored';
    if (this.#sealed(key) === null) return 'none';
    return this.#box === null || this.#unreadable.has(key) ? 'unreadable' : 'stored';
  }

  async get(ref: SecretRef): Promise<string | null> {
    const key = keyOf(ref);
    const sealed = this.#sealed(key);
    const text = this.#memory.get(key) ?? (sealed === null ? null : await this.#open(key, sealed));
    if (text !== null) this.#onSecret(text);
    return text;
  }

  async set(ref: SecretRef, value: string | null): Promise<void> {
    if (value !== null) this.#onSecret(value);
    const key = keyOf(ref);
    const sealed = value === null ? null : await this.#seal(value);
    this.#unreadable.delete(key);
    this.#memory.delete(key);
    if (value !== null && sealed === null) this.#memory.set(key, value);
    if (sealed !== null || this.#sealed(key) !== null) this.#write(key, sealed);
    if (this.#box && value !== null && sealed === null) {
      throw new StoreError(
        'The secret counts until Cachedeck ends but is not kept: it could not be encrypted.',
      );
    }
  }

  /** null: only memory can keep it. */
  async #seal(value: string): Promise<string | null> {
    // The reason is left out for the same cause as below.
    return this.#box ? await this.#box.seal(value).catch(() => null) : null;
  }

  async #open(key: string, sealed: string): Promise<string | null> {
    if (!this.#box) return null;
    // The reason is left out: what a keychain says is not ours to know, and may name the secret.
    const opened = await this.#box.open(sealed).catch(() => null);
    if (opened === null) {
      this.#unreadable.add(key);
      return null;
    }
    this.#unreadable.delete(key);
    if (opened.stale) await this.#sealAnew(key, sealed, opened.text);
    return opened.text;
  }

  async #sealAnew(key: string, old: string, text: string): Promise<void> {
    const sealed = await this.#seal(text);
    // Another secret may have come in its place meanwhile; and the old seal still opens.
    if (sealed === null || this.#sealed(key) !== old) return;
    try {
      this.#write(key, sealed);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error; // the document tells it; the old seal still opens
    }
  }

  #sealed(key: string): string | null {
    const { sealed } = this.#document.value;
    return Object.hasOwn(sealed, key) ? (sealed[key] ?? null) : null;
  }

  #write(key: string, sealed: string | null): void {
    const others = Object.entries(this.#document.value.sealed).filter(([one]) => one !== key);
    this.#document.set({ sealed: Object.fromEntries(sealed === null ? others : [...others, [key, sealed]]) });
  }
}

function keyOf({ profileId, name }: SecretRef): string {
  return `${profileId}/${name}`;
}
