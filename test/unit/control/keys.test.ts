import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyStore } from '../../../electron/core/control/keys.ts';
import { controlDocument } from '../../../electron/core/control/stored.ts';
import type { StoredControl } from '../../../electron/core/control/stored.ts';
import { openDocument } from '../../../electron/core/storage/document.ts';
import type { StoredDocument } from '../../../electron/core/storage/document.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { openConfStore } from '../../../electron/hosts/conf-store.ts';
import { expectOwn } from '../../support/expect-own.ts';
import { StorageBed } from '../../support/storage-bed.ts';

let bed: StorageBed;
let document: StoredDocument<StoredControl>;
let secrets: string[];

beforeEach(() => {
  bed = new StorageBed();
  secrets = [];
});
afterEach(() => bed.remove());

/** The next run of the app. */
function open(environment: Record<string, string> = {}): KeyStore {
  bed.problems = new Problems(bed.clock);
  document = openDocument({
    ...controlDocument,
    folder: bed.folder,
    clock: bed.clock,
    problems: bed.problems,
    openStore: openConfStore,
  });
  let ids = 0;
  return new KeyStore({
    clock: bed.clock,
    document,
    environment,
    newId: () => `id-${(ids += 1)}`,
    randomBytes,
    onSecret: (secret) => secrets.push(secret),
  });
}

const key = `cdk_${'k3y-t3xt_'.repeat(4)}abcdefg`;
const file = (): string => readFileSync(bed.path('control.json'), 'utf8');

describe('keys made here', () => {
  test('are known again after a restart, by their hash alone', () => {
    const first = open();
    expect(first.holderOf(key)).toBeNull();
    expect(first.add({ name: 'Grafana', role: 'viewer', key })).toBe('id-1');
    const again = open();
    expect(again.holderOf(key)).toEqual({ id: 'id-1', name: 'Grafana', role: 'viewer' });
    for (const other of [`${key} `, key.slice(0, -1), key.toUpperCase(), '', '\u0000']) {
      expect(again.holderOf(other)).toBeNull();
    }
    expect(file()).not.toContain(key);
    expect(file()).not.toContain('k3y-t3xt');
    expectOwn(bed.path('control.json'), 0o600);
  });

  test('two of them with one text would be one: refused', () => {
    const keys = open();
    keys.add({ name: 'One', role: 'viewer', key });
    expect(() => keys.add({ name: 'Two', role: 'admin', key })).toThrow('This key is one of them already.');
    expect(keys.holderOf(key)?.role).toBe('viewer');
  });

  test('have a salt each', () => {
    const keys = open();
    keys.add({ name: 'One', role: 'viewer', key });
    keys.add({ name: 'Two', role: 'viewer', key: `${key}2` });
    const [one, two] = document.value.keys;
    expect(one?.salt).not.toBe(two?.salt);
    expect([one?.salt.length, one?.hash.length]).toEqual([22, 43]);
  });

  test('their text is given to the redactor before it is used, also after a restart', () => {
    open().add({ name: 'One', role: 'admin', key });
    expect(secrets).toEqual([key]);
    secrets = [];
    const again = open();
    expect(again.holderOf('not-a-key')).toBeNull();
    expect(secrets).toEqual([]);
    expect(again.holderOf(key)).not.toBeNull();
    expect(secrets).toEqual([key]);
  });

  test('one that is removed is nobody’s at once and after a restart, and whoever listens is told', () => {
    const keys = open();
    keys.add({ name: 'One', role: 'admin', key });
    keys.add({ name: 'Two', role: 'operator', key: `${key}2` });
    const removed: string[] = [];
    const stop = keys.onRemoved((id) => {
      removed.push(id);
      expect(keys.holderOf(key)).toBeNull();
    });
    keys.remove('id-1');
    stop();
    expect(removed).toEqual(['id-1']);
    expect(keys.list.map(({ name }) => name)).toEqual(['Two']);
    expect(() => keys.remove('id-1')).toThrow('There is no such key.');
    expect(open().holderOf(key)).toBeNull();
  });

  test('are fifty at most', () => {
    const keys = open({ CACHEDECK_API_KEY: 'of-the-environment' });
    for (let count = 1; count < 50; count += 1) {
      keys.add({ name: `Key ${count}`, role: 'viewer', key: `${key}${count}` });
    }
    expect(keys.size).toBe(50);
    expect(() => keys.add({ name: 'One more', role: 'viewer', key })).toThrow('There are 50 keys already.');
    expect(keys.holderOf(`${key}49`)?.name).toBe('Key 49');
  });

  test('tell to the minute when they were last used, and write it once for many uses', async () => {
    const keys = open();
    keys.add({ name: 'One', role: 'viewer', key });
    let changes = 0;
    keys.onChange(() => (changes += 1));
    for (let count = 0; count < 100; count += 1) keys.holderOf(key);
    const at = Date.UTC(2026, 10, 21, 6, 15);
    expect([changes, keys.list[0]?.lastUsedAt]).toEqual([1, at]);
    expect(document.value.keys[0]?.lastUsedAt).toBeNull();
    await bed.clock.advance(10_000);
    expect(document.value.keys[0]?.lastUsedAt).toBe(at);
    await bed.clock.advance(60_000);
    keys.holderOf(key);
    keys.stop();
    expect(open().list[0]?.lastUsedAt).toBe(at + 60_000);
  });

  test('one that cannot be written counts until the app ends, and that is told', () => {
    const keys = open();
    keys.add({ name: 'One', role: 'viewer', key });
    const broken = new KeyStore({
      clock: bed.clock,
      document: openDocument({
        ...controlDocument,
        folder: bed.folder,
        clock: bed.clock,
        problems: bed.problems,
        openStore: openConfStore,
        readOnly: true,
      }),
      environment: {},
      newId: () => 'id-9',
      randomBytes,
      onSecret: () => {},
    });
    broken.add({ name: 'Two', role: 'viewer', key: `${key}2` });
    expect(broken.holderOf(`${key}2`)?.name).toBe('Two');
    expect(() => broken.remove('id-1')).toThrow('The change counts until Cachedeck ends but is not kept');
    expect(broken.holderOf(key)).toBeNull();
    expect(open().holderOf(key)).not.toBeNull();
  });
});

describe('keys of the environment', () => {
  const environment = {
    CACHEDECK_API_KEY: 'an admin’s',
    CACHEDECK_API_KEY_OPERATOR: ' operators-own ',
    CACHEDECK_API_KEY_VIEWER: 'for-viewing',
  };

  test('have a role each, are listed with their variable and never written', () => {
    const keys = open(environment);
    expect(keys.holderOf('an admin’s')?.role).toBe('admin');
    expect(keys.holderOf('operators-own')?.role).toBe('operator');
    expect(keys.holderOf('for-viewing')?.role).toBe('viewer');
    expect(keys.list.map(({ variable, createdAt }) => [variable, createdAt])).toEqual(
      Object.keys(environment).map((variable) => [variable, null]),
    );
    expect(secrets).toEqual(expect.arrayContaining(['an admin’s', 'operators-own', 'for-viewing']));
    keys.stop();
    expect(bed.files).not.toContain('control.json');
  });

  test('cannot be removed here', () => {
    const keys = open(environment);
    expect(() => keys.remove('CACHEDECK_API_KEY')).toThrow('comes from CACHEDECK_API_KEY and ends with it');
    expect(keys.size).toBe(3);
  });

  test('too short ones are ignored with a warning that does not show them; empty ones are none', () => {
    const keys = open({
      CACHEDECK_API_KEY: 'sh0rt7!',
      CACHEDECK_API_KEY_OPERATOR: '',
      CACHEDECK_API_KEY_VIEWER: ' ',
    });
    expect(keys.size).toBe(0);
    expect(keys.holderOf('sh0rt7!')).toBeNull();
    expect(keys.holderOf('')).toBeNull();
    expect(keys.warnings).toEqual([
      'CACHEDECK_API_KEY takes at least 8 characters; what it holds is ignored.',
    ]);
  });

  test('one text in two variables has the lesser role', () => {
    const keys = open({ CACHEDECK_API_KEY: 'same-text', CACHEDECK_API_KEY_VIEWER: 'same-text' });
    expect(keys.holderOf('same-text')?.role).toBe('viewer');
  });
});

describe('a damaged file', () => {
  test('is set aside and told, and there are no keys', () => {
    open().add({ name: 'One', role: 'admin', key });
    writeFileSync(bed.path('control.json'), file().slice(0, 60));
    const keys = open();
    expect(keys.size).toBe(0);
    expect(bed.files).toContainEqual(expect.stringMatching(/^control.*corrupt/));
    expect(bed.told.map(({ id }) => id)).toEqual(['control:content']);
  });

  test('a key that does not fit is left out, the others count', () => {
    const first = open();
    first.add({ name: 'One', role: 'admin', key });
    first.add({ name: 'Two', role: 'viewer', key: `${key}2` });
    writeFileSync(
      bed.path('control.json'),
      file().replace('"role": "admin"', '"role": "owner"').replace('"role":"admin"', '"role":"owner"'),
    );
    const keys = open();
    expect(keys.holderOf(key)).toBeNull();
    expect(keys.holderOf(`${key}2`)?.role).toBe('viewer');
  });
});
