import { describe, expect, it } from 'vitest';
import { plainBox } from '../../../electron/core/secrets/plain-box.ts';
import { openSecretBox } from '../../../electron/shell/secret-box.ts';

type Keychain = Parameters<typeof openSecretBox>[0];
type Backend = ReturnType<Keychain['getSelectedStorageBackend']>;

/** What Electron offers, with a cipher of its own. */
function keychain(options: { backend?: Backend; available?: boolean; rotated?: boolean } = {}): Keychain {
  const { backend = 'gnome_libsecret', available = true, rotated = false } = options;
  const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) => Promise.resolve(flip(Buffer.from(`v11${text}`))),
    decryptStringAsync(encrypted) {
      const text = flip(encrypted).toString();
      if (!text.startsWith('v11')) return Promise.reject(new Error('Error while decrypting'));
      return Promise.resolve({ result: text.slice(3), shouldReEncrypt: rotated });
    },
  };
}

async function boxOf(of: Keychain, platform = 'linux') {
  const box = await openSecretBox(of, platform);
  if (!box) throw new Error('no box');
  return box;
}

describe('the keychain’s box', () => {
  it('seals and opens, and shows nothing in between', async () => {
    const box = await boxOf(keychain());
    const sealed = await box.seal('open sesame €');
    expect(sealed).not.toContain('sesame');
    expect(Buffer.from(sealed.replace('keychain:', ''), 'base64').toString()).not.toContain('sesame');
    expect(await box.open(sealed)).toEqual({ text: 'open sesame €', stale: false });
  });

  it('passes on that the key was rotated', async () => {
    const box = await boxOf(keychain({ rotated: true }));
    expect(await box.open(await box.seal('a'))).toEqual({ text: 'a', stale: true });
  });

  it('takes over what the browser host kept, to seal it better', async () => {
    expect(await (await boxOf(keychain())).open(await plainBox.seal('a'))).toEqual({
      text: 'a',
      stale: true,
    });
  });

  it('refuses what it did not seal, and so does the browser host', async () => {
    const box = await boxOf(keychain());
    await expect(box.open('keychain:AAAA')).rejects.toThrow('decrypting');
    await expect(box.open('whatever')).rejects.toThrow('another host');
    await expect(plainBox.open(await box.seal('a'))).rejects.toThrow('another host');
  });

  it('is not there where nothing can be encrypted', async () => {
    expect(await openSecretBox(keychain({ available: false }), 'linux')).toBeNull();
  });

  it('is not there where the keychain fails when it is asked', async () => {
    const failing = { ...keychain({}), isAsyncEncryptionAvailable: () => Promise.reject(new Error('bus')) };
    expect(await openSecretBox(failing, 'darwin')).toBeNull();
  });

  it('does not pretend to encrypt without a keyring: the file’s mode protects, as it says', async () => {
    const box = await boxOf(keychain({ backend: 'basic_text', available: false }));
    expect(await plainBox.open(await box.seal('a'))).toEqual({ text: 'a', stale: false });
    await expect(box.open('keychain:AAAA')).rejects.toThrow('another host');
  });

  it.each([
    ['linux', 'gnome_libsecret', 'keychain'],
    ['linux', 'kwallet', 'keychain'],
    ['linux', 'kwallet5', 'keychain'],
    ['linux', 'kwallet6', 'keychain'],
    ['linux', 'basic_text', 'weak'],
    ['linux', 'unknown', 'weak'],
    ['darwin', 'basic_text', 'keychain'],
    ['win32', 'basic_text', 'keychain'],
  ] as const)('on %s with %s it is %s', async (platform, backend, kind) => {
    const { protection } = await boxOf(keychain({ backend }), platform);
    expect(protection.kind).toBe(kind);
    expect(protection.sentence).toMatch(kind === 'weak' ? /No keyring/ : /encrypted with a key/);
  });
});

it('the browser host says that it does not encrypt', () => {
  expect(plainBox.protection).toEqual({
    kind: 'file',
    sentence: 'Secrets are kept in a file that only your account can read. They are not encrypted.',
  });
});
