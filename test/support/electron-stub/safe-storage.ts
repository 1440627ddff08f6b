import type { SafeStorage } from 'electron';

/** A keychain that writes texts as hexadecimal digits: enough to see that a secret is not stored as it is. */
export const safeStorage = {
  async isAsyncEncryptionAvailable() {
    return true;
  },
  getSelectedStorageBackend() {
    return 'gnome_libsecret';
  },
  async encryptStringAsync(text: string) {
    return Buffer.from(Buffer.from(text).toString('hex'));
  },
  async decryptStringAsync(sealed: Buffer) {
    return { result: Buffer.from(sealed.toString(), 'hex').toString(), shouldReEncrypt: false };
  },
} satisfies Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;
