import type { SafeStorage } from 'electron';
import { openPlain, plainBox } from '../core/secrets/plain-box.ts';
import type { Protection, SecretBox } from '../core/secrets/secret-store.ts';

type Keychain = Pick<
  SafeStorage,
  'decryptStringAsync' | 'encryptStringAsync' | 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable'
>;

const prefix = 'keychain:';

/**
 * Seals secrets with a key from the operating system's keychain. Called once Electron is ready.
 * @returns null where nothing can be kept
 */
export async function openSecretBox(keychain: Keychain, platform: string): Promise<SecretBox | null> {
  if (platform === 'linux' && !hasKeyring(keychain)) return { ...plainBox, protection: withoutKeyring };
  // A keychain that fails costs the keeping of secrets, not the start.
  if (!(await keychain.isAsyncEncryptionAvailable().catch(() => false))) return null;
  return {
    protection: {
      kind: 'keychain',
      sentence: 'Secrets are encrypted with a key from the system’s keychain.',
    },
    async seal(text) {
      return prefix + (await keychain.encryptStringAsync(text)).toString('base64');
    },
    async open(sealed) {
      // The browser host keeps its secrets in the same file, unencrypted.
      const plain = openPlain(sealed);
      if (plain !== null) return { text: plain, stale: true };
      if (!sealed.startsWith(prefix)) throw new Error('sealed by another host');
      const opened = await keychain.decryptStringAsync(Buffer.from(sealed.slice(prefix.length), 'base64'));
      return { text: opened.result, stale: opened.shouldReEncrypt };
    },
  };
}

/** Without one Chromium would encrypt with a fixed password, which everybody can look up: that protects nothing. */
const withoutKeyring: Protection = {
  kind: 'weak',
  sentence:
    'No keyring (GNOME Keyring, KWallet) was found, so whoever can read Cachedeck’s files can read the secrets in them.',
};

function hasKeyring(keychain: Keychain): boolean {
  switch (keychain.getSelectedStorageBackend()) {
    case 'gnome_libsecret':
    case 'kwallet':
    case 'kwallet5':
    case 'kwallet6':
      return true;
    case 'basic_text':
    case 'unknown':
      return false;
  }
}
