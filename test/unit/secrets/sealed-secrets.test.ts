import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainBox } from '../../../electron/core/secrets/plain-box.ts';
import { SealedSecrets, secretsDocument } from '../../../electron/core/secrets/sealed-secrets.ts';
import type { SecretBox, SecretRef } from '../../../electron/core/secrets/secret-store.ts';
import { openDocument } from '../../../electron/core/storage/document.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { openConfStore } from '../../../electron/hosts/conf-store.ts';
import { expectOwn } from '../../support/expect-own.ts';
import { StorageBed } from '../../support/storage-bed.ts';

let bed: StorageBed;
let known: string[];
beforeEach(() => {
  bed = new StorageBed();
  known = [];
});
afterEach(() => bed.remove());

const lab: SecretRef = { profileId: 'lab', name: 'orchestratorKey' };
const other: SecretRef = { profileId: 'other', name: 'portalPassword' };

/** The next run of the app on the same folder. */
function open(box: SecretBox | null = plainBox, folder: string | null = bed.folder): SealedSecrets {
  bed.problems = new Problems(bed.clock);
  const { clock, problems } = bed;
  const document = openDocument({ ...secretsDocument, folder, clock, problems, openStore: openConfStore });
  return new SealedSecrets({ document, box, onSecret: (secret) => void known.push(secret) });
}

/** A box with a turnable key: what another key sealed cannot be opened, except by its successor. */
function lockedBox(key: number): SecretBox {
  return {
    protection: { kind: 'keychain', sentence: 'Locked.' },
    seal: (text) => Promise.resolve(`${key}:${encodeURIComponent(text)}`),
    open(sealed) {
      const by = Number(sealed.split(':')[0]);
      if (by !== key && by !== key - 1) return Promise.reject(new Error(`cannot open ${sealed}`));
      const text = decodeURIComponent(sealed.slice(sealed.indexOf(':') + 1));
      return Promise.resolve({ text, stale: by !== key });
    },
  };
}

describe('a secret', () => {
  it('is kept across runs, apart from others, until it is forgotten', async () => {
    await open().set(lab, 'schlüssel-€');
    await open().set(other, 'two');
    expect(await open().get(lab)).toBe('schlüssel-€');
    await open().set(lab, 'changed');
    await open().set(other, null);
    const secrets = open();
    expect([secrets.state(lab), secrets.state(other)]).toEqual(['stored', 'none']);
    expect([await secrets.get(lab), await secrets.get(other)]).toEqual(['changed', null]);
  });

  it('stands sealed in a file of mode 0600, in a folder of mode 0700', async () => {
    await open().set(lab, 'open-sesame');
    expect(bed.json('secrets.json')).toEqual({
      format: 1,
      data: { sealed: { 'lab/orchestratorKey': 'plain:b3Blbi1zZXNhbWU=' } },
    });
    chmodSync(bed.path('secrets.json'), 0o644);
    await open().set(other, 'two');
    expectOwn(bed.path('secrets.json'), 0o600);
    expectOwn(bed.folder, 0o700);
    expect(bed.files).toEqual(['secrets.json']);
  });

  it('is made known before anything else happens to it', async () => {
    await open().set(lab, 'one');
    await open().get(lab);
    await open().get(other);
    expect(known).toEqual(['one', 'one']);
  });

  it('that was never there is forgotten without writing', async () => {
    await open().set(lab, null);
    expect(bed.files).toEqual([]);
  });
});

describe('a box', () => {
  it('that cannot open a secret makes it unreadable, and it stays where it is', async () => {
    await open(lockedBox(1)).set(lab, 'one');
    const before = readFileSync(bed.path('secrets.json'), 'utf8');
    const secrets = open(lockedBox(7));
    expect(secrets.state(lab)).toBe('stored');
    expect(await secrets.get(lab)).toBeNull();
    expect(secrets.state(lab)).toBe('unreadable');
    expect(readFileSync(bed.path('secrets.json'), 'utf8')).toBe(before);
    expect(await open(lockedBox(1)).get(lab)).toBe('one');
    await secrets.set(lab, 'new');
    expect([secrets.state(lab), await secrets.get(lab)]).toEqual(['stored', 'new']);
  });

  it('of another host is such a one', async () => {
    await open(lockedBox(1)).set(lab, 'one');
    expect(await open(plainBox).get(lab)).toBeNull();
  });

  it('with a newer key seals anew what it opens', async () => {
    await open(lockedBox(1)).set(lab, 'one');
    expect(await open(lockedBox(2)).get(lab)).toBe('one');
    expect(await open(lockedBox(3)).get(lab)).toBe('one');
  });

  it('that opens but cannot seal anew costs nothing: the old seal still opens', async () => {
    await open(lockedBox(1)).set(lab, 'one');
    const refusing = { ...lockedBox(2), seal: () => Promise.reject(new Error('locked')) };
    expect(await open(refusing).get(lab)).toBe('one');
    expect(await open(lockedBox(1)).get(lab)).toBe('one');
  });

  it('that cannot seal keeps what is typed in memory, and not the one before it on disk', async () => {
    await open(lockedBox(1)).set(lab, 'one');
    const secrets = open({ ...lockedBox(1), seal: () => Promise.reject(new Error('locked')) });
    await expect(secrets.set(lab, 'two')).rejects.toThrow('is not kept: it could not be encrypted.');
    expect(await secrets.get(lab)).toBe('two');
    expect(open(lockedBox(1)).state(lab)).toBe('none');
  });

  it('does not bring back a secret that was replaced while it opened', async () => {
    await open(lockedBox(1)).set(lab, 'old');
    const secrets = open(lockedBox(2));
    const [, opened] = await Promise.all([secrets.set(lab, 'new'), secrets.get(lab)]);
    expect(opened).toBe('old');
    expect(await secrets.get(lab)).toBe('new');
  });

  it('that there is none keeps secrets in memory, and old ones on disk unreadable', async () => {
    await open(lockedBox(1)).set(lab, 'one');
    const secrets = open(null);
    expect(secrets.protection.kind).toBe('none');
    expect([secrets.state(lab), await secrets.get(lab)]).toEqual(['unreadable', null]);
    await secrets.set(other, 'two');
    expect([secrets.state(other), await secrets.get(other)]).toEqual(['stored', 'two']);
    expect(readFileSync(bed.path('secrets.json'), 'utf8')).not.toContain('other');
    await secrets.set(lab, 'typed again');
    expect(await secrets.get(lab)).toBe('typed again');
    expect(open(null).state(lab)).toBe('none');
    await secrets.set(lab, null);
    expect(secrets.state(lab)).toBe('none');
  });
});

describe('protection', () => {
  it('is the box’s where there is a file, and none without', async () => {
    expect(open().protection.kind).toBe('file');
    expect(open(lockedBox(1)).protection.kind).toBe('keychain');
    const secrets = open(lockedBox(1), null);
    expect(secrets.protection.kind).toBe('none');
    await secrets.set(lab, 'one');
    expect(await secrets.get(lab)).toBe('one');
  });
});

describe('a file', () => {
  it.each([
    ['empty', ''],
    ['cut off', '{"format":1,"data":{"sealed":{"lab/orch'],
    ['full of zeros', '\0\0\0\0'],
    ['null', 'null'],
    ['of a newer release', '{"format":2,"data":{"sealed":[]}}'],
  ])('that is %s is set aside and told, and new secrets are kept', async (_, content) => {
    mkdirSync(bed.folder);
    writeFileSync(bed.path('secrets.json'), content, { mode: 0o600 });
    const secrets = open();
    expect(bed.told).toEqual([{ id: 'secrets:content', text: expect.stringContaining('secrets.') }]);
    const aside = bed.files.find((name) => name !== 'secrets.json') ?? '';
    expect(aside).toMatch(/^secrets\.(?:corrupt|newer)-20261121T061530Z\.json$/);
    expect(readFileSync(bed.path(aside), 'utf8')).toBe(content);
    expectOwn(bed.path(aside), 0o600);
    await secrets.set(lab, 'one');
    expect(await open().get(lab)).toBe('one');
  });

  it('that cannot be written lets secrets count until the end, and says so', async () => {
    await open().set(lab, 'one');
    chmodSync(bed.path('secrets.json'), 0o400);
    const secrets = open();
    expect(secrets.protection.kind).toBe('none');
    await expect(secrets.set(other, 'two')).rejects.toThrow('is not kept');
    expect([await secrets.get(lab), await secrets.get(other)]).toEqual(['one', 'two']);
    expect(open().state(other)).toBe('none');
  });
});
