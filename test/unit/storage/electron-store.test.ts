import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../electron/core/clock.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { expectOwn } from '../../support/expect-own.ts';
import { openCount } from '../../support/storage-writer.ts';

const script = fileURLToPath(new URL('../../support/storage-desktop.ts', import.meta.url));
let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cachedeck-desktop-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** In a process of its own, where `electron` can be given a stand-in. */
function countOnDesktop(): unknown {
  return JSON.parse(execFileSync(process.execPath, [script, folder], { encoding: 'utf8' }));
}

test("the desktop's documents are the browser host's, in the folder they are given", () => {
  expect(countOnDesktop()).toEqual({ count: 1, told: [] });
  const problems = new Problems(systemClock);
  const document = openCount(folder, problems);
  expect(document.value).toEqual({ count: 1, text: 'dots.in.text' });
  document.set({ count: 7, text: '' });
  expect(countOnDesktop()).toEqual({ count: 8, told: [] });
  expect(readdirSync(folder)).toEqual(['count.json']);
  expectOwn(join(folder, 'count.json'), 0o600);
});

test('a damaged one is set aside there too', () => {
  writeFileSync(join(folder, 'count.json'), '{');
  expect(countOnDesktop()).toEqual({ count: 1, told: ['count:content'] });
  expect(readdirSync(folder).toSorted()).toEqual([
    expect.stringMatching(/^count\.corrupt-\d{8}T\d{6}Z\.json$/),
    'count.json',
  ]);
});
