import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-crash-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const core = (path: string): string =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../electron/core', path)).href);

/** Runs a program that logs and then fails as `failing` says, in a process of its own. */
function crash(failing: string): { code: number | null; stderr: string; file: string } {
  const program = join(folder, 'program.ts');
  writeFileSync(
    program,
    `import { createAppLog } from ${core('logs/log-file.ts')};
     import { logCrashes } from ${core('logs/crashes.ts')};
     import { Redactor } from ${core('logs/redact.ts')};
     import { Problems } from ${core('storage/problems.ts')};
     import { systemClock as clock } from ${core('clock.ts')};
     const redactor = new Redactor();
     redactor.add('hunter2-hunter2');
     const problems = new Problems(clock);
     const log = createAppLog({
       folder: ${JSON.stringify(folder)}, level: 'info', consoleLevel: 'error', redactor, clock, problems,
     });
     logCrashes(process, log);
     for (let line = 0; line < 500; line += 1) log.info('line ' + line);
     ${failing}`,
  );
  const { status, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 20_000 });
  return { code: status, stderr, file: readFileSync(join(folder, 'logs/cachedeck.log'), 'utf8') };
}

test('what nobody caught is the last thing in the file, without secrets, and the exit code is 1', () => {
  const { code, stderr, file } = crash(
    `throw new Error('refused for hunter2-hunter2', { cause: new TypeError('Bearer abc was wrong') });`,
  );
  expect(code).toBe(1);
  for (const text of [file, stderr]) {
    expect(text).toContain('Cachedeck stopped because of an error: Error: refused for •••\n');
    expect(text).toMatch(/caused by TypeError: Bearer ••• was wrong\n\s+at /);
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('abc');
  }
  const numbers = [...file.matchAll(/info line (\d+)$/gm)].map(([, number]) => Number(number));
  expect(new Set(numbers).size).toBe(500);
  expect(numbers.at(-1)).toBe(499);
});

test('a rejection nobody handled ends the process the same way, at any later moment', () => {
  const { code, file } = crash(
    `setTimeout(() => { log.info('just before'); void Promise.reject(new Error('too late')); }, 50);`,
  );
  expect(code).toBe(1);
  expect(file).toMatch(
    /info just before\n.*error Cachedeck stopped because of an error: Error: too late\n\s+at /,
  );
});

test('what is no error is not written out: it may be a value', () => {
  const { code, file } = crash(`throw { password: 'x-y-z' };`);
  expect(code).toBe(1);
  expect(file).toMatch(
    /error Cachedeck stopped because of an error: something that is no error was thrown\n$/,
  );
});
