import { createHash, timingSafeEqual } from 'node:crypto';
import type { ControlKey } from '../../../shared/contract/control.ts';
import type { Role } from '../../../shared/rpc/define.ts';
import { RpcError } from '../../../shared/rpc/wire.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { StoredDocument } from '../storage/document.ts';
import { StoreError } from '../storage/store-file.ts';
import type { StoredControl } from './stored.ts';
import type { KeyHolder, KeyRing } from './types.ts';

const maxKeys = 50;
const saltBytes = 16;
/** Characters a key of the environment has at least. */
const shortestKey = 8;
const minute = 60_000;
/** ms after a use until it is on disk: many uses are one write. */
const writeAfter = 10_000;

/** Admin first: where two variables hold the same text, the last one and so the lesser role counts. */
const variables: readonly (readonly [variable: string, role: Role])[] = [
  ['CACHEDECK_API_KEY', 'admin'],
  ['CACHEDECK_API_KEY_OPERATOR', 'operator'],
  ['CACHEDECK_API_KEY_VIEWER', 'viewer'],
];

interface HeldKey extends Omit<ControlKey, 'lastUsedAt'> {
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

export interface KeyStoreOptions {
  readonly clock: Clock;
  readonly document: StoredDocument<StoredControl>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Called with the text of a key before it is used, so that no log line shows it. */
  readonly onSecret: (secret: string) => void;
}

/**
 * The keys of the control API: those made here and those of the environment.
 *
 * Only a salted SHA-256 of a key is kept. Slow hashes (scrypt, Argon2) are for what people choose: they make each guess
 * of a small set costly. A key made here has 256 random bits (`control.addKey`), which nobody guesses however fast the
 * hash is (NIST SP 800-63B, 5.1.2.2, asks the same of look-up secrets of 112 bits and more), and a slow one at each
 * request would only let strangers keep the machine busy. Keys of the environment, which people may choose, are hashed
 * in memory only; against guessing them at the door stands the limit of wrong keys.
 */
export class KeyStore implements KeyRing {
  /** Plain sentences about variables that are ignored, without what stands in them. */
  readonly warnings: readonly string[];
  readonly #options: KeyStoreOptions;
  readonly #ofEnvironment: readonly HeldKey[];
  #held: readonly HeldKey[] = [];
  /** UTC ms to the minute by id. */
  readonly #used = new Map<string, number>();
  #cancelWrite: Cancel | null = null;
  readonly #changed = new Set<() => void>();
  readonly #removed = new Set<(id: string) => void>();

  constructor(options: KeyStoreOptions) {
    this.#options = options;
    const { keys, warnings } = this.#readEnvironment();
    this.#ofEnvironment = keys;
    this.warnings = warnings;
    for (const { id, lastUsedAt } of options.document.value.keys) {
      if (lastUsedAt !== null) this.#used.set(id, lastUsedAt);
    }
    this.#hold();
  }

  get size(): number {
    return this.#held.length;
  }

  /** What pages may know of them. */
  get list(): ControlKey[] {
    return this.#held.map(({ id, name, role, createdAt, variable }) => {
      return { id, name, role, createdAt, variable, lastUsedAt: this.#used.get(id) ?? null };
    });
  }

  /** Looks at every key, whichever fits, and compares hashes of one length in constant time. */
  holderOf(presented: string): KeyHolder | null {
    let found: HeldKey | null = null;
    for (const key of this.#held) {
      if (timingSafeEqual(hashOf(key.salt, presented), key.hash)) found = key;
    }
    if (!found) return null;
    this.#options.onSecret(presented); // of a stored key this is the first time since the start that its text is known
    this.#note(found);
    return { id: found.id, name: found.name, role: found.role };
  }

  /**
   * Adds a key made by a page. One that could not be written counts until the app ends; the document tells that.
   * @returns its id
   * @throws RpcError `conflict` when there are 50, or the key is one of them.
   */
  add({ name, role, key }: { readonly name: string; readonly role: Role; readonly key: string }): string {
    const { clock, document, newId, onSecret, randomBytes } = this.#options;
    onSecret(key);
    if (this.size >= maxKeys) {
      throw new RpcError('conflict', `There are ${maxKeys} keys already. Remove one that is not used.`);
    }
    if (this.#held.some(({ salt, hash }) => timingSafeEqual(hashOf(salt, key), hash))) {
      throw new RpcError('conflict', 'This key is one of them already.');
    }
    const id = newId();
    const salt = randomBytes(saltBytes);
    const added = {
      id,
      name,
      role,
      salt: textOf(salt),
      hash: textOf(hashOf(salt, key)),
      createdAt: clock.wall(),
      lastUsedAt: null,
    };
    try {
      this.#write([...document.value.keys, added]);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
    this.#hold();
    this.#tell();
    return id;
  }

  /**
   * Removes a key made here; whoever uses it is told at once.
   * @throws RpcError `not-found`; `conflict` for one of the environment; `unavailable` when it will be back after the
   * next start because the file could not be written.
   */
  remove(id: string): void {
    const key = this.#held.find((one) => one.id === id);
    if (!key) throw new RpcError('not-found', 'There is no such key.');
    if (key.variable !== null) {
      throw new RpcError('conflict', `This key comes from ${key.variable} and ends with it.`);
    }
    const { document } = this.#options;
    let refused: StoreError | null = null;
    try {
      this.#write(document.value.keys.filter((one) => one.id !== id));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      refused = error;
    }
    this.#used.delete(id);
    this.#hold();
    for (const listener of this.#removed) listener(id);
    this.#tell();
    if (refused) throw new RpcError('unavailable', refused.message);
  }

  /** Calls `listener` after each change of the list. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.#changed.add(listener);
    return () => void this.#changed.delete(listener);
  }

  /** Calls `listener` with the id of each key that is removed. Returns the way to stop. */
  onRemoved(listener: (id: string) => void): () => void {
    this.#removed.add(listener);
    return () => void this.#removed.delete(listener);
  }

  /** Writes what was not written yet. */
  stop(): void {
    if (this.#cancelWrite === null) return;
    this.#cancelWrite();
    this.#writeUses();
  }

  #note({ id, variable }: HeldKey): void {
    const { clock } = this.#options;
    const at = Math.floor(clock.wall() / minute) * minute;
    if (this.#used.get(id) === at) return;
    this.#used.set(id, at);
    if (variable === null) this.#cancelWrite ??= clock.after(writeAfter, () => this.#writeUses());
    this.#tell();
  }

  #writeUses(): void {
    this.#cancelWrite = null;
    try {
      this.#write(this.#options.document.value.keys);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error; // the document tells it, and the keys are as they were
    }
  }

  #write(keys: StoredControl['keys']): void {
    const { document } = this.#options;
    const used = keys.map((key) => ({ ...key, lastUsedAt: this.#used.get(key.id) ?? null }));
    document.set({ ...document.value, keys: used });
  }

  #hold(): void {
    const stored = this.#options.document.value.keys.map(({ id, name, role, salt, hash, createdAt }) => {
      return { id, name, role, createdAt, variable: null, salt: bytesOf(salt), hash: bytesOf(hash) };
    });
    this.#held = [...this.#ofEnvironment, ...stored].slice(0, maxKeys);
  }

  #tell(): void {
    for (const listener of this.#changed) listener();
  }

  #readEnvironment(): { readonly keys: HeldKey[]; readonly warnings: string[] } {
    const { environment, onSecret, randomBytes } = this.#options;
    const keys: HeldKey[] = [];
    const warnings: string[] = [];
    for (const [variable, role] of variables) {
      const text = environment[variable]?.trim();
      if (!text) continue;
      onSecret(text);
      if (text.length < shortestKey) {
        warnings.push(`${variable} takes at least ${shortestKey} characters; what it holds is ignored.`);
        continue;
      }
      const salt = randomBytes(saltBytes);
      const hash = hashOf(salt, text);
      keys.push({ id: variable, name: variable, role, createdAt: null, variable, salt, hash });
    }
    return { keys, warnings };
  }
}

function hashOf(salt: Uint8Array, key: string): Uint8Array {
  return createHash('sha256').update(salt).update(key, 'utf8').digest();
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'base64url');
}
