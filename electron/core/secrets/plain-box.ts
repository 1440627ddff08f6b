import type { SecretBox } from './secret-store.ts';

const prefix = 'plain:';

/** A box without a lock, for hosts without a keychain: the file's mode protects what is in it. */
export const plainBox: SecretBox = {
  protection: {
    kind: 'file',
    sentence: 'Secrets are kept in a file that only your account can read. They are not encrypted.',
  },
  seal: (text) => Promise.resolve(prefix + Buffer.from(text, 'utf8').toString('base64')),
  open(sealed) {
    const text = openPlain(sealed);
    return text === null
      ? Promise.reject(new Error('sealed by another host'))
      : Promise.resolve({ text, stale: false });
  },
};

/** What `plainBox` sealed; null for anything else. The desktop reads it too, to seal it better. */
export function openPlain(sealed: string): string | null {
  return sealed.startsWith(prefix)
    ? Buffer.from(sealed.slice(prefix.length), 'base64').toString('utf8')
    : null;
}
