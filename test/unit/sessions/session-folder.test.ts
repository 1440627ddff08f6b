import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetSessions, sessionFolder } from '../../../electron/core/sessions/session-folder.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { posix } from '../../support/posix.ts';

let data: string;
let problems: Problems;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'cachedeck-folder-'));
  problems = new Problems(new FakeClock());
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

function kept(profileId: string, portal: string): string {
  const folder = sessionFolder(data, profileId, portal);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'one.json'), '{}');
  return folder;
}

test('forgetting one profile leaves another whose id begins alike, and the folder that is in use', () => {
  const [old, used, other] = [
    kept('lab', 'https://a.test'),
    kept('lab', 'https://b.test'),
    kept('lab-2', ''),
  ];
  forgetSessions(data, 'lab', problems, used);
  expect([old, used, other].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  expect(problems.feed.value).toEqual([]);
});

test.runIf(posix)('a folder that cannot be removed is told, and throws nothing', () => {
  const folder = kept('lab', 'https://a.test');
  const module = (path: string): string => new URL(`../../../electron/core/${path}`, import.meta.url).href;
  const script = `
    import { forgetSessions } from ${JSON.stringify(module('sessions/session-folder.ts'))};
    import { Problems } from ${JSON.stringify(module('storage/problems.ts'))};
    import { systemClock } from ${JSON.stringify(module('clock.ts'))};
    const problems = new Problems(systemClock);
    forgetSessions(${JSON.stringify(data)}, 'lab', problems);
    console.log(JSON.stringify(problems.feed.value.map(({ title, text }) => [title, text])));`;
  chmodSync(data, 0o755);
  chmodSync(folder, 0o555);
  // Nothing is forbidden to root.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    ...nobody,
    encoding: 'utf8',
  });
  chmodSync(folder, 0o755);
  expect(run.stderr).toBe('');
  const why =
    process.platform === 'darwin' ? 'something in it cannot be removed' : 'this account may not write there';
  expect(JSON.parse(run.stdout)).toEqual([
    [
      'Sessions that were to be forgotten are still on disk',
      `A folder cannot be removed: ${why}. It is ${folder}.`,
    ],
  ]);
  expect(existsSync(join(folder, 'one.json'))).toBe(true);
});
