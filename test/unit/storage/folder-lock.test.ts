import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from '../../../electron/core/storage/folder-lock.ts';

let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cachedeck-lock-'));
  folder = join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function free(lock: ReturnType<typeof lockFolder>): void {
  expect(lock.outcome).toBe('held');
  if (lock.outcome === 'held') lock.release();
}

test('one holder at a time; released twice is released once', () => {
  const first = lockFolder(folder);
  expect(first.outcome).toBe('held');
  expect(lockFolder(folder).outcome).toBe('taken');
  free(lockFolder(join(root, 'other')));
  free(first);
  const second = lockFolder(folder);
  free(first);
  expect(lockFolder(folder).outcome).toBe('taken');
  free(second);
});

test("another process's lock holds until it dies, however it dies", async () => {
  const script = new URL('../../../electron/core/storage/folder-lock.ts', import.meta.url).href;
  const hold =
    `const { lockFolder } = await import(${JSON.stringify(script)});` +
    `console.log(lockFolder(${JSON.stringify(folder)}).outcome);` +
    'setInterval(() => {}, 1000);';
  const child = spawn(process.execPath, ['--input-type=module', '-e', hold]);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(said)).toBe('held\n');
  expect(lockFolder(folder).outcome).toBe('taken');
  child.kill('SIGKILL');
  await once(child, 'close');
  free(lockFolder(folder));
});

test.each([
  ['NUL-filled', new Uint8Array(4096)],
  ['text', Buffer.from('not a database, and longer than the header of one: '.repeat(10))],
])('a damaged lock file (%s) is emptied and used', (_, content) => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'lock.db'), content);
  const lock = lockFolder(folder);
  expect(lockFolder(folder).outcome).toBe('taken');
  free(lock);
  expect(readFileSync(join(folder, 'lock.db'))).toHaveLength(0);
});

test('a folder that cannot be made cannot be locked', () => {
  writeFileSync(folder, 'a file');
  expect(lockFolder(folder).outcome).toBe('failed');
});

test('a folder in the place of the lock file', () => {
  mkdirSync(join(folder, 'lock.db'), { recursive: true });
  expect(lockFolder(folder).outcome).toBe('failed');
});
