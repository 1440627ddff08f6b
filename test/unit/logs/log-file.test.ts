import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAppLog } from '../../../electron/core/logs/log-file.ts';
import type { AppLog, AppLogOptions } from '../../../electron/core/logs/log-file.ts';
import { Redactor } from '../../../electron/core/logs/redact.ts';
import { Problems } from '../../../electron/core/storage/problems.ts';
import { expectOwn } from '../../support/expect-own.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let folder: string;
let clock: FakeClock;
let problems: Problems;
let redactor: Redactor;
let printed: string[];
let opened: AppLog[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cachedeck-log-'));
  clock = new FakeClock();
  problems = new Problems(clock);
  redactor = new Redactor();
  redactor.add('hunter2-hunter2');
  printed = [];
  opened = [];
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void printed.push(String(line)));
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const log of opened) await log.close();
  rmSync(folder, { recursive: true, force: true });
});

function openLog(change: Partial<AppLogOptions> = {}): AppLog {
  const log = createAppLog({
    folder,
    level: 'info',
    consoleLevel: 'warn',
    redactor,
    clock,
    problems,
    ...change,
  });
  opened.push(log);
  return log;
}

const inLogs = (name = 'cachedeck.log'): string => join(folder, 'logs', name);
const content = (): string => readFileSync(inLogs(), 'utf8');

test('lines carry time and level, and no secret, in the file and on the console', async () => {
  const log = openLog();
  log.info('started with key hunter2-hunter2');
  clock.jumpWall(1500);
  log.warn('GET /x?token=abc failed for ann.smith@example.com');
  await log.flush();
  expect(log.path).toBe(inLogs());
  expect(content()).toBe(
    '2001-09-09T01:46:40.000Z info started with key •••\n' +
      '2001-09-09T01:46:41.500Z warn GET /x?token=••• failed for a•••h@example.com\n',
  );
  expect(printed).toEqual(['warn: GET /x?token=••• failed for a•••h@example.com']);
  expect(problems.feed.value).toEqual([]);
});

test('nobody but the user may read file and folder, even where the file was open to all', async () => {
  mkdirSync(join(folder, 'logs'));
  writeFileSync(inLogs(), 'from before\n');
  chmodSync(inLogs(), 0o644);
  const log = openLog({ folder });
  log.info('now');
  await log.flush();
  expectOwn(inLogs(), 0o600);
  expect(content()).toMatch(/^from before\n.*now\n$/);

  const fresh = openLog({ folder: join(folder, 'other') });
  fresh.info('now');
  await fresh.flush();
  expectOwn(join(folder, 'other', 'logs'), 0o700);
  expectOwn(join(folder, 'other', 'logs', 'cachedeck.log'), 0o600);
});

test('a text from outside cannot look like lines of the log', async () => {
  const log = openLog();
  log.info('reply was a\n2001-09-09T01:46:40.000Z error forged\r\nb\u2028c');
  await log.flush();
  expect(content().split('\n').slice(1)).toEqual([
    '    2001-09-09T01:46:40.000Z error forged',
    '    b',
    '    c',
    '',
  ]);
});

test('file and console each have their level; the file’s can be changed', async () => {
  const log = openLog({ level: 'warn', consoleLevel: 'error' });
  expect(log.debugging).toBe(false);
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](`first ${level}`);
  log.setLevel('debug');
  expect(log.debugging).toBe(true);
  log.debug('second debug');
  log.setLevel('silent');
  log.error('third error');
  await log.flush();
  expect(content().match(/\w+ \w+$/gm)).toEqual(['first warn', 'first error', 'second debug']);
  expect(printed).toEqual(['error: first error', 'error: third error']);
  expect(openLog({ level: 'error', consoleLevel: 'debug' }).debugging).toBe(true);
});

test('without a folder there is no file and nothing to complain of', async () => {
  const log = openLog({ folder: null });
  log.warn('seen');
  await log.flush();
  log.writeThrough();
  expect(log.path).toBeNull();
  expect(await log.tail(10)).toEqual([]);
  expect(printed).toEqual(['warn: seen']);
  expect(problems.feed.value).toEqual([]);
});

test('the file is rotated at one megabyte and three old ones are kept, each for the user alone', async () => {
  const log = openLog();
  for (let megabyte = 0; megabyte < 6; megabyte += 1) {
    for (let line = 0; line < 110; line += 1) log.info(`${megabyte}-${line} ${'words '.repeat(1700)}`);
    await log.flush();
  }
  log.info('the last one');
  await log.flush();
  expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual([
    'cachedeck.log',
    'cachedeck.log.1',
    'cachedeck.log.2',
    'cachedeck.log.3',
  ]);
  for (const name of readdirSync(join(folder, 'logs'))) {
    expect(statSync(inLogs(name)).size).toBeLessThan(1_100_000);
    expectOwn(inLogs(name), 0o600);
  }
  expect(content()).toContain('the last one');
});

test('the tail is the last lines, oldest first, beyond a rotation too, and cleaned by what is known now', async () => {
  mkdirSync(join(folder, 'logs'));
  writeFileSync(inLogs('cachedeck.log.1'), 'one\ntwo with late-secret\n');
  writeFileSync(inLogs(), 'three\n');
  const log = openLog();
  log.info('four');
  redactor.add('late-secret');
  expect(await log.tail(3)).toEqual([
    'two with •••',
    'three',
    expect.stringMatching(/^2001-09-09T01:46:40.000Z info four$/),
  ]);
  expect(await log.tail(1)).toHaveLength(1);
});

test('the tail of a long file holds whole lines only', async () => {
  mkdirSync(join(folder, 'logs'));
  writeFileSync(inLogs(), `${'é'.repeat(300_000)}\nlast\n`);
  expect(await openLog().tail(5)).toEqual(['last']);
});

test('a folder that cannot be made is told once and the console goes on', async () => {
  writeFileSync(join(folder, 'file'), '');
  const log = openLog({ folder: join(folder, 'file') });
  log.warn('first');
  log.warn('second');
  await log.flush();
  expect(printed).toEqual(['warn: first', 'warn: second']);
  expect(problems.feed.value).toEqual([
    expect.objectContaining({
      area: 'log',
      title: 'The log file cannot be written',
      text: `Lines go to the console only: its folder cannot be made. The folder is ${join(folder, 'file')}.`,
    }),
  ]);
});

test('a file that cannot be written is told once and the console goes on', async () => {
  mkdirSync(inLogs(), { recursive: true }); // a folder where the file should be
  const log = openLog();
  const told: string[] = [];
  problems.onReport(({ id }) => told.push(id));
  log.warn('first');
  await log.flush();
  log.warn('second');
  log.writeThrough();
  log.warn('third');
  expect(printed).toEqual(['warn: first', 'warn: second', 'warn: third']);
  expect(told).toEqual(['log:writing']);
  expect(await log.tail(5)).toEqual([]);
});

test('a file that could be written no more is tried again after a minute', async () => {
  mkdirSync(inLogs(), { recursive: true });
  const log = openLog();
  log.warn('lost');
  await vi.waitFor(() => expect(problems.feed.value).toHaveLength(1));
  rmSync(inLogs(), { recursive: true });
  await clock.advance(59_000);
  log.warn('still lost');
  await clock.advance(1000);
  log.warn('kept');
  await log.flush();
  expect(content()).toMatch(/^\S+ warn kept\n$/);
  expect(problems.feed.value).toEqual([]);
});

test('written through, every line is in the file at once, those under way before it', () => {
  const log = openLog();
  log.info('under way');
  log.writeThrough();
  log.error('last words');
  expect(content()).toMatch(/info under way\n.*error last words\n$/);
});

test('a closed log has everything on disk and goes on at the console only', async () => {
  const log = openLog();
  log.info('before');
  await log.close();
  log.warn('after');
  expect(content()).toMatch(/^\S+ info before\n$/);
  expect(printed).toEqual(['warn: after']);
});
