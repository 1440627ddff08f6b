import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreError } from '../../../electron/core/storage/store-file.ts';
import type { StoredDocument } from '../../../electron/core/storage/document.ts';
import { expectOwn } from '../../support/expect-own.ts';
import { posix, symlinks } from '../../support/posix.ts';
import { noteDefaults, StorageBed } from '../../support/storage-bed.ts';

let bed: StorageBed;
beforeEach(() => void (bed = new StorageBed()));
afterEach(() => bed.remove());

function put(content: string | Uint8Array, name = 'notes.json'): void {
  mkdirSync(bed.folder, { recursive: true });
  writeFileSync(bed.path(name), content);
}

const changed = { colour: 'green' as const, size: 7, tags: ['a'], marks: { 'x.y': true } };
const stored = (data: unknown, format = 1): string => JSON.stringify({ format, data });

function refusal<T>(document: StoredDocument<T>, value: T): string {
  try {
    document.set(value);
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
  return 'kept';
}

describe('a document in order', () => {
  test('starts with defaults and writes nothing before something changes', () => {
    const document = bed.open();
    expect(document.value).toEqual(noteDefaults);
    expect(document.persistent).toBe(true);
    expect(bed.files).toEqual([]);
    expect(bed.told).toEqual([]);
  });

  test('what is set is on disk when the call returns, dots in keys included', () => {
    bed.open().set(changed);
    expect(bed.json('notes.json')).toEqual({ format: 1, data: changed });
    expect(bed.open().value).toEqual(changed);
    expect(bed.files).toEqual(['notes.json']);
  });

  test.runIf(posix)('only its owner can read folder and file', () => {
    bed.open().set(changed);
    expect(statSync(bed.folder).mode & 0o777).toBe(0o700);
    expect(statSync(bed.path('notes.json')).mode & 0o777).toBe(0o600);
  });

  test('the copy in memory is not the object that was set', () => {
    const document = bed.open();
    const mine = { ...changed, tags: ['a'] };
    document.set(mine);
    mine.tags.push('b');
    expect(document.value.tags).toEqual(['a']);
  });

  test('what the schema does not take is a mistake of the caller and changes nothing', () => {
    const document = bed.open();
    expect(() => document.set({ ...changed, size: 10 })).toThrow('size');
    expect(document.value).toEqual(noteDefaults);
    expect(bed.files).toEqual([]);
  });

  test('unknown keys are dropped without a word', () => {
    put(JSON.stringify({ format: 1, data: { ...changed, extra: 1 }, more: 2 }));
    const document = bed.open();
    expect(document.value).toEqual(changed);
    document.set(changed);
    expect(bed.json('notes.json')).toEqual({ format: 1, data: changed });
    expect(bed.told).toEqual([]);
  });

  test('a field that a newer release brought gets its default without a word', () => {
    put(stored({ colour: 'green' }));
    expect(bed.open().value).toEqual({ ...noteDefaults, colour: 'green' });
    expect(bed.told).toEqual([]);
    expect(bed.files).toEqual(['notes.json']);
  });

  test("an editor's byte order mark does no harm", () => {
    put(`\uFEFF${stored(changed)}`);
    const document = bed.open();
    expect(document.value).toEqual(changed);
    document.set(noteDefaults);
    expect(bed.open().value).toEqual(noteDefaults);
  });

  test.runIf(symlinks)('a link is followed and stays one', () => {
    put(stored(changed), 'elsewhere.json');
    symlinkSync(bed.path('elsewhere.json'), bed.path('notes.json'));
    const document = bed.open();
    expect(document.value).toEqual(changed);
    document.set(noteDefaults);
    expect(bed.json('elsewhere.json')).toEqual({ format: 1, data: noteDefaults });
  });

  test('temporary files of a killed write are swept, those of others are not', () => {
    put(stored(changed));
    for (const name of ['notes.json.tmp-1763700000abcdef', 'other.json.tmp-1763700000abcdef']) put('{', name);
    expect(bed.open().value).toEqual(changed);
    expect(bed.files).toEqual(['notes.json', 'other.json.tmp-1763700000abcdef']);
  });

  test('without a folder it lives in memory, and that is no problem', () => {
    const document = bed.open({ folder: null });
    document.set(changed);
    expect(document.value).toEqual(changed);
    expect(document.persistent).toBe(false);
    expect(bed.told).toEqual([]);
  });
});

describe('a file that cannot be used is kept aside and told', () => {
  const damaged = 'is damaged or was not written by Cachedeck';
  test.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'is empty'],
    ['truncated', stored(changed).slice(0, 25), damaged],
    ['NUL-filled', new Uint8Array(300), 'holds nothing but zero bytes'],
    ['null', 'null', damaged],
    ['an array', '[1, 2]', damaged],
    ['a number', '7', damaged],
    ['no JSON', 'colour = green', damaged],
    [
      'not UTF-8',
      Buffer.concat([Buffer.from('{"format":1,"data":{"x":"'), Buffer.from([0xff, 0x22])]),
      damaged,
    ],
    ['without a format', '{"colour":"green"}', damaged],
    ['of format 0', stored(changed, 0), damaged],
    ['with a list as data', stored([changed]), damaged],
    ['without data', '{"format":1}', damaged],
  ])('%s', (_, content, reason) => {
    put(content);
    const document = bed.open();
    expect(document.value).toEqual(noteDefaults);
    expect(bed.files).toEqual(['notes.corrupt-20261121T061530Z.json']);
    expect(readFileSync(bed.path('notes.corrupt-20261121T061530Z.json'))).toEqual(Buffer.from(content));
    expect(bed.told).toEqual([
      {
        id: 'notes:content',
        text:
          `notes.json ${reason}, so defaults are used. ` +
          `The file as it was is kept as notes.corrupt-20261121T061530Z.json in ${bed.folder}.`,
      },
    ]);
    document.set(changed);
    expect(bed.open().value).toEqual(changed);
    expect(bed.told).toEqual([]);
  });

  test('of a future format: under a name that says so', () => {
    put(stored(changed, 2));
    expect(bed.open().value).toEqual(noteDefaults);
    expect(bed.files).toEqual(['notes.newer-20261121T061530Z.json']);
    expect(bed.told[0]?.text).toContain('notes.json was written by a newer release of Cachedeck');
  });

  test('several in one second each keep a name of their own', () => {
    for (const content of ['a', 'b', 'c']) {
      put(content);
      bed.open();
    }
    expect(bed.files.map((name) => [name, readFileSync(bed.path(name), 'utf8')])).toEqual([
      ['notes.corrupt-20261121T061530Z-2.json', 'b'],
      ['notes.corrupt-20261121T061530Z-3.json', 'c'],
      ['notes.corrupt-20261121T061530Z.json', 'a'],
    ]);
  });

  test('a path as long as every system allows leaves the text within its limit', () => {
    // macOS takes 1024 bytes, the file's name when it is set aside included.
    let folder = bed.folder;
    while (folder.length < 950) folder = join(folder, 'x'.repeat(Math.min(200, 950 - folder.length)));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'notes.json'), '');
    bed.open({ folder });
    expect(bed.told[0]?.text).toHaveLength(1000);
    expect(bed.told[0]?.text).toContain('kept as notes.corrupt-20261121T061530Z.json');
  });

  test('fields that fit are kept, of a list and a record the items that fit', () => {
    const old = { colour: 'blue', size: 7, tags: ['a', 'too long', 3], marks: { x: true, y: 'no' } };
    put(stored(old));
    expect(bed.open().value).toEqual({ colour: 'red', size: 7, tags: ['a'], marks: { x: true } });
    expect(bed.json('notes.corrupt-20261121T061530Z.json')).toEqual({ format: 1, data: old });
    expect(bed.told).toEqual([
      {
        id: 'notes:content',
        text:
          'Parts of notes.json do not fit and were left out or replaced by defaults: colour, tags, marks. ' +
          `The file as it was is kept as notes.corrupt-20261121T061530Z.json in ${bed.folder}.`,
      },
    ]);
    expect(bed.open().value.size).toBe(7);
    expect(bed.told).toEqual([]);
    expect(bed.files).toEqual(['notes.corrupt-20261121T061530Z.json', 'notes.json']);
  });
});

describe('older formats', () => {
  const migrations = [
    (old: unknown) => ({ colour: (old as { color: string }).color }),
    (old: unknown) => ({ ...(old as object), size: 3 }),
  ];

  test('go through one step at a time, once', () => {
    put(stored({ color: 'green' }));
    expect(bed.open({ format: 3, migrations }).value).toEqual({ ...noteDefaults, colour: 'green', size: 3 });
    expect(bed.json('notes.json')).toMatchObject({ format: 3, data: { colour: 'green', size: 3 } });
    expect(bed.told).toEqual([]);
  });

  test('start at the step of their format', () => {
    put(stored({ colour: 'green', size: 9 }, 2));
    expect(bed.open({ format: 3, migrations }).value).toMatchObject({ colour: 'green', size: 3 });
  });

  test('that a step cannot read are set aside', () => {
    put(stored(null));
    expect(bed.open({ format: 3, migrations }).value).toEqual(noteDefaults);
    expect(bed.files).toEqual(['notes.corrupt-20261121T061530Z.json']);
    expect(bed.told[0]?.text).toContain('is of an older format and could not be converted');
  });

  test('need a step each', () => {
    expect(() => bed.open({ format: 3 })).toThrow('notes: format 3 needs 2 migrations');
  });
});

describe('what cannot be written', () => {
  const notKept = 'The change counts until Cachedeck ends but is not kept';

  test('a file without a write bit is read and respected', () => {
    put(stored(changed));
    chmodSync(bed.path('notes.json'), 0o444);
    const document = bed.open();
    expect(document.value).toEqual(changed);
    expect(document.persistent).toBe(false);
    expect(refusal(document, noteDefaults)).toBe(`${notKept}: notes.json is read-only.`);
    expect(document.value).toEqual(noteDefaults);
    expect(bed.json('notes.json')).toEqual({ format: 1, data: changed });
    expect(bed.told).toEqual([
      {
        id: 'notes:keeping',
        text: `They count until Cachedeck ends: notes.json is read-only. The folder is ${bed.folder}.`,
      },
    ]);
  });

  test('a damaged file without a write bit stays where it is', () => {
    put('{');
    chmodSync(bed.path('notes.json'), 0o444);
    expect(bed.open().value).toEqual(noteDefaults);
    expect(bed.files).toEqual(['notes.json']);
    expect(bed.told.map(({ id }) => id)).toEqual(['notes:keeping', 'notes:content']);
  });

  test('a folder that cannot be made', () => {
    writeFileSync(bed.folder, 'a file');
    const document = bed.open();
    expect(document.value).toEqual(noteDefaults);
    expect(document.persistent).toBe(false);
    expect(refusal(document, changed)).toBe(`${notKept}: its folder cannot be made.`);
    expect(document.value).toEqual(changed);
    expect(bed.told.map(({ id }) => id)).toEqual(['notes:keeping']);
  });

  test('a folder in the place of the file is left alone', () => {
    mkdirSync(bed.path('notes.json'), { recursive: true });
    const document = bed.open();
    expect(refusal(document, changed)).toBe(`${notKept}: notes.json cannot be read.`);
    expect(bed.files).toEqual(['notes.json']);
  });

  test('a store that does not open', () => {
    const document = bed.open({
      openStore() {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      },
    });
    expect(refusal(document, changed)).toBe(`${notKept}: the disk is full.`);
  });

  test('a write that fails is told until one succeeds', () => {
    const document = bed.open();
    rmSync(bed.folder, { recursive: true });
    writeFileSync(bed.folder, 'in the way');
    expect(refusal(document, changed)).toBe(`${notKept}: its folder cannot be made.`);
    expect(document.value).toEqual(changed);
    expect(bed.told.map(({ id }) => id)).toEqual(['notes:keeping']);

    rmSync(bed.folder);
    expect(refusal(document, changed)).toBe('kept');
    expect(bed.told).toEqual([]);
    expect(bed.json('notes.json')).toEqual({ format: 1, data: changed });
    expectOwn(bed.folder, 0o700);
  });

  test('a file that got damaged meanwhile is replaced by what is in memory', () => {
    const document = bed.open();
    document.set(changed);
    put('{');
    document.set(noteDefaults);
    expect(bed.open().value).toEqual(noteDefaults);
  });
});

describe("another process's folder", () => {
  test('is read and not touched', () => {
    put(stored(changed));
    put('{', 'notes.json.tmp-1763700000abcdef');
    const document = bed.open({ readOnly: true });
    expect(document.value).toEqual(changed);
    expect(document.persistent).toBe(false);
    expect(refusal(document, noteDefaults)).toContain('another Cachedeck is using the same folder');
    expect(document.value).toEqual(noteDefaults);
    expect(bed.files).toEqual(['notes.json', 'notes.json.tmp-1763700000abcdef']);
    expect(bed.told).toEqual([]);
  });

  test('a damaged or older file in it stays', () => {
    put('');
    expect(bed.open({ readOnly: true }).value).toEqual(noteDefaults);
    expect(bed.told).toEqual([
      {
        id: 'notes:content',
        text: `notes.json is empty, so defaults are used. The file stays as it is in ${bed.folder}.`,
      },
    ]);
    put(stored({ size: 4 }));
    const migrations = [(old: unknown) => old];
    expect(bed.open({ readOnly: true, format: 2, migrations }).value.size).toBe(4);
    expect(bed.json('notes.json')).toEqual({ format: 1, data: { size: 4 } });
  });

  test('is not made', () => {
    expect(bed.open({ readOnly: true, folder: join(bed.root, 'none') }).value).toEqual(noteDefaults);
    expect(() => statSync(join(bed.root, 'none'))).toThrow('ENOENT');
  });
});
