import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder } from '../../../electron/core/storage/make-folder.ts';
import { expectOwn } from '../../support/expect-own.ts';
import { posix } from '../../support/posix.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'cachedeck-folder-'))));
afterEach(() => rmSync(root, { recursive: true }));

it('makes what is missing, for this account alone, and leaves what is there', () => {
  const folder = join(root, 'a', 'b', 'c');
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  for (const part of ['a', 'a/b', 'a/b/c']) expectOwn(join(root, part), 0o700);
});

it('refuses a file in its place or above it', () => {
  writeFileSync(join(root, 'file'), '');
  expect(() => makeFolder(join(root, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(root, 'file', 'below'))).toThrow(posix ? 'ENOTDIR' : 'EEXIST');
});

it('is content with the root of a disk, which each system refuses to make in its own words', () => {
  expect(() => makeFolder(parse(root).root)).not.toThrow();
});

it.runIf(existsSync('/proc/self'))('gives up where no folder can be, instead of trying for ever', () => {
  expect(() => makeFolder('/proc/cachedeck/data')).toThrow('ENOENT');
});
