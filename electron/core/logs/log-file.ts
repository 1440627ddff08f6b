import { appendFileSync, chmodSync, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';
import type { RotatingFileStream } from 'rotating-file-stream';
import { logLevels } from '../../../shared/model/settings.ts';
import type { LogLevel } from '../../../shared/model/settings.ts';
import type { Clock } from '../clock.ts';
import { consoleLog } from '../log.ts';
import type { Log } from '../log.ts';
import { diskFault } from '../storage/disk-fault.ts';
import { makeFolder } from '../storage/make-folder.ts';
import type { Problems } from '../storage/problems.ts';
import type { Redactor } from './redact.ts';

const fileName = 'cachedeck.log';
const rotateAt = '1M';
const oldFiles = 3;
/** Bytes read from the end of a file for its last lines. */
const tailBytes = 256 * 1024;
/** ms until a file that could not be written is tried again. */
const retryAfter = 60_000;
const problemId = 'log:writing';

export interface AppLogOptions {
  /** The log is in `logs` below it; null: no file is written. */
  readonly folder: string | null;
  /** From which level on lines are in the file. */
  readonly level: LogLevel;
  /** From which level on lines are on standard error. */
  readonly consoleLevel: LogLevel;
  readonly redactor: Pick<Redactor, 'clean'>;
  readonly clock: Clock;
  readonly problems: Pick<Problems, 'report' | 'remove'>;
}

/** The app's log, in a file and on the console, without secrets. */
export interface AppLog extends Log {
  /** Where the file is; null: there is none. */
  readonly path: string | null;
  /** Changes from which level on lines are in the file. */
  setLevel(level: LogLevel): void;
  /** The last lines of the file, oldest first. */
  tail(lines: number): Promise<string[]>;
  /** Resolves when everything logged so far has been handed to the system. */
  flush(): Promise<void>;
  /** From now on a line is in the file when the call returns, those still under way included: the end is near. */
  writeThrough(): void;
  /** Finishes the file. Later lines go to the console only. */
  close(): Promise<void>;
}

/**
 * Opens the log. It never throws: what cannot be written is told once as a problem, the console goes on, and the file is
 * tried again after a minute.
 */
export function createAppLog(options: AppLogOptions): AppLog {
  return new FileLog(options);
}

class FileLog implements AppLog {
  readonly path: string | null;
  readonly #options: AppLogOptions;
  readonly #console: Log;
  #level: LogLevel;
  #stream: RotatingFileStream | null = null;
  #direct = false;
  /** Monotonic ms from which on a file that failed is tried again; null: it did not fail, or no file is wanted. */
  #retryAt: number | null = null;
  #failed = false;
  #closed = false;
  /** Lines the stream has not written yet, oldest first. */
  #underWay: string[] = [];

  constructor(options: AppLogOptions) {
    this.#options = options;
    this.#level = options.level;
    this.#console = consoleLog(options.consoleLevel);
    this.path = options.folder === null ? null : join(options.folder, 'logs', fileName);
    if (options.folder !== null) this.#open(join(options.folder, 'logs'));
  }

  get debugging(): boolean {
    return this.#level === 'debug' || this.#console.debugging;
  }

  debug(line: string): void {
    this.#write('debug', line);
  }

  info(line: string): void {
    this.#write('info', line);
  }

  warn(line: string): void {
    this.#write('warn', line);
  }

  error(line: string): void {
    this.#write('error', line);
  }

  setLevel(level: LogLevel): void {
    this.#level = level;
  }

  async tail(lines: number): Promise<string[]> {
    if (this.path === null) return [];
    await this.flush();
    const { redactor } = this.#options;
    let last = await endOf(this.path);
    // Just after a rotation the lines of interest are in the file before it.
    if (last.length < lines) last = [...(await endOf(`${this.path}.1`)), ...last];
    return last.slice(-lines).map((line) => redactor.clean(line));
  }

  async flush(): Promise<void> {
    const stream = this.#stream;
    if (stream) await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }

  writeThrough(): void {
    const stream = this.#stream;
    if (!stream) return;
    this.#stream = null;
    this.#direct = true;
    stream.destroy();
    // The first may have been on its way to the disk: twice is better than never.
    this.#append(this.#underWay.join(''));
    this.#underWay = [];
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    this.#closed = true;
    this.#stream = null;
    this.#direct = false;
    if (stream) await new Promise<void>((resolve) => stream.once('close', resolve).end());
  }

  #write(level: Exclude<LogLevel, 'silent'>, text: string): void {
    const { clock, redactor, consoleLevel } = this.#options;
    const toFile = reaches(level, this.#level) && (this.#direct || this.#hasStream());
    if (!toFile && !reaches(level, consoleLevel)) return;
    // What follows a line break is indented: no text from outside can look like a line of its own.
    const clean = redactor.clean(text).replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\n    ');
    this.#console[level](clean);
    if (!toFile) return;
    const line = `${new Date(clock.wall()).toISOString()} ${level} ${clean}\n`;
    const stream = this.#stream;
    if (!stream) {
      this.#append(line);
      return;
    }
    this.#underWay.push(line);
    stream.write(line, (error) => {
      if (error) return;
      this.#underWay.shift();
      if (this.#failed) this.#options.problems.remove(problemId);
      this.#failed = false;
    });
  }

  #hasStream(): boolean {
    const { clock, folder } = this.#options;
    const due = !this.#closed && this.#retryAt !== null && clock.mono() >= this.#retryAt;
    if (due && folder !== null) {
      this.#retryAt = null;
      this.#open(join(folder, 'logs'));
    }
    return this.#stream !== null;
  }

  #open(folder: string): void {
    try {
      makeFolder(folder);
      const path = join(folder, fileName);
      if (existsSync(path)) chmodSync(path, 0o600); // the mode below counts for new files only
    } catch (error) {
      this.#tell(error);
      return;
    }
    const stream = createStream(fileName, { path: folder, size: rotateAt, rotate: oldFiles, mode: 0o600 });
    stream.on('error', (error) => {
      this.#tell(error);
      this.#stream = null;
      this.#underWay = [];
    });
    this.#stream = stream;
  }

  #append(text: string): void {
    if (this.path === null || text === '') return;
    try {
      appendFileSync(this.path, text, { mode: 0o600 });
    } catch (error) {
      this.#direct = false;
      this.#tell(error);
    }
  }

  #tell(error: unknown): void {
    const { clock, folder, problems } = this.#options;
    this.#failed = true;
    this.#retryAt = clock.mono() + retryAfter;
    problems.report({
      id: problemId,
      area: 'log',
      title: 'The log file cannot be written',
      text: `Lines go to the console only: ${diskFault(error)}. The folder is ${folder}.`.slice(0, 1000),
    });
  }
}

function reaches(level: LogLevel, from: LogLevel): boolean {
  return logLevels.indexOf(level) >= logLevels.indexOf(from);
}

/** The whole lines at the end of a file; none where it cannot be read, which whoever writes it has told. */
async function endOf(path: string): Promise<string[]> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    if (lines.at(-1) === '') lines.pop();
    return from > 0 ? lines.slice(1) : lines;
  } catch {
    return [];
  } finally {
    await file?.close();
  }
}
